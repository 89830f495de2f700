"""How rows are shown: which columns, in which order, from which row on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.web.facets import Facets

SHOWN = 100
"""Rows of a page of rows."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What of some rows is shown, and how many; a `most` of None shows all."""

    sort: str | None = None
    down: bool = False
    start: int = 0
    most: int | None = SHOWN
    columns: tuple[str, ...] = ()
    """Chosen columns; empty for those that the view shows by itself."""


ALL = Frame(most=None)


def read_frame(facets: Facets, most: int | None = SHOWN) -> Frame:
    """Return the frame that an address asks for: `sort=-day` is downwards, `at` is the first row."""
    sort = facets.one("sort") or ""
    at = facets.one("at") or ""
    columns = tuple(name for name in (facets.one("columns") or "").split(",") if name)
    start = int(at) if at.isdigit() and len(at) < 10 and most is not None else 0
    return Frame(sort.removeprefix("-") or None, sort.startswith("-"), start, most, columns)


def order_clause(frame: Frame, columns: Sequence[str]) -> str:
    """Return ` order by ...` for SQL; empty if the rows are to stay in the order of the question."""
    if frame.sort not in columns:
        return ""
    return f' order by "{frame.sort}" {"desc" if frame.down else "asc"} nulls last'


def limit_clause(frame: Frame) -> str:
    return "" if frame.most is None else f" limit {frame.most} offset {frame.start}"


def cut_rows(
    columns: Sequence[str], rows: Sequence[tuple[Any, ...]], frame: Frame
) -> tuple[tuple[Any, ...], ...]:
    """Return the rows of a frame, for questions that are answered without SQL."""
    found = list(rows)
    if frame.sort is not None and frame.sort in columns:
        place = list(columns).index(frame.sort)
        known = [row for row in found if row[place] is not None]
        numeric = all(isinstance(row[place], (int, float)) for row in known)
        known.sort(key=lambda row: row[place] if numeric else str(row[place]), reverse=frame.down)
        found = known + [row for row in found if row[place] is None]
    end = None if frame.most is None else frame.start + frame.most
    return tuple(found[frame.start : end])
