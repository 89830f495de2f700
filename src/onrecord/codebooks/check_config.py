"""Every file that users write, checked by what it holds: actor files, codebooks, lists of feeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.codebooks.check_file import check_file
from onrecord.errors import InputError, LexiconError
from onrecord.lexicons import read_toml
from onrecord.lexicons.actor_files import load_actor_file
from onrecord.lexicons.check_actors import check_actors
from onrecord.sources.follow.read_list import read_list

KINDS = ("actors", "codebook", "feeds")


def check_config(name: str, kind: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return what kind of file this is, and what is wrong with it: place, key, and what would be right.

    Raises LexiconError if there is no such file, or if it is neither TOML nor a PETRARCH dictionary.
    """
    path = Path(name)
    if not path.is_file():
        raise LexiconError(f"no file at {name}: expected a .toml file: actors, a codebook or a list of feeds")
    if path.suffix != ".toml" and kind != "feeds":
        return "actors", _check_petrarch(path)
    kind = kind or guess_kind(read_toml(path))
    checks: dict[str, Callable[[Path], tuple[str, ...]]] = {
        "actors": check_actors,
        "codebook": lambda path: check_file(str(path)),
        "feeds": _check_feeds,
    }
    if kind not in checks:
        tables = "[[actor]] (an actor file), [[entry]] with a key (a codebook), [[feed]] (a list of feeds)"
        return "unknown", (f"{path}: holds none of the tables that onrecord reads: {tables}",)
    return kind, checks[kind](path)


def guess_kind(given: dict[str, Any]) -> str | None:
    """Return which kind of file has these tables; an [[entry]] with a name is an actor, with a key an act."""
    if "feed" in given:
        return "feeds"
    if "actor" in given:
        return "actors"
    rows = given.get("entry")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    if "class" in given or "key" in first:
        return "codebook"
    return "actors" if "name" in first else None


def _check_feeds(path: Path) -> tuple[str, ...]:
    try:
        read_list(path)
    except InputError as error:
        return (str(error),)
    return ()


def _check_petrarch(path: Path) -> tuple[str, ...]:
    try:
        load_actor_file(str(path))
    except LexiconError as error:
        return (str(error),)
    return ()
