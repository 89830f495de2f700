"""What linking keeps of the pages so far: one SQLite file, or memory, with all that a new page needs."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.errors import FolderError
from onrecord.incidents.pack_sketch import pack_page, unpack_page
from onrecord.incidents.sketch import UNDATED, PageSketch
from onrecord.lexicons.digest_rules import digest_rules

FORM = 1
"""Of the tables; another one is made anew."""
HELD = 20_000
"""Sketches that are held at a time."""
WAIT = 2.0
"""Seconds to wait for another process that links."""
TABLES = """
create table about (name text primary key, value text) without rowid;
create table pages (
  pid integer primary key, page text not null unique, coding integer not null, published text, publisher text,
  sketch text not null
);
create table blocks (key integer, period integer, pid integer, primary key (key, period, pid)) without rowid;
create table signatures (pid integer primary key, size integer not null, signature blob not null);
create table alike (
  one integer, other integer, likeness real not null, primary key (one, other)
) without rowid;
create table copies (pid integer primary key, origin integer not null, likeness real not null);
create table events (
  eid integer primary key, pid integer not null, number integer not null, event text not null, incident text
);
create index events_by_page on events (pid, number);
create index events_by_incident on events (incident);
create table edges (
  one integer, other integer, score integer not null, primary key (one, other)
) without rowid;
create table ties (
  reaction integer, act integer, score integer not null, primary key (reaction, act)
) without rowid;
create index ties_by_act on ties (act);
create table incidents (
  id text primary key, pid integer not null, number integer not null, json text not null
);
create table later (
  key integer, day integer, pid integer, number integer, primary key (key, day, pid, number)
) without rowid;
create table awaited (key integer, day integer, cid integer, primary key (key, day, cid)) without rowid;
create table commitments (
  cid integer primary key, pid integer not null, number integer not null, about integer, json text
);
create table stale (cid integer primary key);
create index commitments_by_page on commitments (pid);
create index commitments_by_event on commitments (about);
"""

Order = tuple[str, str]
"""Day of publication and name of a page: the order in which pages are read."""


class Index:
    """The tables of linked pages; nothing is kept before `commit`."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.database = sqlite3.connect(path or ":memory:", timeout=WAIT, isolation_level=None)
        self._held: dict[int, PageSketch] = {}
        self._begin()
        self.orders: dict[int, Order] = {
            pid: (published or UNDATED, page)
            for pid, published, page in self.database.execute("select pid, published, page from pages")
        }
        self.numbers: dict[str, int] = {page: pid for pid, (_, page) in self.orders.items()}

    def _begin(self) -> None:
        """Begin to write; the tables of another version are made anew."""
        try:
            if self.path is not None:
                self.database.execute("pragma journal_mode = wal")
                self.database.execute("pragma synchronous = normal")
            self.database.execute("begin immediate")
            known = self.database.execute("pragma user_version").fetchone()[0]
            if known != FORM or self.read_note("rules") != digest_rules():
                self._make_anew()
        except sqlite3.OperationalError as error:
            raise self._name_other(error) from error

    def _name_other(self, error: sqlite3.OperationalError) -> FolderError:
        """Return the error for people if the tables cannot be written."""
        return FolderError(
            f"{self.path}: another onrecord process is linking this folder; wait for it ({error})"
        )

    def _make_anew(self) -> None:
        names = self.database.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (name,) in names:
            self.database.execute(f"drop table {name}")
        for statement in TABLES.strip().split(";"):
            self.database.execute(statement)
        self.database.execute(f"pragma user_version = {FORM}")
        self.write_note("rules", digest_rules())

    def commit(self) -> None:
        """Keep what was written, and go on; raises FolderError if another process has begun to write."""
        try:
            self.database.execute("commit")
            self.database.execute("begin immediate")
        except sqlite3.OperationalError as error:
            raise self._name_other(error) from error

    def close(self) -> None:
        """Let go of the file; what was not kept is gone."""
        self.database.close()

    def read_note(self, name: str) -> str | None:
        """Return a note of the index about itself."""
        found = self.database.execute("select value from about where name = ?", (name,)).fetchone()
        return found and str(found[0])

    def write_note(self, name: str, value: str) -> None:
        """Keep a note of the index about itself."""
        self.database.execute("insert or replace into about values (?, ?)", (name, value))

    def codings(self) -> dict[str, int]:
        """Return which coding of each page is linked."""
        return dict(self.database.execute("select page, coding from pages"))

    def add_page(self, page: PageSketch, coding: int) -> int:
        """Keep the sketch of a page; return its number."""
        added = self.database.execute(
            "insert into pages (page, coding, published, publisher, sketch) values (?, ?, ?, ?, ?)",
            (page.id, coding, page.published, page.named_publisher, pack_page(page)),
        )
        pid = int(added.lastrowid or 0)
        self.orders[pid] = page.order
        self.numbers[page.id] = pid
        self._hold(pid, page)
        self.database.executemany(
            "insert into events (pid, number, event) values (?, ?, ?)",
            [(pid, event.number, event.id) for event in page.events],
        )
        return pid

    def drop_page(self, pid: int) -> None:
        """Forget a page with its events and all that led to them."""
        eids = [eid for (eid,) in self.database.execute("select eid from events where pid = ?", (pid,))]
        name = self.orders[pid][1]
        self.unlink(eids)
        self.part("alike", [pid])
        for table in ("copies", "signatures"):
            self.database.execute(f"delete from {table} where pid = ?", (pid,))
        self.database.execute("delete from events where pid = ?", (pid,))
        self.database.execute("delete from pages where pid = ?", (pid,))
        self.database.execute("delete from commitments where pid = ?", (pid,))
        self._held.pop(pid, None)
        del self.orders[pid], self.numbers[name]

    def unlink(self, eids: Sequence[int]) -> None:
        """Forget all pairs and ties of some events."""
        self.part("edges", eids)
        for column in ("reaction", "act"):
            self.run(f"delete from ties where {column} = ?", ((eid,) for eid in eids))

    def part(self, table: str, numbers: Iterable[int]) -> None:
        """Forget the pairs of events or pages in a table that has each pair both ways round.

        The other half is found by its first half: to look for it by its second reads the whole table.
        """
        for number in numbers:
            self.database.execute(
                f"delete from {table} where one in (select other from {table} where one = ?) and other = ?",
                (number, number),
            )
            self.database.execute(f"delete from {table} where one = ?", (number,))

    def sketch(self, pid: int) -> PageSketch:
        """Return the sketch of a page."""
        held = self._held.get(pid)
        if held is None:
            (text,) = self.database.execute("select sketch from pages where pid = ?", (pid,)).fetchone()
            held = self._hold(pid, unpack_page(text))
        return held

    def _hold(self, pid: int, page: PageSketch) -> PageSketch:
        while len(self._held) >= HELD:
            del self._held[next(iter(self._held))]
        self._held[pid] = page
        return page

    def run(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for many rows."""
        self.database.executemany(sql, rows)

    def ask(self, sql: str, *values: object) -> Iterator[Any]:
        """Return the rows of a question."""
        return iter(self.database.execute(sql, values))


@cache
def digest_key(text: str) -> int:
    """Return 63 bits that stand for a key."""
    return digest_bytes(text.encode())


def digest_bytes(data: bytes) -> int:
    """Return 63 bits that stand for some bytes."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1
