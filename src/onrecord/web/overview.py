"""The opening view: what a folder tells, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onrecord.web.draw_timeline import (
    choose_unit,
    list_starts,
    name_start,
    name_ticks,
    next_start,
    read_day,
    start_of,
)
from onrecord.web.rows import Rows
from onrecord.web.shelf import Shelf, read_question

WIDTH, HEIGHT = 720, 150
BASE = 132
MOST_TYPES = 5
"""Types that have a colour of their own; the others are drawn together."""
MOST_WEEKS = 160
"""Weeks that are drawn; beyond them the bars are months, beyond as many months years."""
BEFORE = 31
"""Days before the first publication that are still the time of the folder."""
LISTED = 8
"""Rows of each list."""
OTHERS = "other types"


@dataclass(frozen=True, slots=True)
class Block:
    """One type in one bar."""

    x: float
    y: float
    width: float
    height: float
    kind: int
    """Number of the type's colour."""
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """Incidents by week and type."""

    unit: str
    blocks: tuple[Block, ...]
    types: tuple[tuple[str, int], ...]
    """Types in the order of their colours, with their incidents that are drawn."""
    ticks: tuple[tuple[float, str], ...]
    most: int
    undated: int
    """Incidents without a day, which are not drawn."""
    earlier: int = 0
    """Incidents from before the folder's own time, which are not drawn either."""


@dataclass(frozen=True, slots=True)
class Overview:
    counts: dict[str, Any]
    weeks: Weeks
    sources: Rows
    actors: Rows
    contested: Rows
    overdue: Rows
    latest: Rows


def read_overview(shelf: Shelf) -> Overview:
    """Return what the opening view shows of a folder."""
    counts = shelf.ask("counts").dicts()[0]
    return Overview(
        counts,
        draw_weeks(shelf.ask("incident_days"), read_day(counts["first"])),
        shelf.query(f"{read_question('publishers')} limit {LISTED}"),
        shelf.query(f"{read_question('main_actors')} limit {LISTED}"),
        shelf.query(f"{read_question('contested')} limit {LISTED}"),
        shelf.query(f"{read_question('overdue')} limit {LISTED}"),
        shelf.ask("latest"),
    )


def draw_weeks(rows: Rows, first: date | None = None) -> Weeks:
    """Return stacked bars of `day, type, incidents`, one for each week; a longer unit if there are many.

    What pages recall from more than BEFORE days before the first of them is counted, not drawn.
    """
    dated = [(read_day(row["day"]), row["type"], row["incidents"]) for row in rows.dicts()]
    begin = first - timedelta(days=BEFORE) if first and first.toordinal() > BEFORE else None
    found = [one for one in dated if one[0] is None or begin is None or one[0] >= begin]
    totals: dict[str, int] = {}
    for day, kind, count in found:
        if day is not None:
            totals[kind] = totals.get(kind, 0) + count
    order = sorted(totals, key=lambda kind: (-totals[kind], kind))
    named = order[:MOST_TYPES]
    days = [day for day, _, _ in found if day is not None]
    unit = choose_unit(days, "week", MOST_WEEKS)
    sums: dict[date, dict[str, int]] = {start: {} for start in list_starts(days, unit)}
    for day, kind, count in found:
        if day is not None:
            name = kind if kind in named else OTHERS
            stack = sums[start_of(day, unit)]
            stack[name] = stack.get(name, 0) + count
    kinds = [*named, *([OTHERS] if len(order) > len(named) else [])]
    most = max((sum(stack.values()) for stack in sums.values()), default=0)
    blocks = [block for n, start in enumerate(sums) for block in _stack(n, start, sums, kinds, most, unit)]
    shown = {kind: totals.get(kind, 0) for kind in named}
    if OTHERS in kinds:
        shown[OTHERS] = sum(totals.values()) - sum(shown.values())
    return Weeks(
        unit,
        tuple(blocks),
        tuple(shown.items()),
        name_ticks(list(sums), WIDTH, unit),
        most,
        sum(count for day, _, count in found if day is None),
        sum(count for _, _, count in dated) - sum(count for _, _, count in found),
    )


def _stack(
    place: int, start: date, sums: dict[date, dict[str, int]], kinds: list[str], most: int, unit: str
) -> list[Block]:
    """Return the blocks of one bar, the commonest type at the bottom."""
    width = WIDTH / len(sums)
    wide = min(width * 0.8, 28)
    since, until = start.isoformat(), (next_start(start, unit) - timedelta(days=1)).isoformat()
    top = float(BASE)
    blocks = []
    for number, kind in enumerate(kinds):
        count = sums[start].get(kind, 0)
        if not count:
            continue
        height = (BASE - 14) * count / most
        top -= height
        narrowed = f"&type={kind}" if kind != OTHERS else ""
        blocks.append(
            Block(
                round((place + 0.5) * width - wide / 2, 2), round(top, 1), round(wide, 2), round(height, 1),
                number, f"{name_start(start, unit)}: {count} {kind}",
                f"/incidents?since={since}&until={until}{narrowed}",
            )
        )  # fmt: skip
    return blocks
