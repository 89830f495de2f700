from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import codebook_files, read_rows, user_file
from onrecord.ontology import Code, Entry, read_codebook

LONGEST = 90
"""Characters of a list up to which it is written on one line."""
DEFAULTS = {spec.name: spec.default for spec in fields(Entry)}


def list_entries(extra: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str, str]]:
    """Yield key, CAMEO code, PLOVER type and first words of each entry of the codebook, sorted by key."""
    codes = read_codebook(extra).codes
    for key, row in sorted(entry_rows(extra).items()):
        words = (*row.get("verbs", ()), *row.get("nouns", ()))
        yield (
            key,
            row["code"],
            type_of(row, codes),
            ", ".join(words[:6]) + (", ..." if len(words) > 6 else ""),
        )


def show_entry(key: str, extra: tuple[str, ...] = ()) -> str:
    """Return an entry as TOML, with what its code stands for; raises LexiconError if there is none."""
    rows = entry_rows(extra)
    if key not in rows:
        near = get_close_matches(key, rows, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        raise LexiconError(f"no entry {key!r} in the codebook{hint}; `onrecord codebook show` lists them all")
    row, book = rows[key], read_codebook(extra)
    code = book.codes[row["code"]]
    lines = [
        f"# CAMEO {code.code}: {code.name}",
        f"# PLOVER {type_of(row, book.codes)}, quad class {code.quad}, Goldstein {code.goldstein}",
        "[[entry]]",
        *(f"{name} = {write_value(value)}" for name, value in row.items() if value != DEFAULTS.get(name)),
    ]
    return "\n".join(lines) + "\n"


def type_of(row: dict[str, Any], codes: dict[str, Code]) -> str:
    """Return the PLOVER type and mode of an entry: its own, or those of its code."""
    code = codes[row["code"]]
    return str(row.get("act") or "/".join(filter(None, (code.type, code.mode))) or "none")


def write_value(value: Any) -> str:
    """Return a value as TOML; a list that is too long for one line stands an item a line."""
    if not isinstance(value, (list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    items = [json.dumps(item, ensure_ascii=False) for item in value]
    text = ", ".join(items)
    return f"[{text}]" if len(text) < LONGEST else "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def entry_rows(extra: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return the raw entries of the codebook by key, with their sentences and notes."""
    read_codebook(extra)  # raises where a file of the user is at fault
    paths = [*codebook_files(), *map(user_file, extra)]
    return {str(row["key"]): row for path in paths for row in read_rows(path)}
