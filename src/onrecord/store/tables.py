"""The tables of a record folder: which rows a record gives to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from onrecord.records import (
    Actor,
    Check,
    Commitment,
    Event,
    Page,
    Part,
    Place,
    Quantity,
    Record,
    Refusal,
    Stance,
    Statement,
    Time,
    Voice,
)
from onrecord.store.columns import Column, record_columns
from onrecord.store.compare_records import Change

NEW_PAGE = "new page"


@dataclass(frozen=True, slots=True)
class Coding:
    """One reading of one version of a page: who, what and when, beside the record itself."""

    key: int
    """Tells this coding from every other one of the folder."""
    run: int
    position: int
    """Place of the page in the input of the run."""
    input: str
    """Digest of all that came in: text, metadata, comments."""
    address: str | None
    """Where the page stands (its URL or its file); a later page at the address replaces it."""
    coded_on: str
    """ISO date."""
    record: Record
    json: str
    """The record as printed."""
    why: str = NEW_PAGE
    """Why the page was coded (again)."""
    changes: tuple[Change, ...] = ()
    """What the page's last coding said differently."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no record, and why."""

    key: int
    run: int
    position: int
    source: str | None
    page: str | None
    input: str
    reason: str
    coded_on: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the folder; every row begins with the page and the coding that it belongs to."""

    name: str
    columns: tuple[Column, ...]
    items: Callable[[Coding], Iterable[Any]]
    """The objects of a coding that give a row each."""

    @property
    def schema(self) -> pa.Schema:
        """Return the Arrow schema, page and coding first."""
        return pa.schema([*KEYS, *((column.name, column.type) for column in self.columns)])


KEYS = [("page", pa.string()), ("coding", pa.int64())]


def _of_page(column: Column) -> Column:
    return Column(column.name, column.type, lambda coding: column.read(coding.record.page))


def _of_pair(column: Column) -> Column:
    return Column(column.name, column.type, lambda pair: column.read(pair[1]))


PAGE_COLUMNS = (
    *map(_of_page, record_columns(Page, leave=("id",))),
    Column("coder_version", pa.string(), lambda coding: coding.record.coder.version),
    Column("model", pa.string(), lambda coding: coding.record.coder.model),
    Column("codebook", pa.string(), lambda coding: coding.record.coder.codebook),
    Column("coded_on", pa.string(), lambda coding: coding.coded_on),
    Column("why", pa.string(), lambda coding: coding.why),
    Column("run", pa.int64(), lambda coding: coding.run),
    Column("position", pa.int64(), lambda coding: coding.position),
    Column("input", pa.string(), lambda coding: coding.input),
    Column("address", pa.string(), lambda coding: coding.address),
)
CLAIM_COLUMNS = (Column("comment", pa.string(), lambda pair: pair[0]), *map(_of_pair, record_columns(Event)))
STANCE_COLUMNS = (Column("part", pa.string(), lambda pair: pair[0]), *map(_of_pair, record_columns(Stance)))
JSON_COLUMNS = (Column("json", pa.string(), lambda coding: coding.json),)


def _list(name: str, kind: Any, leave: tuple[str, ...] = ()) -> Table:
    return Table(name, record_columns(kind, leave), lambda coding: getattr(coding.record, name))


def _claims(coding: Coding) -> Iterator[tuple[str, Event]]:
    return ((voice.part, claim) for voice in coding.record.comments for claim in voice.claims)


def _stances(coding: Coding) -> Iterator[tuple[str, Stance]]:
    return ((voice.part, stance) for voice in coding.record.comments for stance in voice.stances)


TABLES = (
    Table("pages", PAGE_COLUMNS, lambda coding: (coding,)),
    Table("records", JSON_COLUMNS, lambda coding: (coding,)),
    _list("parts", Part),
    _list("actors", Actor),
    _list("places", Place),
    _list("times", Time),
    _list("quantities", Quantity),
    _list("events", Event),
    _list("statements", Statement),
    _list("commitments", Commitment),
    _list("checks", Check),
    _list("refused", Refusal),
    _list("comments", Voice, leave=("stances", "claims")),
    Table("claims", CLAIM_COLUMNS, _claims),
    Table("stances", STANCE_COLUMNS, _stances),
    Table("changes", record_columns(Change), lambda coding: coding.changes),
)
ERRORS = pa.schema(
    [
        *KEYS,
        ("source", pa.string()),
        ("reason", pa.string()),
        ("coded_on", pa.string()),
        ("run", pa.int64()),
        ("position", pa.int64()),
        ("input", pa.string()),
    ]
)
SCHEMAS: dict[str, pa.Schema] = {**{table.name: table.schema for table in TABLES}, "errors": ERRORS}


def tabulate(codings: Sequence[Coding], failures: Sequence[Failure]) -> dict[str, pa.Table]:
    """Return the rows of some codings and failures as Arrow tables; tables without a row are left out."""
    tables = {table.name: _fill(table, codings) for table in TABLES}
    tables["errors"] = pa.Table.from_pylist(
        [
            {"page": f.page, "coding": f.key, "source": f.source, "reason": f.reason}
            | {"coded_on": f.coded_on, "run": f.run, "position": f.position, "input": f.input}
            for f in failures
        ],
        schema=ERRORS,
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
    schema = table.schema
    return pa.table([pa.array(c, type=kind) for c, kind in zip(cells, schema.types, strict=True)], schema)
