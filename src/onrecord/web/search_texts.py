"""Full-text search over pages, comments and statements: an SQLite FTS5 index beside the process."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.records import Record
from onrecord.store import Folder
from onrecord.web.facets import Facets
from onrecord.web.frame import Frame
from onrecord.web.rows import Rows

COLUMNS = ("kind", "published", "publisher", "author", "snippet", "page", "id")
KINDS = ("page", "statement", "comment")
SORTS = ("kind", "published", "publisher", "author", "page")
TERM = re.compile(r'"([^"]+)"|(-?)(\S+)')
"""`"order to withdraw"`, `-denied`, `withdraw*`."""
MARKS = ("\x02", "\x03")
"""Around found words; they become marks when the row is shown."""
CREATE = """
create virtual table texts using fts5(
  body, kind unindexed, page unindexed, id unindexed, publisher unindexed, published unindexed,
  author unindexed, tokenize = "unicode61 remove_diacritics 2"
)
"""
AT_ONCE = 500
"""Records between two commits: so many are found at once while the rest is read."""

FIRST = (20, 100)
"""Records after which the first ones can be found already."""


@dataclass(slots=True)
class TextIndex:
    """The index of one state of a folder; it is built in the background when it is first asked."""

    folder: Folder
    state: str
    """Of the folder, when the building began."""
    total: int
    """Pages that the folder held then."""
    home: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory("-onrecord")
    )
    done: int = 0
    """Pages that can be found."""
    is_closed: bool = False
    thread: threading.Thread | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all pages can be found."""
        return self.thread is not None and not self.thread.is_alive()

    @property
    def path(self) -> str:
        return str(Path(self.home.name) / "texts.sqlite")

    def start(self) -> None:
        """Begin to build the index."""
        with sqlite3.connect(self.path) as database:
            database.execute("pragma journal_mode = wal")
            database.execute(CREATE)
        database.close()
        self.thread = threading.Thread(target=self._build, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """End the building and remove the index."""
        self.is_closed = True
        if self.thread is not None:
            self.thread.join()
        self.home.cleanup()

    def _build(self) -> None:
        database = sqlite3.connect(self.path)
        rows: list[tuple[str | None, ...]] = []
        read = 0
        for record in self.folder.records_as_stored():
            if self.is_closed:
                break
            rows += list_texts(record)
            read += 1
            if read in FIRST or read % AT_ONCE == 0:
                self._commit(database, rows, read)
                rows = []
        self._commit(database, rows, read)
        database.close()

    def _commit(self, database: sqlite3.Connection, rows: list[tuple[str | None, ...]], read: int) -> None:
        with database:
            database.executemany(
                "insert into texts (kind, page, id, publisher, published, author, body) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
        self.done = read

    def find(self, facets: Facets, frame: Frame) -> tuple[Rows, int]:
        """Return what holds the words of a reader, the best first, and how many there are."""
        wanted = write_match(facets.one("text") or "")
        if not wanted:
            return Rows(COLUMNS, ()), 0
        where, params = _narrow(facets)
        way = "desc" if frame.down else "asc"
        order = f"{frame.sort} {way}" if frame.sort in SORTS else "bm25(texts)"
        limit = "" if frame.most is None else f" limit {frame.most} offset {frame.start}"
        snippet = f"snippet(texts, 0, '{MARKS[0]}', '{MARKS[1]}', ' … ', 28)"
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as database:
            rows = database.execute(
                f"select kind, published, publisher, author, {snippet}, page, id from texts "
                f"where texts match ? {where} order by {order}, page, id{limit}",
                [wanted, *params],
            ).fetchall()
            total = database.execute(
                f"select count(*) from texts where texts match ? {where}", [wanted, *params]
            ).fetchone()[0]
        database.close()
        return Rows(COLUMNS, tuple(rows)), total

    def count(self, facets: Facets) -> dict[str, Rows]:
        """Return how many texts hold the words of a reader, by kind and by publisher."""
        wanted = write_match(facets.one("text") or "")
        found: dict[str, Rows] = {}
        if not wanted:
            return found
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as database:
            for name in ("kind", "publisher"):
                where, params = _narrow(facets.without(name))
                rows = database.execute(
                    f"select {name}, count(*) from texts where texts match ? {where} and {name} is not null "
                    f"group by {name} order by count(*) desc, {name} limit 12",
                    [wanted, *params],
                ).fetchall()
                found[name] = Rows((name, "texts"), tuple(rows))
        database.close()
        return found


def list_texts(record: Record) -> Iterator[tuple[str | None, ...]]:
    """Yield the texts of a page that can be found: its parts, comments each for itself, and statements."""
    page, text = record.page, record.page.text
    names = {actor.id: actor.name for actor in record.actors}
    for part in record.parts:
        kind = "comment" if part.kind == "comment" else "page"
        words = text[part.start : part.end]
        yield kind, page.id, part.id, page.publisher, page.published, part.author, words
    for one in record.statements:
        words = " … ".join(text[start:end] for start, end in one.content)
        yield (
            "statement",
            page.id,
            one.id,
            page.publisher,
            page.published,
            names.get(one.speaker or ""),
            words,
        )


def write_match(words: str) -> str:
    """Return the words of a reader as a query of FTS5: all of them, phrases as such, `-word` excluded.

    >>> write_match('withdraw* "from Somalia" -denied')
    '"withdraw"* AND "from Somalia" NOT "denied"'
    >>> write_match("-denied"), write_match("")
    ('', '')
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for phrase, minus, word in TERM.findall(words.replace("\x00", "")):
        term = (phrase or word).strip('"')
        ending = "*" if not phrase and term.endswith("*") else ""
        quoted = '"' + term.rstrip("*").replace('"', '""') + '"' + ending
        if term.strip("*"):
            (unwanted if minus else wanted).append(quoted)
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)


def _narrow(facets: Facets) -> tuple[str, list[str]]:
    parts: list[str] = []
    params: list[str] = []
    for name in ("kind", "publisher", "page"):
        values = facets.all(name)
        if values:
            parts.append(f"and {name} in ({', '.join('?' * len(values))})")
            params += values
    for name, sign in (("since", ">="), ("until", "<=")):
        value = facets.one(name)
        if value:
            parts.append(f"and published {sign} ?")
            params.append(value)
    return " ".join(parts), params
