"""Incidents, the ledger and the review as tables beside those of the folder, so that facets reach them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import duckdb

from onrecord.records import Incident
from onrecord.review import Case
from onrecord.store.columns import TEXT
from onrecord.store.folder import create_empty
from onrecord.store.link_columns import LINK_TABLES
from onrecord.store.links import Links

REVIEWED = {"page": TEXT, "event": TEXT, "standing": TEXT, "differs": TEXT}
ROWS = """
    select id, headline, start_date as first, end_date as last, act_type as type, act_mode as mode, status,
      array_to_string(sources, ', ') as sources, array_to_string(targets, ', ') as targets,
      place, place_country as country, cameo, reports, independent, conflicts, about
    from incidents
"""
OF_REPORTS = "select incident as id, page, event from reports"
LEDGER = """
    select page, commitment, kind, by_whom as "by", words as text, due, state, evidence from states
"""


class Incidents(Mapping[str, Incident]):
    """Incidents by id, as persons have joined and parted them; each is read when it is asked for."""

    def __init__(self, links: Links, gone: Collection[str] = (), changed: Iterable[Incident] = ()) -> None:
        self.links = links
        self.gone = frozenset(gone)
        self.changed = {one.id: one for one in changed}

    def __getitem__(self, name: str) -> Incident:
        one = self.changed.get(name) or (None if name in self.gone else self.links.incident(name))
        if one is None:
            raise KeyError(name)
        return one

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self.links.names if name not in self.gone)
        yield from self.changed

    def __len__(self) -> int:
        return len(self.links.names) - len(self.gone) + len(self.changed)


def hold_incidents(database: duckdb.DuckDBPyConnection, incidents: Incidents) -> None:
    """Put incidents and their reports into the tables `incident_rows` and `incident_reports`."""
    cursor = database.cursor()
    if incidents.gone:
        import pyarrow as pa
        import pyarrow.compute

        from onrecord.store.link_tables import tabulate_incidents

        tables = {name: incidents.links.bare(name) for name in ("incidents", "incident_reports")}
        fresh = tabulate_incidents((one, "") for one in incidents.changed.values())
        gone = pa.array(sorted(incidents.gone), pa.string())
        for name, column in (("incidents", "id"), ("incident_reports", "incident")):
            table = tables[name]
            kept = table.filter(pa.compute.invert(pa.compute.is_in(table.column(column), gone)))
            tables[name] = pa.concat_tables([kept, fresh[name].select(kept.column_names)])
        cursor.register("incidents", tables["incidents"])
        cursor.register("reports", tables["incident_reports"])
    else:
        _show_table(cursor, "incidents", incidents.links, "incidents")
        _show_table(cursor, "reports", incidents.links, "incident_reports")
    cursor.execute(f"begin; create or replace table incident_rows as {ROWS}")
    cursor.execute(f"create or replace table incident_reports as {OF_REPORTS}; commit")
    cursor.close()


def hold_ledger(database: duckdb.DuckDBPyConnection, links: Links) -> None:
    """Put commitments into the table `ledger`."""
    cursor = database.cursor()
    _show_table(cursor, "states", links, "commitment_states")
    cursor.execute(f"create or replace table ledger as {LEDGER}")
    cursor.close()


def _show_table(cursor: duckdb.DuckDBPyConnection, view: str, links: Links, name: str) -> None:
    """Show a table of links to a question: from its file if it stands in one of this machine.

    DuckDB reads that sooner than Arrow, which loads pandas where it is installed.
    """
    if links.is_empty:
        none = ", ".join(f'null::{kind} as "{column}"' for column, kind in LINK_TABLES[name].items())
        cursor.execute(f"create or replace temp view {view} as select {none} where false")
        return
    if (file := links.file(name)) is None:
        cursor.register(view, links.bare(name))
        return
    quoted = file.replace("'", "''")
    cursor.execute(f"create or replace temp view {view} as from read_parquet('{quoted}')")


def hold_review(database: duckdb.DuckDBPyConnection, cases: Iterable[Case]) -> None:
    """Put judged events into the table `reviewed`."""
    rows = (
        (one.page, one.event, one.standing, ", ".join(d.field for d in one.differences) or None)
        for one in cases
        if one.event is not None
    )
    _hold(database, "reviewed", REVIEWED, rows)


def _hold(
    database: duckdb.DuckDBPyConnection, name: str, kinds: dict[str, str], rows: Iterable[tuple[Any, ...]]
) -> None:
    columns = list(zip(*rows, strict=True))
    if not columns:
        create_empty(database, name, kinds)
        return
    import pyarrow as pa

    from onrecord.store.arrow_types import make_schema

    schema = make_schema(kinds)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
    cursor = database.cursor()
    cursor.register("incoming", pa.table(arrays, schema=schema))
    cursor.execute(f"create or replace table {name} as from incoming")
    cursor.close()
