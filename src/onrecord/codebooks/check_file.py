from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import build_entry, place_of, read_rows, user_file
from onrecord.stages.events.entries import Entry, WordClass
from onrecord.stages.events.find_faults import find_faults
from onrecord.stages.events.read_codebook import read_codebook


def check_file(name: str) -> tuple[str, ...]:
    """Return what is wrong with a codebook file, a line each that says what mends it; empty if nothing is.

    Raises LexiconError if there is no such file or if it is not TOML at all.
    """
    path = user_file(name)
    rows, classes = read_rows(path), read_rows(path, "class")
    if not rows and not classes:
        return (f"{path.name}: holds no [[entry]]; write each act as a table [[entry]]",)
    own: dict[str, frozenset[str]] = {}
    problems = []
    for number, row in enumerate(classes, 1):
        try:
            made = build_entry(path, number, row, WordClass, "class")
            own[made.key] = frozenset(made.words)
        except LexiconError as error:
            problems.append(str(error))
    for number, row in enumerate(rows, 1):
        problems += _check_row(path, number, row, own)
    return (*problems, *_repeated(path, rows))


def _check_row(path: Path, number: int, row: dict[str, Any], own: dict[str, frozenset[str]]) -> Iterator[str]:
    place = place_of(path, number, row)
    try:
        entry = build_entry(path, number, {"source": "user", **row}, Entry)
    except LexiconError as error:
        yield str(error)
        return
    book = read_codebook()
    for fault in find_faults(entry, book.classes | own, book.refinements, book.codes):
        yield f"{place}: {fault}"
    if not row.get("yes"):
        yield f'{place}: has no sentence to try; add yes = ["..."], and no = ["..."] for what it must leave'


def _repeated(path: Path, rows: list[dict[str, Any]]) -> Iterator[str]:
    for key, count in Counter(str(row.get("key", "")) for row in rows).items():
        if count > 1:
            yield f"{path.name}: key {key!r} stands {count} times, only the last one counts"
