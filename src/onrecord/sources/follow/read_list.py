from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, LexiconError
from onrecord.lexicons import read_toml, say_value, tell_place
from onrecord.sources.fetch_page import check_address


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed of the list."""

    address: str
    publisher: str | None = None
    """Name for its pages; None is the title that the feed gives itself."""
    pages: bool = True
    """Whether the page of each entry is fetched; otherwise what the feed carries is the page."""


@dataclass(frozen=True, slots=True)
class FeedList:
    """What `onrecord follow` follows, and how gently."""

    feeds: tuple[Followed, ...]
    minutes: float = 30.0
    """Between two looks at a feed."""
    delay: float = 5.0
    """Seconds between two requests to one host; its robots.txt may ask for more."""


def read_list(path: str | Path) -> FeedList:
    """Return the feeds that a TOML file lists; raises InputError naming the file and the key."""
    file = Path(path)
    try:
        given = read_toml(file)
    except LexiconError as error:
        raise InputError(str(error)) from error
    rows = given.pop("feed", None)
    if not isinstance(rows, list) or not rows:
        raise InputError(f'{path}: no feeds: expected [[feed]] with an address = "https://..."')
    feeds = tuple(_read_feed(row, file, number) for number, row in enumerate(rows, 1))
    twice = {feed.address for n, feed in enumerate(feeds) if feed in feeds[:n]}
    if twice:
        raise InputError(f"{path}: listed twice: {', '.join(sorted(twice))}")
    minutes, delay = _number(given, "minutes", 30.0, file), _number(given, "delay", 5.0, file)
    _refuse_others(given, ("minutes", "delay", "feed"), lambda key: tell_place(file, key=key))
    return FeedList(feeds, minutes, delay)


def _read_feed(row: Any, file: Path, number: int) -> Followed:
    def where(key: str) -> str:
        return f"{tell_place(file, 'feed', number, key)}: feed {number}"

    if not isinstance(row, dict) or not isinstance(row.get("address"), str):
        raise InputError(f'{where("address")}: expected address = "https://..."')
    row = dict(row)
    address, publisher, pages = row.pop("address"), row.pop("publisher", None), row.pop("pages", True)
    try:
        check_address(address)
    except InputError as error:
        raise InputError(f"{where('address')}: {address or repr(address)}: {error}") from error
    if not isinstance(publisher, str | None):
        raise InputError(f"{where('publisher')}: key 'publisher': expected text in quotes")
    if not isinstance(pages, bool):
        raise InputError(f"{where('pages')}: key 'pages': expected true or false")
    _refuse_others(row, ("address", "publisher", "pages"), where)
    return Followed(address, publisher, pages)


def _number(given: dict[str, Any], key: str, default: float, file: Path) -> float:
    value = given.pop(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
        where = tell_place(file, key=key)
        raise InputError(
            f"{where}: key {key!r}: expected a number that is not negative, found {say_value(value)}"
        )
    return float(value)


def _refuse_others(left: dict[str, Any], known: tuple[str, ...], where: Callable[[str], str]) -> None:
    if left:
        key = min(left)
        raise InputError(f"{where(key)}: unknown key {key!r}; expected one of {', '.join(known)}")
