"""The tables of a folder as rows of plain cells, for formats that hold many tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.exports.formats.flat_events import FLAT_COLUMNS, flatten_rows
from onrecord.exports.formats.rows import Order, hash_text, less_sure, read_records, read_rows

TABLES = (
    "pages", "parts", "actors", "places", "times", "quantities", "events", "statements", "commitments",
    "checks", "comments", "claims", "stances", "refused", "incidents", "incident_reports",
    "commitment_states",
)  # fmt: skip
SURE = ("events", "claims")
"""Tables whose rows have a confidence."""
OWNED = {"pages": ("text", "title"), "commitment_states": ("words",)}
"""Columns that hold words of the publisher; `--no-text` leaves them empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns and a batch of rows at a time."""

    name: str
    columns: tuple[str, ...]
    batches: Iterator[list[tuple[Any, ...]]]


def read_tables(order: Order) -> Iterator[Table]:
    """Yield the flat table of events, then each table of the folder, in contract order."""
    flat = flatten_rows(read_rows(read_records(replace(order, left_out=Counter()))), order.text)
    yield Table("event_rows", FLAT_COLUMNS, iter([list(flat)]))
    for name in TABLES:
        table = read_arrow(order, name)
        yield Table(name, tuple(table.column_names), _read_batches(table))


def read_arrow(order: Order, name: str) -> pa.Table:
    """Return a table of the folder as Arrow; without text, pages keep a hash of theirs."""
    table = order.folder.to_arrow(name)
    if name in SURE and order.min_confidence:
        sure = pc.greater_equal(table.column("confidence"), order.min_confidence)
        left = table.num_rows - (table := table.filter(sure)).num_rows
        reason = less_sure(order)
        order.left_out[reason if name == "events" else reason.replace("events", "claims of readers")] += left
    if name == "pages":
        hashes = [hash_text(value or "") for value in table.column("text").to_pylist()]
        table = table.append_column("text_sha256", pa.array(hashes, pa.string()))
    for column in () if order.text else OWNED.get(name, ()):
        place = table.column_names.index(column)
        table = table.set_column(place, column, pa.nulls(table.num_rows, pa.string()))
    return table


def _read_batches(table: pa.Table) -> Iterator[list[tuple[Any, ...]]]:
    for batch in table.to_batches():
        yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
