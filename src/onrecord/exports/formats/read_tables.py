"""The tables of a folder as rows of plain cells, for formats that hold many tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from onrecord.exports.formats.flat_events import FLAT_COLUMNS, flatten_rows
from onrecord.exports.formats.rows import hash_text, read_rows
from onrecord.store import Folder

TABLES = (
    "pages", "parts", "actors", "places", "times", "quantities", "events", "statements", "commitments",
    "checks", "comments", "claims", "stances", "refused", "incidents", "incident_reports",
    "commitment_states",
)  # fmt: skip
OWNED = {"pages": ("text", "title"), "commitment_states": ("words",)}
"""Columns that hold words of the publisher; `--no-text` leaves them empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns and a batch of rows at a time."""

    name: str
    columns: tuple[str, ...]
    batches: Iterator[list[tuple[Any, ...]]]


def read_tables(folder: Folder, text: bool = True) -> Iterator[Table]:
    """Yield the flat table of events, then each table of the folder, in contract order."""
    flat = flatten_rows(read_rows(folder.records()), text)
    yield Table("event_rows", FLAT_COLUMNS, iter([list(flat)]))
    for name in TABLES:
        yield _read_table(folder, name, text)


def read_arrow(folder: Folder, name: str, text: bool = True) -> pa.Table:
    """Return a table of the folder as Arrow; without `text`, pages keep a hash of theirs."""
    table = folder.to_arrow(name)
    if name == "pages":
        hashes = [hash_text(value or "") for value in table.column("text").to_pylist()]
        table = table.append_column("text_sha256", pa.array(hashes, pa.string()))
    for column in () if text else OWNED.get(name, ()):
        place = table.column_names.index(column)
        table = table.set_column(place, column, pa.nulls(table.num_rows, pa.string()))
    return table


def _read_table(folder: Folder, name: str, text: bool) -> Table:
    table = read_arrow(folder, name, text)
    return Table(name, tuple(table.column_names), _read_batches(table))


def _read_batches(table: pa.Table) -> Iterator[list[tuple[Any, ...]]]:
    for batch in table.to_batches():
        yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
