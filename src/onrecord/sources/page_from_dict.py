from __future__ import annotations

import datetime
import re
from typing import Any

from onrecord.errors import InputError
from onrecord.records import RawComment, RawPage

KEYS = ("id", "text", "html", "title", "published", "publisher", "url", "kind")
KINDS = {
    str: "text", list: "a list", tuple: "a list", dict: "an object", bool: "true or false", int: "a number",
    float: "a number", type(None): "null",
}  # fmt: skip
"""What people who write JSON call a value of each type."""
SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, as broken JSON escapes leave it: it can be neither hashed nor printed."""


def page_from_dict(row: Any, source: str | None, published: str | None = None) -> RawPage:
    """Return the raw page of a .jsonl line; unknown keys are left alone. Raises InputError naming the key."""
    where = source or "page"
    if not isinstance(row, dict):
        raise InputError(f"{where}: expected a JSON object, found {name_kind(row)}")
    given = {key: _text(row.get(key), f"{where}: key {key!r}", key == "id") for key in KEYS}
    if not (given["text"] or given["html"] or row.get("comments")):
        raise InputError(f"{where}: no page: expected a key 'text', 'html' or 'comments'")
    if given["kind"] not in (None, "article", "passage"):
        raise InputError(f"{where}: key 'kind': expected 'article' or 'passage', found {row['kind']!r}")
    return RawPage(
        data=given["html"] or given["text"] or "",
        source=source,
        id=given["id"],
        media="html" if given["html"] else "text",
        kind=given["kind"] or "article",
        title=given["title"],
        published=check_day(given["published"], f"{where}, key 'published'") or published,
        publisher=given["publisher"],
        url=given["url"],
        comments=_comments(row.get("comments") or (), where),
    )


def _comments(rows: Any, where: str) -> tuple[RawComment, ...]:
    if not isinstance(rows, (list, tuple)):
        raise InputError(f"{where}: key 'comments': expected a list, found {name_kind(rows)}")
    comments = []
    for number, row in enumerate(rows, 1):
        at = f"{where}: comment {number}"
        if not isinstance(row, dict) or row.get("id") is None or not isinstance(row.get("text"), str):
            raise InputError(f"{at}: expected an object with 'id' and 'text'")
        author, day = (_text(row.get(key), f"{at}: key {key!r}") for key in ("author", "published"))
        number_or_name = _text(row["id"], f"{at}: key 'id'", is_number=True)
        comments.append(RawComment(number_or_name or "", mend_text(row["text"]), author, day))
    return tuple(comments)


def _text(value: Any, where: str, is_number: bool = False) -> str | None:
    """Return a value as text, None as None; whole numbers pass where they may stand for a name."""
    if value is None:
        return None
    if isinstance(value, str):
        return mend_text(value)
    if is_number and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InputError(f"{where}: expected text, found {name_kind(value)}")


def name_kind(value: Any) -> str:
    """Return what kind of JSON value this is, for people.

    >>> name_kind(None), name_kind(["a"]), name_kind(3)
    ('null', 'a list', 'a number')
    """
    return KINDS.get(type(value), type(value).__name__)


def mend_text(text: str) -> str:
    """Return a text with U+FFFD for each half of a character; all else stays as it is, offsets too.

    >>> mend_text("A \\ud83d flag.")
    'A \N{REPLACEMENT CHARACTER} flag.'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return SURROGATE.sub("\ufffd", text)
    return text


def check_days(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day that are asked for; raises InputError if the last one is earlier."""
    first, last = check_day(since, "--since"), check_day(until, "--until")
    if first and last and last < first:
        raise InputError(f"--until {last} is before --since {first}: no page can lie between them")
    return first, last


def check_day(day: str | datetime.date | None, where: str = "publication date") -> str | None:
    """Return a publication day (date or timestamp) as ISO text; raises InputError for what is no date."""
    if not day:
        return None
    try:
        return datetime.date.fromisoformat(str(day)[:10]).isoformat()
    except ValueError as error:
        message = f"{where}: {day!r} is not a valid date: expected year, month and day, as in 2017-12-11"
        raise InputError(message) from error
