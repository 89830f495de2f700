"""The answers of models, DIR/second.sqlite: each is kept the moment it comes, as it came."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ReviewError
from onrecord.store import Folder

FILE = "second.sqlite"
WAIT = 20.0
"""Seconds to wait for another writer."""
TABLE = """
create table if not exists answers (
  key text primary key, model text not null, text text not null, ended text not null, tokens integer not null
)
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint sent back for a question."""

    text: str
    ended: str
    """`whole`, or why it was broken off."""
    tokens: int
    """Of question and answer: as the endpoint counts them, or our estimate if that is more."""


def open_answers(folder: Folder) -> Answers:
    """Return the answers of a folder; raises ReviewError if it is not on a disk of this machine."""
    if not folder.disk.local:
        raise ReviewError(f"{folder.disk.name}: a second reader needs a folder on a disk of this machine")
    return Answers(Path(folder.disk.path(FILE)))


class Answers:
    """Finds and keeps replies by the digest of what was asked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, key: str) -> Reply | None:
        """Return the reply to a question, or None if it was never asked."""
        if not self.path.exists():
            return None
        with self._connect() as connection:
            row = connection.execute(
                "select text, ended, tokens from answers where key = ?", (key,)
            ).fetchone()
        connection.close()
        return Reply(*row) if row else None

    def keep(self, key: str, model: str, reply: Reply) -> None:
        """Keep a reply for good; a second one to the same question is left out."""
        row = (key, model, reply.text, reply.ended, reply.tokens)
        with self._connect() as connection:
            connection.execute("insert or ignore into answers values (?, ?, ?, ?, ?)", row)
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT)
            connection.execute(TABLE)
        except sqlite3.Error as error:
            raise ReviewError(
                f"{self.path.name}: {error}; expected the answers of a second reader"
            ) from error
        return connection
