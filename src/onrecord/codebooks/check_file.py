from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import build_entry, find_stray, place_of, read_rows, tell_place, user_file
from onrecord.ontology import Entry, WordClass, find_faults, read_codebook


def check_file(name: str) -> tuple[str, ...]:
    """Return what is wrong with a codebook file, a line each that says what mends it; empty if nothing is.

    Raises LexiconError if there is no such file or if it is not TOML at all.
    """
    path = user_file(name)
    if stray := find_stray(path):
        return (stray,)
    rows, classes = read_rows(path), read_rows(path, "class")
    own: dict[str, frozenset[str]] = {}
    problems = []
    for number, row in enumerate(classes, 1):
        try:
            made = build_entry(path, number, row, WordClass, "class")
            own[made.key] = frozenset(made.words)
        except LexiconError as error:
            where = tell_place(path, "class", number, _key_of(str(error)))
            problems.append(f"{where}: {str(error).removeprefix(path.name + ', ')}")
    for number, row in enumerate(rows, 1):
        problems += _check_row(path, number, row, own)
    return (*problems, *_repeated(path, rows))


def _check_row(path: Path, number: int, row: dict[str, Any], own: dict[str, frozenset[str]]) -> Iterator[str]:
    place = f"{tell_place(path, 'entry', number)}: {place_of(path, number, row).partition(', ')[2]}"
    try:
        entry = build_entry(path, number, {"source": "user", **row}, Entry)
    except LexiconError as error:
        where = tell_place(path, "entry", number, _key_of(str(error)))
        yield f"{where}: {str(error).removeprefix(path.name + ', ')}"
        return
    book = read_codebook()
    for fault in find_faults(entry, book.classes | own, book.refinements, book.codes):
        yield f"{place}: {fault}"
    if not row.get("yes"):
        yield f'{place}: has no sentence to try; add yes = ["..."], and no = ["..."] for what it must leave'


def _key_of(message: str) -> str:
    """Return the key that an error of the schema names, as in `unknown key 'lemmas'`."""
    named = re.search(r"key '([^']+)'", message)
    return named[1] if named else ""


def _repeated(path: Path, rows: list[dict[str, Any]]) -> Iterator[str]:
    for key, count in Counter(str(row.get("key", "")) for row in rows).items():
        if count > 1:
            yield f"{path}: key {key!r} stands {count} times, only the last one counts"
