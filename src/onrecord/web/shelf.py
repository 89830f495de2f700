"""A record folder as the workbench reads it: its rows in memory, read anew when the folder has changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb

from onrecord.errors import OnrecordError
from onrecord.records import Incident, Record
from onrecord.store import Folder, open_folder
from onrecord.store.load_links import Links, load_links

HELD = (
    "events", "actors", "places", "statements", "commitments", "checks", "comments", "stances", "claims",
    "parts", "quantities", "refused",
)  # fmt: skip
"""Tables that are held in memory; the texts of pages stay on disk."""
SLOW = 20.0
"""Seconds after which a query is broken off."""


class SlowQuery(OnrecordError):
    """A question took too long; the message says how to narrow it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns and rows, as every view shows, prints or writes them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a folder held at one moment."""

    state: str
    database: duckdb.DuckDBPyConnection
    links: Links

    def incident(self, ident: str) -> Incident | None:
        """Return an incident by its id."""
        return next((one for one in self.links.incidents if one.id == ident), None)


class Shelf:
    """Answers the questions of the views about one folder, from several threads at once."""

    def __init__(self, path: str) -> None:
        self.folder: Folder = open_folder(path)
        self._lock = threading.Lock()
        self._holding = self._load()

    @property
    def holding(self) -> Holding:
        """Return what the folder holds now; a folder that has grown is read anew by the first to ask."""
        if self._holding.state != self.folder.state and self._lock.acquire(blocking=False):
            try:
                self._holding = self._load()
            finally:
                self._lock.release()
        return self._holding

    def ask(self, question: str, params: Sequence[Any] = ()) -> Rows:
        """Return the rows of a question by the name of its .sql file."""
        return self.query(read_question(question), params)

    def query(self, sql: str, params: Sequence[Any] = ()) -> Rows:
        """Return the rows of a query; raises SlowQuery for one that takes too long."""
        cursor = self.holding.database.cursor()
        clock = threading.Timer(SLOW, cursor.interrupt)
        clock.start()
        try:
            found = cursor.execute(sql, list(params))
            columns = tuple(column[0] for column in found.description or ())
            return Rows(columns, tuple(found.fetchall()))
        except duckdb.InterruptException as error:
            raise SlowQuery(
                f"no answer within {SLOW:.0f} s: narrow the question by a date or an actor"
            ) from error
        finally:
            clock.cancel()
            cursor.close()

    def record(self, page: str) -> Record | None:
        """Return the record of a page."""
        return self.folder.record(page)

    def _load(self) -> Holding:
        state = self.folder.state
        links = load_links(self.folder)
        source = self.folder.connect()
        database = duckdb.connect(":memory:")
        pages = source.sql("select * exclude (text) from pages").to_arrow_table()
        _hold(database, "pages", pages)
        for name in HELD:
            _hold(database, name, source.sql(f"select * from {name}").to_arrow_table())
        source.close()
        for view in ("event_rows", "actor_names"):
            database.execute(f"create table {view} as {read_question(view)}")
        return Holding(state, database, links)


def _hold(database: duckdb.DuckDBPyConnection, name: str, rows: Any) -> None:
    database.register("incoming", rows)
    database.execute(f"create table {name} as from incoming")
    database.unregister("incoming")


def read_question(name: str) -> str:
    """Return the text of a .sql file of the workbench."""
    return files("onrecord.web").joinpath("questions", f"{name}.sql").read_text(encoding="utf-8")
