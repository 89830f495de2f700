"""Two actors side by side: what each does, what they do to each other, and how friendly it is over time."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.web.facets import EVENTS, Facets
from onrecord.web.frame import Frame, cut_rows
from onrecord.web.rows import Rows
from onrecord.web.shelf import Shelf, read_question

WIDTH, HEIGHT = 720, 220
MIDDLE = 105
SCALE = 9.5
"""Pixels of a point of the Goldstein scale, which goes from -10 to 10."""
LINES = ("first", "second", "between")


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    runs: tuple[str, ...]
    """Points of each stretch of months that follow one another: no line leads over months without a value."""
    dots: tuple[tuple[float, float, str], ...]
    """Place and note of each month."""


@dataclass(frozen=True, slots=True)
class Comparison:
    kind: str
    first: str
    second: str
    lines: tuple[Line, ...]
    start: str
    end: str


def choose_pair(shelf: Shelf, facets: Facets) -> tuple[str, str]:
    """Return the two actors of an address; where one is missing, whom the other has most to do with.

    Where none is named: the two who have most to do with each other.
    """
    first, second = facets.one("first"), facets.one("second")
    if first and second:
        return first, second
    known = first or second
    where, params = EVENTS.where(facets)
    pairs = read_question("dyads").replace("{where}", where)
    found = shelf.query(
        f"select least(source, target), greatest(source, target), sum(events) from ({pairs}) "
        "where source <> target and (? is null or source = ? or target = ?) "
        "group by all order by 3 desc, 1, 2 limit 1",
        [*params, known, known, known],
    )
    pair = found.rows[0][:2] if found.rows else ("", "")
    if known is None:
        return pair
    other = next((name for name in pair if name != known), "")
    return (known, other) if first else (other, known)


def read_comparison(shelf: Shelf, facets: Facets, frame: Frame) -> tuple[Rows, int]:
    """Return a row for each type of act: how often each actor does it, and to the other one."""
    first, second = choose_pair(shelf, facets)
    where, params = EVENTS.where(facets)
    found = shelf.query(read_question("compare").replace("{where}", where), [first, second, *params])
    names = {
        "first": first or "first", "first_goldstein": f"{first} Goldstein",
        "second": second or "second", "second_goldstein": f"{second} Goldstein",
        "first_to_second": f"{first} to {second}", "second_to_first": f"{second} to {first}",
    }  # fmt: skip
    columns = tuple(names.get(column, column) for column in found.columns)
    if len(set(columns)) < len(columns):
        columns = found.columns
    return Rows(columns, cut_rows(columns, found.rows, frame)), len(found.rows)


def draw_comparison(shelf: Shelf, facets: Facets) -> Comparison:
    """Return the mean Goldstein value of each month: of the one, of the other, between the two."""
    first, second = choose_pair(shelf, facets)
    where, params = EVENTS.where(facets)
    rows = shelf.query(read_question("scores").replace("{where}", where), [first, second, *params]).dicts()
    places = [count_months(row["month"]) for row in rows]
    start = places[0] if places else 0
    width = WIDTH / (places[-1] - start + 1) if places else WIDTH
    return Comparison(
        "compare",
        first,
        second,
        tuple(draw_line(kind, rows, start, width) for kind in LINES),
        rows[0]["month"] if rows else "",
        rows[-1]["month"] if rows else "",
    )


def count_months(month: str) -> int:
    """Return the months from year 0 to a month.

    >>> count_months("2024-03") - count_months("2023-12")
    3
    """
    return 12 * int(month[:4]) + int(month[5:7])


def draw_line(kind: str, rows: list[dict], start: int, width: float) -> Line:  # type: ignore[type-arg]
    """Return a line of the months that have a value; `start` counts months, `width` is pixels of one."""
    dots: list[tuple[float, float, str]] = []
    runs: list[list[str]] = []
    before = None
    for row in rows:
        if row[kind] is None:
            continue
        place = count_months(row["month"]) - start
        x, y = round((place + 0.5) * width, 1), round(MIDDLE - SCALE * row[kind], 1)
        dots.append((x, y, f"{row['month']}: {row[kind]:.1f}"))
        if before is None or place - before > 1:
            runs.append([])
        runs[-1].append(f"{x},{y}")
        before = place
    return Line(kind, tuple(" ".join(points) for points in runs if len(points) > 1), tuple(dots))
