"""The schema of actor files: what an [[actor]] may say, and what its values may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons.actors import Organization, Role
from onrecord.lexicons.countries import countries_by_code, countries_by_word
from onrecord.lexicons.find_line import tell_place
from onrecord.lexicons.load import WANTED, load, read_toml, say_value

TABLES = ("actor", "entry")
"""Names of the tables of an actor file; both mean the same."""
DAYS = ("start", "end")
"""Keys that hold a day, as TOML writes one or in quotes."""
TYPES = ("organization", "group", "person", "country")


@dataclass(frozen=True, slots=True)
class OwnActor:
    """An actor of a user's file, key by key."""

    name: str
    aliases: tuple[str, ...] = ()
    type: str = "organization"
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    sector: str | None = None
    """PLOVER sector."""
    cameo: str | None = None
    start: str | None = None
    """First day on which the actor stands under this code, ISO."""
    end: str | None = None
    wikidata: str | None = None
    note: str | None = None


def check_actors(path: Path) -> tuple[str, ...]:
    """Return what is wrong with an actor file, a line each: place, key, and what would be right.

    Raises LexiconError if the file is no TOML at all.
    """
    given = read_toml(path)
    problems = [
        f"{tell_place(path, name, 1)}: unknown table or key {name!r}; write each actor as [[actor]]"
        for name in given
        if name not in TABLES
    ]
    tables = [(name, rows) for name in TABLES if (rows := given.get(name)) is not None]
    if not any(rows for _, rows in tables) and not problems:
        problems.append(f'{path}: holds no actor; write each as [[actor]] with name = "..."')
    for table, rows in tables:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            problems.append(
                f"{tell_place(path, table, 1)}: write each actor as a table of its own, [[{table}]]"
            )
            continue
        for number, row in enumerate(rows, 1):
            for key, words in find_faults(row):
                problems.append(f"{tell_place(path, table, number, key)}: key {key!r}: {words}")
    return tuple(problems)


def read_actors(path: Path) -> tuple[OwnActor, ...]:
    """Return the actors of a file; raises LexiconError with everything that is wrong with it."""
    problems = check_actors(path)
    if problems:
        raise LexiconError("\n".join(problems))
    given = read_toml(path)
    known = {spec.name for spec in fields(OwnActor)}
    return tuple(
        OwnActor(**{key: _settle(value) for key, value in row.items() if key in known and value != ""})
        for table in TABLES
        for row in given.get(table, ())
    )


def _settle(value: Any) -> Any:
    """Return a TOML value as the field has it: lists as tuples, days as text."""
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if isinstance(value, date) else value


def find_faults(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys of an actor that are wrong, each with what would be right."""
    known = {spec.name: spec for spec in fields(OwnActor)}
    for key in row:
        if key not in known:
            close = get_close_matches(key, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"expected one of {', '.join(known)}"
            yield key, f"is not known here; {hint}"
    for name, spec in known.items():
        if name not in row:
            if spec.default is MISSING:
                yield name, f'is missing; expected {name} = "..."'
        elif wanted := _find_wrong_type(row[name], str(spec.type), name in DAYS):
            yield name, f"expected {wanted}, found {say_value(row[name])}"
        elif fault := _find_wrong_value(name, row[name]):
            yield name, fault
    first, last = (str(row.get(name) or "") for name in DAYS)
    if first and last and all(map(_is_day, (row["start"], row["end"]))) and last < first:
        yield "end", f"{last} is before the start, {first}; expected a later day"


def _find_wrong_type(value: Any, annotation: str, is_day: bool) -> str | None:
    """Return what a value should have been, or None if it is of the right type."""
    if annotation.startswith("tuple"):
        good = isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
        return None if good else 'a list of names such as ["HF", "the Front"]'
    return None if isinstance(value, (str, date) if is_day else str) else WANTED["str"][0]


def _find_wrong_value(name: str, value: Any) -> str | None:
    """Return what is wrong with a value of the right type, and what would be right."""
    if name == "name":
        if not value.strip():
            return "is empty; expected the name as news writes it"
        return (
            f"{say_value(value)} is more than one line of text" if re.search("[\x00-\x1f]", value) else None
        )
    if name == "type" and value not in TYPES:
        return f"{value!r} is not a type of actor; expected one of {', '.join(TYPES)}"
    if name == "country" and value and value not in countries_by_code():
        return f"{value!r} is not a country code; {_suggest_country(str(value))}"
    if name == "sector" and value and value not in known_sectors():
        return f"{value!r} is not a sector; expected one of {', '.join(sorted(known_sectors()))}"
    if name == "cameo" and value and not (value.isalnum() and value.isupper() and len(value) % 3 == 0):
        return f"{value!r} is not a CAMEO code; expected groups of three capitals such as KENREB"
    if name in ("start", "end") and value and not _is_day(value):
        return f"{value!r} is not a valid date; expected year, month and day, as in 2017-12-11"
    return None


def _suggest_country(value: str) -> str:
    """Return the code that may have been meant: of a country's name, or one that is spelled like it."""
    named = countries_by_word().get(value.lower())
    if named is not None:
        return f"expected the ISO 3166-1 alpha-3 code {named.alpha3!r}"
    by_alpha2 = next((one for one in countries_by_code().values() if one.alpha2 == value.upper()), None)
    if by_alpha2 is not None:
        return f"expected the ISO 3166-1 alpha-3 code {by_alpha2.alpha3!r}"
    close = get_close_matches(value.upper(), countries_by_code(), 3, 0.6)
    hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
    return f"expected an ISO 3166-1 alpha-3 code such as 'KEN'{hint}"


@cache
def known_sectors() -> frozenset[str]:
    """Return the sectors that onrecord gives to actors: those of PLOVER, with its worldwide bodies."""
    rows = (*load("organizations", Organization), *load("roles", Role))
    return frozenset(row.sector for row in rows if row.sector)


def _is_day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
