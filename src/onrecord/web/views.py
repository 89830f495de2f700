"""The views of the workbench: each a question to the folder, shown as a page or written as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.exports.say_event import OPENING
from onrecord.review import Review, measure_agreement, measure_precision
from onrecord.review.tabulate import (
    Table,
    tabulate_agreement,
    tabulate_cases,
    tabulate_decisions,
    tabulate_precision,
    tabulate_readers,
)
from onrecord.web.compare import read_comparison
from onrecord.web.facets import CHECKS, CLAIMS, EVENTS, LEDGER, PAGES, STANCES, TEXTS, Facets, FacetSet
from onrecord.web.frame import Frame, cut_rows, limit_clause, order_clause
from onrecord.web.rows import Rows
from onrecord.web.shelf import HEADS, NEWEST, Judged, Shelf, read_question

Read = Callable[[Shelf, Facets, Frame], tuple[Rows, int]]
"""The rows of a view that a frame shows, and how many there are."""


@dataclass(frozen=True, slots=True)
class View:
    """One view: its address, what it is for, and how its rows are read."""

    name: str
    title: str
    help: str
    example: str
    """An address that shows what the view is for."""
    read: Read
    facets: FacetSet | None = EVENTS
    group: str | None = None
    """The view under which this one stands in the menu, if not for itself."""
    count: Callable[[Shelf, Facets], dict[str, Rows]] | None = None
    """Counts what a reader may choose from; None for the values of the facets."""
    shown: tuple[str, ...] = ()
    """Columns that a reader sees who chooses none; empty for all of them."""
    empty: str = "This folder holds none."
    """Why there may be no rows at all, and what to do."""


BARE = ("timeline", "places", "periods")
"""Questions to events that need neither names nor words of them."""
NAMING = ("actor", "source", "target", "text")
"""Facets that do."""


def _ask(question: str, narrow: FacetSet = EVENTS) -> Read:
    """Return a reader for a .sql file whose {where} takes the facets."""

    def read(shelf: Shelf, facets: Facets, frame: Frame) -> tuple[Rows, int]:
        where, params = narrow.where(facets)
        sql = read_question(question if params or question != "incidents" else "all_incidents")
        sql = sql.replace("{where}", where)
        if question in BARE and _has_bare(shelf, facets):
            sql = sql.replace("event_rows", HEADS)
        if frame.sort:
            columns = shelf.query(f"{sql} limit 0", params).columns
            order = order_clause(frame, columns)
            sql = f"select * from ({sql}){order}" if order else sql
        rows = shelf.query(sql + limit_clause(frame), params)
        if frame.most is None or (not frame.start and len(rows.rows) < frame.most):
            return rows, len(rows.rows)
        return rows, shelf.query(f"select count(*) from ({sql})", params).rows[0][0]

    return read


def _has_bare(shelf: Shelf, facets: Facets) -> bool:
    """Return whether rows without names and words will do, and are quicker: files are read each time."""
    return shelf.holding.is_quick and not any(facets.all(name) for name in NAMING)


def _ask_events(shelf: Shelf, facets: Facets, frame: Frame) -> tuple[Rows, int]:
    """Return the events that a frame shows, and how many there are.

    As long as the files are read each time, events are chosen first; names and words are read of their
    pages alone.
    """
    if frame.most is None or frame.sort or not _has_bare(shelf, facets):
        return _ask("events")(shelf, facets, frame)
    where, params = EVENTS.where(facets)
    sql = f"select page, event, count(*) over () from {HEADS} where {where} {NEWEST}"
    chosen = {
        (page, event): total for page, event, total in shelf.query(sql + limit_clause(frame), params).rows
    }
    if not chosen:
        return _ask("events")(shelf, facets, frame)
    pages = sorted({page for page, _ in chosen})
    rows = shelf.query(
        _narrow_tables(len(pages)) + read_question("events").replace("{where}", "true"), pages * len(SOME)
    )
    at = [rows.columns.index(name) for name in ("page", "event")]
    shown = tuple(row for row in rows.rows if (row[at[0]], row[at[1]]) in chosen)
    return Rows(rows.columns, shown), next(iter(chosen.values()))


SOME = ("events", "pages", "actors", "places")
"""Tables of the folder that the rows of events are made of."""


def _narrow_tables(pages: int) -> str:
    """Return the `with` of a query by which it sees events of so many pages only: its first parameters."""
    marks = ", ".join("?" * pages)
    tables = [f"{name} as (select * from memory.main.{name} where page in ({marks}))" for name in SOME]
    made = [f"{name} as ({read_question(name)})" for name in (HEADS, "event_words", "event_rows")]
    return f"with {', '.join((*tables, *made))} "


def _read_events(shelf: Shelf, facets: Facets, frame: Frame) -> tuple[Rows, int]:
    """Return the events that a frame shows; who acts stands in brackets where the words do not say it."""
    rows, total = _ask_events(shelf, facets, frame)
    pages = sorted({row["page"] for row in rows.dicts()}) if frame.most is not None else []
    marks = ", ".join("?" * len(pages))
    where = f"e.page in ({marks}) and a.page in ({marks})" if pages else "true"
    sql = read_question("unnamed").replace("{where}", where).replace("{opening}", str(OPENING))
    found = {
        (page, event): (names, is_behind)
        for page, event, names, is_behind in shelf.query(sql, pages * 2).rows
    }
    at, page, event = (rows.columns.index(name) for name in ("sentence", "page", "event"))
    told = (
        (
            *row[:at],
            _name_missing(row[at] or "", *found.get((row[page], row[event]), ("", False))),
            *row[at + 1 :],
        )
        for row in rows.rows
    )
    return Rows(rows.columns, tuple(told)), total


def _name_missing(words: str, names: str, is_behind: bool) -> str:
    """Return the words of an event with those who act in it and are not mentioned, as `say_event` does."""
    if not names:
        return words
    return f"{words.rstrip('.')} [by {names}]" if is_behind else f"[{names}] {words}"


def _tabulate(write: Callable[[Judged], Table]) -> Read:
    """Return a reader for a table of the review."""

    def read(shelf: Shelf, facets: Facets, frame: Frame) -> tuple[Rows, int]:
        columns, rows = write(shelf.judged)
        return Rows(columns, cut_rows(columns, rows, frame)), len(rows)

    return read


def _tabulate_readers(review: Review) -> Table:
    """Return a row for each language model that has judged events."""
    from onrecord.second.measure_reader import list_readers, measure_reader, tabulate_gains  # brings httpx

    return tabulate_gains(measure_reader(review, name) for name in list_readers(review))


SORRY = (
    "Type words to search for in pages, comments and statements: all of them must stand there. "
    "Put a phrase in quotes, end a word with * for all its endings, and begin it with - to exclude it."
)
UNJUDGED = "Nobody has judged an event yet: start with the queue, or open a page and judge its events."
VIEWS = (
    View(
        "events",
        "Events",
        "Every event that a report tells, one row for each report.",
        "/events?status=ordered",
        _read_events,
        shown=(
            "day",
            "sentence",
            "type",
            "status",
            "sources",
            "targets",
            "place",
            "confidence",
            "review",
            "publisher",
            "page",
        ),
        empty="No event was found on the pages of this folder.",
    ),
    View(
        "incidents",
        "Incidents",
        "What happened, once each, with all reports of it.",
        "/incidents?type=ASSAULT",
        _ask("incidents"),
        shown=(
            "first",
            "sentence",
            "type",
            "status",
            "sources",
            "targets",
            "place",
            "reports",
            "independent",
            "conflicts",
        ),
        empty="No event was found on the pages of this folder, so there is nothing to join.",
    ),
    View(
        "timeline",
        "Timeline",
        "Events over time: cooperation above the line, conflict below it.",
        "/timeline?type=ASSAULT",
        _ask("timeline"),
    ),
    View(
        "map",
        "Map",
        "Where events took place: countries are shaded, towns are dots.",
        "/map?type=ASSAULT",
        _ask("places"),
    ),
    View("actors", "Actors", "Who acts, who is acted on, who speaks.", "/actors", _ask("actors")),
    View(
        "dyads",
        "Dyads",
        "Who does what to whom: cooperation, conflict and the mean Goldstein value.",
        "/dyads?type=ASSAULT",
        _ask("dyads"),
        group="actors",
    ),
    View(
        "network",
        "Network",
        "The actors with the strongest ties, and who acts on whom, over all time or a part of it.",
        "/network?type=ASSAULT",
        _ask("dyads"),
        group="actors",
    ),
    View(
        "compare",
        "Compare",
        "Two actors side by side: what each does, and what they do to each other. Filter by a country to "
        "see the two there.",
        "/compare?type=ASSAULT",
        read_comparison,
        group="actors",
    ),
    View(
        "commitments",
        "Commitments",
        "Orders, promises, plans, threats, demands and predictions, and what became of them.",
        "/commitments?status=open",
        _ask("commitments", LEDGER),
        LEDGER,
        shown=("state", "kind", "by", "text", "due", "published", "publisher", "page"),
        empty="No order, promise, plan, threat, demand or prediction was found on the pages of this folder.",
    ),
    View(
        "discussion",
        "Discussion",
        "Whom readers support and attack, by publisher.",
        "/discussion",
        _ask("discussion", STANCES),
        STANCES,
        empty="The pages of this folder have no comments that take sides.",
    ),
    View(
        "answered",
        "Most answered",
        "Comments that drew the most replies.",
        "/answered",
        _ask("answered", PAGES),
        PAGES,
        "discussion",
    ),
    View(
        "claims",
        "Claims",
        "What commenters assert; never counted among the events.",
        "/claims",
        _ask("claims", CLAIMS),
        CLAIMS,
        "discussion",
    ),
    View(
        "recurring",
        "Recurring claims",
        "Claims that more than one comment makes.",
        "/recurring",
        _ask("recurring", CLAIMS),
        CLAIMS,
        "discussion",
    ),
    View(
        "checks",
        "Checks",
        "Figures that were recomputed; those that do not add up come first.",
        "/checks?status=inconsistent",
        _ask("checks", CHECKS),
        CHECKS,
        empty="No page of this folder gives figures that can be recomputed.",
    ),
    View("pages", "Pages", "Every page of the folder.", "/pages", _ask("pages", PAGES), PAGES),
    View(
        "search",
        "Search",
        "Full-text search over pages, comments and statements.",
        '/search?text="withdrawal of troops"',
        lambda shelf, facets, frame: shelf.texts.find(facets, frame),
        TEXTS,
        count=lambda shelf, facets: shelf.texts.count(facets),
        empty=SORRY,
    ),
    View(
        "review",
        "Review",
        "Events that somebody judged: first those on which reviewers differ, then those that the coder "
        "got wrong.",
        "/review",
        _tabulate(lambda judged: tabulate_cases(judged.review.cases)),
        None,
        empty=UNJUDGED,
    ),
    View(
        "readers",
        "Side by side",
        "What each reviewer said of an event, next to the others: first those on which they differ.",
        "/readers",
        _tabulate(lambda judged: tabulate_readers(judged.review.cases)),
        None,
        "review",
        empty=UNJUDGED,
    ),
    View(
        "decisions",
        "Decisions",
        "Every decision as it was made, the latest first; none is ever changed or removed.",
        "/decisions",
        _tabulate(lambda judged: tabulate_decisions(judged.review.decisions)),
        None,
        "review",
        empty=UNJUDGED,
    ),
    View(
        "agreement",
        "Agreement",
        "How far any two reviewers agree on the type of events: Cohen's kappa, overall and by type.",
        "/agreement",
        _tabulate(lambda judged: tabulate_agreement(measure_agreement(judged.review))),
        None,
        "review",
        empty=UNJUDGED,
    ),
    View(
        "precision",
        "Precision",
        "How often the coder is right, by type, with 95 % Wilson intervals. Recall is computed over pages "
        "that a reviewer marked as read in full.",
        "/precision",
        _tabulate(lambda judged: tabulate_precision(measure_precision(judged.review))),
        None,
        "review",
        empty=UNJUDGED,
    ),
    View(
        "gain",
        "Second reader",
        "What language models said of events, held against what persons settled: precision and recall now, "
        "and what they would be if the refusals of a model were followed, with 95 % Wilson intervals.",
        "/gain",
        _tabulate(lambda judged: _tabulate_readers(judged.review)),
        None,
        "review",
        empty="No language model has judged an event of this folder: onrecord second DIR asks one, and sends "
        "nothing before you agree.",
    ),
)
"""All views in the order of the menu."""
BY_NAME = {view.name: view for view in VIEWS}
