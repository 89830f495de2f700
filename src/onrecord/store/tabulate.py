"""Codings as the rows of the tables of a folder, in Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from onrecord.records import Record
from onrecord.store.arrow_types import make_schema
from onrecord.store.tables import ERRORS, TABLES, Coding, Failure, Table


def tabulate(codings: Sequence[Coding], failures: Sequence[Failure]) -> dict[str, pa.Table]:
    """Return the rows of some codings and failures as Arrow tables; tables without a row are left out."""
    tables = {table.name: _fill(table, codings) for table in TABLES}
    tables["errors"] = pa.Table.from_pylist(
        [
            {"page": f.page, "coding": f.key, "source": f.source, "reason": f.reason}
            | {"coded_on": f.coded_on, "run": f.run, "position": f.position, "input": f.input}
            for f in failures
        ],
        schema=make_schema(ERRORS),
    )
    return {name: rows for name, rows in tables.items() if rows.num_rows}


def tabulate_record(record: Record, name: str) -> pa.Table:
    """Return a list of one record as the folder has it: the same columns, the page first."""
    table = next(table for table in TABLES if table.name == name)
    coding = Coding(0, 0, 0, "", None, "", record, "")
    return _fill(table, [coding]).drop_columns(["coding"])


def _fill(table: Table, codings: Sequence[Coding]) -> pa.Table:
    rows = [(coding, item) for coding in codings for item in table.items(coding)]
    cells: list[list[Any]] = [
        [coding.record.page.id for coding, _ in rows],
        [coding.key for coding, _ in rows],
        *([column.read(item) for _, item in rows] for column in table.columns),
    ]
    schema = make_schema(table.types)
    return pa.table([pa.array(c, type=kind) for c, kind in zip(cells, schema.types, strict=True)], schema)
