"""The log of decisions, DIR/review.sqlite: lines are added, none is ever changed or taken out."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from onrecord.errors import ReviewError
from onrecord.records import record_maker, to_plain
from onrecord.review.decisions import LONGEST_NAME, LONGEST_NOTE, VERDICTS, Decision
from onrecord.store import Folder

FILE = "review.sqlite"
VERSION = 1
WAIT = 20.0
"""Seconds to wait for another writer."""
TABLES = """
create table if not exists decisions (
  number integer primary key autoincrement,
  made text not null, by text not null, verdict text not null, page text not null, body text not null
);
create index if not exists decisions_by_page on decisions (page);
create trigger if not exists never_changed before update on decisions
  begin select raise(abort, 'decisions are never changed: add a later one'); end;
create trigger if not exists never_removed before delete on decisions
  begin select raise(abort, 'decisions are never removed: add a later one'); end;
"""


def open_log(folder: Folder) -> Log:
    """Return the log of a folder; raises ReviewError if the folder is not on a disk of this machine."""
    if not folder.disk.local:
        raise ReviewError(f"{folder.disk.name}: review needs a record folder on a disk of this machine")
    return Log(Path(folder.disk.path(FILE)))


class Log:
    """Reads and adds decisions; several processes may do so at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def length(self) -> int:
        """The number of the last decision: equal lengths hold equal logs."""
        if not self.path.exists():
            return 0
        with self._connect() as connection:
            return int(connection.execute("select coalesce(max(number), 0) from decisions").fetchone()[0])

    def read(self) -> tuple[Decision, ...]:
        """Return all decisions in the order in which they were made."""
        if not self.path.exists():
            return ()
        make = record_maker(Decision)
        with self._connect() as connection:
            rows = connection.execute("select number, made, body from decisions order by number").fetchall()
        return tuple(replace(make(json.loads(body)), number=number, made=made) for number, made, body in rows)

    def add(self, decision: Decision) -> Decision:
        """Keep a decision and return it as kept; raises ReviewError for one that says too little."""
        _check_decision(decision)
        made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        body = json.dumps(to_plain(replace(decision, number=0, made="")), ensure_ascii=False)
        with self._connect() as connection:
            row = (made, decision.by, decision.verdict, decision.page, body)
            added = connection.execute(
                "insert into decisions (made, by, verdict, page, body) values (?, ?, ?, ?, ?)", row
            )
            return replace(decision, number=int(added.lastrowid or 0), made=made)

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT)
            try:
                _prepare(connection, self.path)
                with connection:
                    yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise ReviewError(
                f"{self.path.name}: {error}; expected the log that onrecord serve keeps"
            ) from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new log; raises ReviewError for one of another version."""
    version = connection.execute("pragma user_version").fetchone()[0]
    if version == VERSION:
        return
    if version != 0:
        raise ReviewError(f"{path.name}: written by another version: expected {VERSION}, found {version}")
    connection.execute("pragma journal_mode = wal")
    connection.executescript(TABLES)
    connection.execute(f"pragma user_version = {VERSION}")


def _check_decision(one: Decision) -> None:
    if one.verdict not in VERDICTS:
        raise ReviewError(f"verdict {one.verdict!r}: expected one of {', '.join(VERDICTS)}")
    if not one.by.strip() or len(one.by) > LONGEST_NAME:
        raise ReviewError(f"a decision needs a name of 1 to {LONGEST_NAME} characters: say who decides")
    if len(one.note) > LONGEST_NOTE:
        raise ReviewError(f"a note of {len(one.note)} characters: {LONGEST_NOTE} are taken at most")
    if one.verdict in ("correct", "add") and one.account is None:
        raise ReviewError(f"to {one.verdict} an event, say what it is")
    if one.verdict in ("merge", "split") and not one.reports:
        raise ReviewError(f"to {one.verdict} incidents, name the reports")
