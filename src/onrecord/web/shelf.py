"""A record folder as the workbench reads it: its rows in memory, read anew when the folder has changed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any

import duckdb

from onrecord.errors import OnrecordError, ReviewError
from onrecord.records import Record, record_from_dict
from onrecord.review import Log, Review, join_touched, open_log, settle_review
from onrecord.review.decisions import JOIN_VERDICTS, Decision
from onrecord.store import Folder, open_folder
from onrecord.store.close_off import draw_no_bar
from onrecord.store.links import Links, count_unlinked, last_links, no_links
from onrecord.store.tables import SCHEMAS
from onrecord.web.hold_links import Incidents, hold_incidents, hold_ledger, hold_review
from onrecord.web.rows import Rows
from onrecord.web.saved_views import SavedView, read_views
from onrecord.web.search_texts import TextIndex

HELD = (
    "events", "actors", "places", "statements", "commitments", "checks", "comments", "stances", "claims",
    "parts", "quantities",
)  # fmt: skip
"""Tables that are held in memory; the texts of pages stay on disk."""
WORDS = ("event_words", "statement_words", "comment_words", "title_words")
"""Questions to the texts of pages, whose answers are held."""
HEADS = "event_heads"
"""The question to what is held that those of `TABLES` ask."""
TABLES = ("event_rows", "actor_names", "actor_totals", "stance_rows", "claim_rows", "check_rows", "page_rows")
"""Questions to what is held, whose answers are held as well."""
NEWEST = "order by day desc nulls last, page, event"
"""The order of events, as `events.sql` has it."""
SLOW = 20.0
"""Seconds after which a query is broken off."""
QUICK = 0.5
"""Seconds of reading up to which a changed folder is read at once; a larger one is read behind the back
of the readers, who meanwhile see what it held before."""
LINKED = 400
"""Pages up to which links that are not kept yet are worked out at once."""
LINKER = "import sys; from onrecord.web.link_behind import link_behind; sys.exit(link_behind(sys.argv[1]))"
"""What the process that links a large folder runs."""
FIRST = 2.0
"""Seconds after the start that a large folder is not read into memory yet: the first readers go before it."""
LOOK = 3.0
"""Seconds between looks at what the linking process has written so far."""
TURNS = 2
"""Queries that run at the same time: more of them only wait for the same processors."""
BLINK = 0.25
"""Seconds for which what stands on the disk is taken to stand as it did."""
SHORT, KEPT = 1000, 2000
"""Rows of an answer up to which it is kept, and how many answers are."""
LOADED = 64
"""Records that are kept ready: a queue of events comes back to the same pages."""
REST = 5.0
"""Seconds between two readings of a folder that grows all the time."""


class SlowQuery(OnrecordError):
    """A question took too long; the message says how to narrow it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a folder held at one moment."""

    state: str
    database: duckdb.DuckDBPyConnection
    source: duckdb.DuckDBPyConnection
    """Over the files of the folder, for what is not held in memory."""
    links: Links
    links_state: str
    """State of the folder that the links were worked out for."""
    is_quick: bool = False
    """Whether the tables are read from the files of the folder at each question, until they are in memory."""

    @property
    def is_linked(self) -> bool:
        """Whether the links are those of what the folder holds."""
        return self.state == self.links_state


@dataclass(frozen=True, slots=True)
class Linking:
    """How far the linking of a folder has come."""

    done: int
    """Pages whose reports are linked."""
    total: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What persons say of a holding, at one length of their log."""

    mark: tuple[str, str, int]
    review: Review = field(default_factory=Review)
    joins: tuple[int, ...] = ()
    """Numbers of the decisions that merge or split incidents."""
    incidents: Incidents = field(default_factory=lambda: Incidents(no_links()))
    """By id, as persons have joined and parted them."""


class Shelf:
    """Answers the questions of the views about one folder, from several threads at once."""

    def __init__(self, path: str, *, has_review: bool = True) -> None:
        self.folder: Folder = open_folder(path)
        self.log: Log | None = _open_log(self.folder) if has_review else None
        self._lock = threading.Lock()
        self._judging = threading.RLock()
        self._linking = threading.Lock()
        self._indexing = threading.Lock()
        self._linker: subprocess.Popen[bytes] | None = None
        self._cost = 0.0
        self._read_at = 0.0
        is_large = count_pages(self.folder) > LINKED
        self._holding = self._load(is_quick=is_large)
        self._turns = threading.Semaphore(TURNS)
        self._looked: dict[str, float] = {}
        self._judged: Judged | None = None
        self._answers: dict[tuple[str, tuple[Any, ...]], Rows] = {}
        self._answers_to = ("", "", -1)
        self._loaded: dict[tuple[str, str], Record] = {}
        self._texts: TextIndex | None = None
        self._judge()
        self._loader = threading.Timer(FIRST, self._fill)
        self._loader.daemon = True
        if is_large:
            self._loader.start()

    def close(self) -> None:
        """End what still works for the readers when the server ends."""
        self._loader.cancel()
        if self._loader.is_alive():
            self._loader.join()
        if self._linker is not None and self._linker.poll() is None:
            self._linker.terminate()
            self._linker.wait()
        if self._texts is not None:
            self._texts.close()

    @property
    def holding(self) -> Holding:
        """Return what the folder holds now, or shortly before if it is large and has just grown."""
        if not self._is_due("folder"):
            return self._holding
        if self._holding.state != self.folder.state and self._lock.acquire(blocking=False):
            if self._cost < QUICK:
                self._reload()
            elif time.monotonic() - self._read_at > REST + self._cost:
                threading.Thread(target=self._reload, daemon=True).start()
            else:
                self._lock.release()
        return self._holding

    def _fill(self) -> None:
        """Put into memory what was shown from the files of the folder."""
        if self._lock.acquire(blocking=False):
            self._reload()

    def _reload(self) -> None:
        """Read the folder anew; the caller holds the lock, which is given back."""
        try:
            self._holding = self._load()
            self._judge()
            if not self._holding.is_linked:
                self._take_links()  # they may have been written while the folder was read
        finally:
            self._lock.release()

    def _load(self, *, is_quick: bool = False) -> Holding:
        began = time.monotonic()
        state = self.folder.state
        source = self.folder.connect(only=SCHEMAS)
        database = _show_files(source) if is_quick else _hold_rows(source)
        links, links_state = self._find_links(state, count_pages(self.folder))
        hold_ledger(database, links)
        hold_review(database, ())
        database.execute(f"create view ledger_rows as {read_question('ledger_rows')}")
        self._cost, self._read_at = time.monotonic() - began, time.monotonic()
        return Holding(state, database, source, links, links_state, is_quick)

    def _find_links(self, state: str, pages: int) -> tuple[Links, str]:
        """Return the links of a state; for a large folder those kept last, while new ones are made."""
        kept, rest = last_links(self.folder), count_unlinked(self.folder)
        if kept is not None and not rest:
            return kept, state
        if pages <= LINKED:
            return self.folder.links(), state
        threading.Thread(target=self._link, daemon=True).start()
        return kept or no_links(), ""

    def _link(self) -> None:
        """Have the links worked out by a process of its own, and take over what it has until it ends."""
        if not self._linking.acquire(blocking=False):
            return
        try:
            self._linker = subprocess.Popen([sys.executable, "-c", LINKER, self.folder.disk.name])
            while self._wait(self._linker):
                self._take_links()
        finally:
            self._linking.release()
        self._take_links()

    def _wait(self, linker: subprocess.Popen[bytes]) -> bool:
        """Return whether the linking process still works after some seconds."""
        try:
            linker.wait(LOOK)
        except subprocess.TimeoutExpired:
            return True
        return False

    def _take_links(self) -> None:
        """Show the links that were written last, if there are others than those that are shown."""
        held, links = self._holding, last_links(self.folder)
        if links is None or links.home == held.links.home:
            return
        state = held.state if held.state == self.folder.state and not count_unlinked(self.folder) else ""
        hold_ledger(held.database, links)
        self._holding = replace(held, links=links, links_state=state)
        self._judge()

    @property
    def linking(self) -> Linking | None:
        """Return how many pages are linked so far; None if all are."""
        holding = self.holding
        if holding.is_linked:
            return None
        total = self.query("select count(*) from pages").rows[0][0]
        return Linking(max(0, total - self.folder.unlinked()), total)

    @property
    def judged(self) -> Judged:
        """Return what persons say of what the folder holds."""
        holding, judged = self.holding, self._judged
        is_of_it = judged is not None and judged.mark[:2] == self._mark(holding)[:2]
        if not is_of_it or self._is_due("log"):
            self._judge()
        assert self._judged is not None
        return self._judged

    def _is_due(self, what: str) -> bool:
        """Return whether it is time to look at the disk again; noting that it is done now."""
        now = time.monotonic()
        if now - self._looked.get(what, 0.0) < BLINK:
            return False
        self._looked[what] = now
        return True

    def _mark(self, holding: Holding) -> tuple[str, str, int]:
        return f"{holding.state} {holding.is_quick}", holding.links.home, self.log.length if self.log else 0

    def _judge(self) -> None:
        """Settle what persons decided, and put it beside the rows of the folder."""
        with self._judging:
            holding, before = self._holding, self._judged
            mark = self._mark(holding)
            if before is not None and before.mark == mark:
                return
            decisions = self.log.read() if self.log and mark[2] else ()
            same = before.review if before is not None and before.mark[0] == mark[0] else None
            review = settle_review(decisions, self.records, same)
            hold_review(holding.database, review.cases)
            if not holding.is_quick:
                _mark_review(holding.database)
            joins = tuple(one.number for one in decisions if one.verdict in JOIN_VERDICTS)
            if before is not None and (before.mark[:2], before.joins) == (mark[:2], joins):
                self._judged = Judged(mark, review, joins, before.incidents)
                return
            incidents = Incidents(holding.links, *join_touched(holding.links, decisions, self.records))
            hold_incidents(holding.database, incidents)
            self._judged = Judged(mark, review, joins, incidents)

    def decide(self, decision: Decision) -> Decision:
        """Keep a decision, which every later answer shows; raises ReviewError where the folder takes none."""
        if self.log is None:
            raise ReviewError("review needs a record folder on a disk of this machine")
        kept = self.log.add(decision)
        self._judge()
        return kept

    def ask(self, question: str, params: Sequence[Any] = ()) -> Rows:
        """Return the rows of a question by the name of its .sql file."""
        return self.query(read_question(question), params)

    def query(self, sql: str, params: Sequence[Any] = ()) -> Rows:
        """Return the rows of a query; raises SlowQuery for one that takes too long.

        Answers that are short are kept until the folder, or what persons say of it, has changed.
        """
        holding = self.holding
        mark = self.judged.mark
        if self._answers_to != mark:
            self._answers, self._answers_to = {}, mark
        answers, key = self._answers, (sql, tuple(params))
        found = answers.get(key)
        if found is not None:
            return found
        with self._turns:  # many readers with one question: the first one's answer serves the others
            found = answers.get(key) or _run(holding.database, sql, params)
            if len(found.rows) <= SHORT and len(answers) < KEPT:
                answers[key] = found
        return found

    def record(self, page: str) -> Record | None:
        """Return the record of a page; those that were asked for lately are kept."""
        key = (self.holding.state, page)
        if key not in self._loaded:
            for record in self.records([page]):
                if len(self._loaded) >= LOADED:
                    self._loaded.clear()
                self._loaded[key] = record
        return self._loaded.get(key)

    def views(self) -> tuple[SavedView, ...]:
        """Return the views that somebody saved."""
        return read_views(self.folder.disk)

    @property
    def texts(self) -> TextIndex:
        """Return the full-text index of what the folder holds; it is begun when it is first asked for."""
        with self._indexing:
            held, state = self._texts, self.holding.state
            if held is None or (held.state != state and held.is_whole):
                total = _run(self._holding.database, "select count(*) from pages", ()).rows[0][0]
                self._texts = TextIndex(self.folder, state, total)
                self._texts.start()
                if held is not None:
                    held.close()
            assert self._texts is not None
            return self._texts

    def records(self, pages: Sequence[str]) -> list[Record]:
        """Return the records of some pages, in the order of their ids."""
        sql = "select json from records where page in (select unnest(?)) order by page"
        found = _run(self._holding.source, sql, [list(pages)])
        return [record_from_dict(json.loads(text)) for (text,) in found.rows]


def count_pages(folder: Folder) -> int:
    """Return how many codings of pages a folder holds, old ones counted, without reading them."""
    return sum(about["rows"].get("pages", 0) for about in folder.parts().values())


def _show_files(source: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a connection over the files of a folder with the tables that the views ask."""
    for name in (HEADS, *WORDS, *TABLES):
        source.execute(f"create view {name} as {read_question(name)}")
    return source


def _hold_rows(source: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the tables that the views ask."""
    database = duckdb.connect(":memory:")
    draw_no_bar(database)
    _hold(database, "pages", source.sql("select * exclude (text) from pages").to_arrow_table())
    for name in HELD:
        _hold(database, name, source.sql(f"select * from {name}").to_arrow_table())
    for name in WORDS:
        _hold(database, name, source.sql(read_question(name)).to_arrow_table())
    database.execute(f"create view {HEADS} as {read_question(HEADS)}")
    for name in TABLES:
        order = NEWEST if name == "event_rows" else ""
        database.execute(f"create table {name} as select * from ({read_question(name)}) {order}")
    return database


def _mark_review(database: duckdb.DuckDBPyConnection) -> None:
    """Put what persons say into the rows of events, all at once for whoever reads them."""
    cursor = database.cursor()
    cursor.execute(f"begin; {read_question('mark_review')} commit;")
    cursor.close()


def _run(database: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any]) -> Rows:
    cursor = database.cursor()
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


def _open_log(folder: Folder) -> Log | None:
    try:
        return open_log(folder)
    except ReviewError:
        return None


def _hold(database: duckdb.DuckDBPyConnection, name: str, rows: Any) -> None:
    database.register("incoming", rows)
    database.execute(f"create or replace table {name} as from incoming")
    database.unregister("incoming")


def read_question(name: str) -> str:
    """Return the text of a .sql file of the workbench."""
    return files("onrecord.web").joinpath("questions", f"{name}.sql").read_text(encoding="utf-8")
