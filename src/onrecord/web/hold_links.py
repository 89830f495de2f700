"""Incidents, the ledger and the review as tables beside those of the folder, so that facets reach them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.records import FollowedCommitment, Incident, Party
from onrecord.review import Case

TEXT, COUNT = pa.string(), pa.int64()
INCIDENTS = {
    "id": TEXT, "first": TEXT, "last": TEXT, "type": TEXT, "mode": TEXT, "status": TEXT, "sources": TEXT,
    "targets": TEXT, "place": TEXT, "country": TEXT, "cameo": TEXT, "reports": COUNT, "independent": COUNT,
    "conflicts": COUNT,
}  # fmt: skip
REPORTS = {"id": TEXT, "page": TEXT, "event": TEXT}
LEDGER = {
    "page": TEXT, "commitment": TEXT, "kind": TEXT, "by": TEXT, "text": TEXT, "due": TEXT, "state": TEXT,
    "evidence": COUNT,
}  # fmt: skip
REVIEWED = {"page": TEXT, "event": TEXT, "standing": TEXT, "differs": TEXT}


def hold_incidents(database: duckdb.DuckDBPyConnection, incidents: Sequence[Incident]) -> None:
    """Put incidents and their reports into the tables `incident_rows` and `incident_reports`."""
    _hold(database, "incident_rows", INCIDENTS, map(_tell_incident, incidents))
    reports = ((one.id, report.page, report.event) for one in incidents for report in one.reports)
    _hold(database, "incident_reports", REPORTS, reports)


def hold_ledger(database: duckdb.DuckDBPyConnection, commitments: Iterable[FollowedCommitment]) -> None:
    """Put commitments into the table `ledger`."""
    rows = (
        (
            one.page, one.commitment, one.kind, one.by.name if one.by else None, one.text, one.due, one.state,
            len(one.evidence),
        )
        for one in commitments
    )  # fmt: skip
    _hold(database, "ledger", LEDGER, rows)


def hold_review(database: duckdb.DuckDBPyConnection, cases: Iterable[Case]) -> None:
    """Put judged events into the table `reviewed`."""
    rows = (
        (one.page, one.event, one.standing, ", ".join(d.field for d in one.differences) or None)
        for one in cases
        if one.event is not None
    )
    _hold(database, "reviewed", REVIEWED, rows)


def _tell_incident(one: Incident) -> tuple[Any, ...]:
    place = one.place
    return (
        one.id, one.start_date, one.end_date, one.act.type, one.act.mode, one.status, _names(one.sources),
        _names(one.targets), place.name if place else None, place.country if place else None, one.cameo,
        len(one.reports), one.independent, len(one.conflicts),
    )  # fmt: skip


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.name for party in parties)


def _hold(
    database: duckdb.DuckDBPyConnection, name: str, kinds: dict[str, Any], rows: Iterable[tuple[Any, ...]]
) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds.values(), strict=True)]
    cursor = database.cursor()
    cursor.register("incoming", pa.table(arrays, names=list(kinds)))
    cursor.execute(f"create or replace table {name} as from incoming")
    cursor.close()
