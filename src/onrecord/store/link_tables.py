"""What links the pages of a folder as the rows of its tables, in Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from onrecord.records import Copy, Figure, FollowedCommitment, Incident, Join, Party, to_plain
from onrecord.store.arrow_types import make_schema
from onrecord.store.link_columns import LINK_TABLES


def tabulate_incidents(incidents: Iterable[tuple[Incident, str]]) -> dict[str, pa.Table]:
    """Return incidents, each with its JSON, and their reports as tables."""
    rows: list[tuple[Any, ...]] = []
    reports: list[tuple[Any, ...]] = []
    for one, text in incidents:
        rows.append(_incident_row(one, text))
        reports += _report_rows(one)
    return {
        "incidents": fill_table("incidents", rows),
        "incident_reports": fill_table("incident_reports", reports),
    }


def fill_table(name: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Return rows as a table of links."""
    schema = make_schema(LINK_TABLES[name])
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(cells, kind) for cells, kind in zip(columns, schema.types, strict=True)]
    return pa.table(arrays, schema=schema)


def _incident_row(one: Incident, text: str) -> tuple[Any, ...]:
    place, first, plover = one.place, one.reports[0], one.plover
    return (
        one.id, one.headline, one.about, tell_day(one), one.start_date, one.end_date,
        one.act.type, one.act.mode, one.status, plover and plover.type, plover and plover.mode, one.cameo,
        _names(one.sources), _codes(one.sources), _names(one.targets), _codes(one.targets),
        place and place.name, place and place.country, place and place.lat, place and place.lon,
        place and place.geonames, *_harm(one.values, "dead"), *_harm(one.values, "injured"),
        first.page, first.published, len(one.reports), len({report.page for report in one.reports}),
        one.independent, len(one.conflicts), list(dict.fromkeys(conflict.kind for conflict in one.conflicts)),
        json.dumps(to_plain(one.values), ensure_ascii=False), number_event(first.event), text,
    )  # fmt: skip


def number_event(event: str) -> int:
    """Return the place of an event among those of its page, by its id: 12 for `e12`."""
    digits = event.lstrip("e")
    return int(digits) if digits.isdigit() else 0


def sort_incidents(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Return incidents in the order of their first reports, and the reports in the order of the incidents."""
    rows = tables["incidents"].select(["first_published", "first_page", "first_number"])
    keys = [
        (day or "9999", page, n) for day, page, n in zip(*(c.to_pylist() for c in rows.columns), strict=True)
    ]
    incidents = tables["incidents"].take(pa.array(sorted(range(len(keys)), key=keys.__getitem__), pa.int64()))
    places = {name: place for place, name in enumerate(incidents.column("id").to_pylist())}
    of = [places[name] for name in tables["incident_reports"].column("incident").to_pylist()]
    reports = tables["incident_reports"].take(pa.array(np.argsort(np.array(of, np.int64), kind="stable")))
    return {"incidents": incidents.combine_chunks(), "incident_reports": reports.combine_chunks()}


def _harm(values: Sequence[Figure], of: str) -> tuple[float | None, float | None, float | None]:
    """Return the least, the best and the greatest number of dead or injured."""
    found = next((figure for figure in values if figure.of == of and figure.unit is None), None)
    return (found.low, found.best, found.high) if found else (None, None, None)


def _names(parties: Iterable[Party]) -> list[str]:
    return [party.name for party in parties]


def _codes(parties: Iterable[Party]) -> list[str | None]:
    return [party.cameo for party in parties]


def _report_rows(one: Incident) -> Iterable[tuple[Any, ...]]:
    why: Mapping[tuple[str, str], Join] = {(join.page, join.event): join for join in one.why}
    for report in one.reports:
        join = why.get((report.page, report.event))
        yield (
            one.id, report.page, report.event, report.status, report.published, report.publisher,
            report.copy_of, join and join.to.page, join and join.to.event, join and join.score,
            list(join.reasons) if join else [],
        )  # fmt: skip


def tabulate_commitments(commitments: Iterable[FollowedCommitment]) -> pa.Table:
    """Return commitments with what became of them as a table."""
    return fill_table("commitment_states", [_commitment_row(one) for one in commitments])


def _commitment_row(one: FollowedCommitment) -> tuple[Any, ...]:
    last = one.evidence[-1].published if one.evidence else None
    return (
        one.id, one.page, one.commitment, one.kind, one.by and one.by.name, one.by and one.by.cameo,
        " ".join(one.text.split()), one.due, one.published, one.state, one.as_of, len(one.evidence), last,
        json.dumps(to_plain(one), ensure_ascii=False),
    )  # fmt: skip


def tabulate_copies(copies: Iterable[Copy]) -> pa.Table:
    """Return copies as a table."""
    rows = [(one.page, one.of, one.publisher, one.published, one.likeness) for one in copies]
    return fill_table("copies", rows)


def tell_day(one: Incident) -> str | None:
    """Return the day by which an incident is put in order: its own, else that of its first report."""
    return one.start_date or (one.spread[0].date if one.spread else None)
