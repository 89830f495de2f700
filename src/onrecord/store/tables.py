"""The tables of a record folder: which rows a record gives to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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
from onrecord.store.columns import COUNT, TEXT, Column, record_columns
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
    def types(self) -> dict[str, str]:
        """Return the type of each column, page and coding first."""
        return KEYS | {column.name: column.type for column in self.columns}


KEYS = {"page": TEXT, "coding": COUNT}


def _of_page(column: Column) -> Column:
    return Column(column.name, column.type, lambda coding: column.read(coding.record.page))


def _of_pair(column: Column) -> Column:
    return Column(column.name, column.type, lambda pair: column.read(pair[1]))


PAGE_COLUMNS = (
    *map(_of_page, record_columns(Page, leave=("id",))),
    Column("coder_version", TEXT, lambda coding: coding.record.coder.version),
    Column("model", TEXT, lambda coding: coding.record.coder.model),
    Column("codebook", TEXT, lambda coding: coding.record.coder.codebook),
    Column("coded_on", TEXT, lambda coding: coding.coded_on),
    Column("why", TEXT, lambda coding: coding.why),
    Column("run", COUNT, lambda coding: coding.run),
    Column("position", COUNT, lambda coding: coding.position),
    Column("input", TEXT, lambda coding: coding.input),
    Column("address", TEXT, lambda coding: coding.address),
)
CLAIM_COLUMNS = (Column("comment", TEXT, lambda pair: pair[0]), *map(_of_pair, record_columns(Event)))
STANCE_COLUMNS = (Column("part", TEXT, lambda pair: pair[0]), *map(_of_pair, record_columns(Stance)))
JSON_COLUMNS = (Column("json", TEXT, lambda coding: coding.json),)


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
ERRORS = KEYS | {
    "source": TEXT, "reason": TEXT, "coded_on": TEXT, "run": COUNT, "position": COUNT, "input": TEXT,
}  # fmt: skip
SCHEMAS = {**{table.name: table.types for table in TABLES}, "errors": ERRORS}
"""The columns of each table, with their types."""
