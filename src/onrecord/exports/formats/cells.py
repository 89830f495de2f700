"""Cells and rows of delimited files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Openings at which a spreadsheet takes a cell for a formula, full-width ones included."""


def guard_cell(value: Any) -> Any:
    """Return a cell that is only text or a number: what a spreadsheet would run gets a leading quote.

    >>> guard_cell("=1+1"), guard_cell(-3.5), guard_cell(None), guard_cell(["a"])
    ("'=1+1", -3.5, '', '["a"]')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_delimited(
    path: Path, header: Sequence[str] | None, rows: Iterable[Sequence[Any]], delimiter: str = ","
) -> int:
    """Write a delimited UTF-8 file with quoted cells where needed; return how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        if header:
            writer.writerow(header)
        for row in rows:
            writer.writerow([guard_cell(value) for value in row])
            count += 1
    return count


def write_tabbed(path: Path, header: Sequence[str] | None, rows: Iterable[Sequence[Any]]) -> int:
    """Write a tab-separated file without any quoting, as GDELT, ICEWS and POLECAT have it."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        if header:
            file.write("\t".join(header) + "\n")
        for row in rows:
            file.write("\t".join(_flat_cell(value) for value in row) + "\n")
            count += 1
    return count


def _flat_cell(value: Any) -> str:
    return " ".join(str(guard_cell(value)).split()) if value is not None else ""
