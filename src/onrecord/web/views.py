"""The views of the workbench: each a question to the folder, shown as a page, as JSON or as CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.review import measure_agreement, measure_precision
from onrecord.review.tabulate import (
    Table,
    tabulate_agreement,
    tabulate_cases,
    tabulate_decisions,
    tabulate_precision,
)
from onrecord.web.compare import read_comparison
from onrecord.web.facets import CHECKS, CLAIMS, EVENTS, LEDGER, PAGES, STANCES, Facets, FacetSet
from onrecord.web.shelf import Judged, Rows, Shelf, read_question

Read = Callable[[Shelf, Facets, int | None], tuple[Rows, int]]
"""Rows of a view, so many at most, and how many there are."""
LONGEST_LIST = 200
"""Rows that a page shows; JSON and CSV have all of them."""


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


def _ask(question: str, narrow: FacetSet = EVENTS) -> Read:
    """Return a reader for a .sql file whose {where} takes the facets."""

    def read(shelf: Shelf, facets: Facets, most: int | None) -> tuple[Rows, int]:
        where, params = narrow.where(facets)
        sql = read_question(question if params or question != "incidents" else "all_incidents")
        sql = sql.replace("{where}", where)
        if most is None:
            rows = shelf.query(sql, params)
            return rows, len(rows.rows)
        rows = shelf.query(f"{sql} limit {most + 1}", params)
        if len(rows.rows) <= most:
            return rows, len(rows.rows)
        total = shelf.query(f"select count(*) from ({sql})", params).rows[0][0]
        return Rows(rows.columns, rows.rows[:most]), total

    return read


def _tabulate(write: Callable[[Judged], Table]) -> Read:
    """Return a reader for a table of the review."""

    def read(shelf: Shelf, facets: Facets, most: int | None) -> tuple[Rows, int]:
        columns, rows = write(shelf.judged)
        return Rows(columns, rows[:most]), len(rows)

    return read


VIEWS = (
    View(
        "events",
        "Events",
        "Every event that a report tells, one row a report.",
        "/events?status=ordered",
        _ask("events"),
    ),
    View(
        "incidents",
        "Incidents",
        "What happened, once each, with all reports of it.",
        "/incidents?type=ASSAULT",
        _ask("incidents"),
    ),
    View(
        "timeline",
        "Timeline",
        "Events by day: cooperation above the line, conflict below.",
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
        "The actors with the most events, and with whom they have them, over all time or a stretch of it.",
        "/network?type=ASSAULT",
        _ask("dyads"),
        group="actors",
    ),
    View(
        "compare",
        "Compare",
        "Two actors side by side: what each does, and what they do to each other; narrow it to a country to "
        "see the two there.",
        "/compare?type=ASSAULT",
        read_comparison,
        group="actors",
    ),
    View(
        "commitments",
        "Commitments",
        "Orders, promises, plans, threats and predictions, and what became of them.",
        "/commitments?status=open",
        _ask("commitments", LEDGER),
        LEDGER,
    ),
    View(
        "discussion",
        "Discussion",
        "Whom readers support and attack, by publisher.",
        "/discussion",
        _ask("discussion", STANCES),
        STANCES,
    ),
    View(
        "answered",
        "Most answered",
        "Comments that drew the most answers.",
        "/answered",
        _ask("answered", PAGES),
        PAGES,
        "discussion",
    ),
    View(
        "claims",
        "Claims",
        "What readers assert: never counted among the events.",
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
        "What was worked out again, failed checks first.",
        "/checks?status=inconsistent",
        _ask("checks", CHECKS),
        CHECKS,
    ),
    View("pages", "Pages", "Every page of the folder.", "/pages", _ask("pages", PAGES), PAGES),
    View(
        "review",
        "Review",
        "Events that somebody judged: those on which persons differ first, then those that the coder "
        "tells otherwise.",
        "/review",
        _tabulate(lambda judged: tabulate_cases(judged.review.cases)),
        None,
    ),
    View(
        "decisions",
        "Decisions",
        "Every decision as it was made, the last one first: none is ever changed or removed.",
        "/decisions",
        _tabulate(lambda judged: tabulate_decisions(judged.review.decisions)),
        None,
        "review",
    ),
    View(
        "agreement",
        "Agreement",
        "How far each two persons agree on the type of events: Cohen's kappa, over all and for each type.",
        "/agreement",
        _tabulate(lambda judged: tabulate_agreement(measure_agreement(judged.review))),
        None,
        "review",
    ),
    View(
        "precision",
        "Precision",
        "How often the coder is right, by type, with Wilson intervals of 95 %. Recall counts pages that "
        "somebody marked as read whole.",
        "/precision",
        _tabulate(lambda judged: tabulate_precision(measure_precision(judged.review))),
        None,
        "review",
    ),
)
"""All views in the order of the menu."""
BY_NAME = {view.name: view for view in VIEWS}
