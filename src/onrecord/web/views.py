"""The views of the workbench: each a question to the folder, shown as a page, as JSON or as CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.records import FollowedCommitment
from onrecord.web.facets import Facets
from onrecord.web.shelf import Rows, Shelf, read_question

Read = Callable[[Shelf, Facets], Rows]
LONGEST_LIST = 500
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
    is_faceted: bool = True


def _ask(question: str) -> Read:
    """Return a reader for a .sql file whose {where} takes the facets."""

    def read(shelf: Shelf, facets: Facets) -> Rows:
        where, params = facets.where()
        return shelf.query(read_question(question).replace("{where}", where), params)

    return read


def _read_incidents(shelf: Shelf, facets: Facets) -> Rows:
    """Return the incidents that have a report among the events of the facets."""
    where, params = facets.where()
    found = shelf.query(f"select page, event from event_rows where {where}", params)
    wanted = {(page, event) for page, event in found.rows}
    columns = (
        "id", "first", "last", "type", "mode", "status", "sources", "targets", "place", "country", "cameo",
        "reports", "independent", "conflicts",
    )  # fmt: skip
    rows = [
        (
            one.id, one.start_date, one.end_date, one.act.type, one.act.mode, one.status,
            ", ".join(party.name for party in one.sources), ", ".join(party.name for party in one.targets),
            one.place.name if one.place else None, one.place.country if one.place else None, one.cameo,
            len(one.reports), one.independent, len(one.conflicts),
        )
        for one in shelf.holding.links.incidents
        if any((report.page, report.event) in wanted for report in one.reports)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[12], -row[11], row[1] or "", row[0]))
    return Rows(columns, tuple(rows))


def _read_commitments(shelf: Shelf, facets: Facets) -> Rows:
    """Return the ledger: every commitment with what became of it."""
    columns = ("page", "commitment", "kind", "by", "text", "due", "state", "evidence")
    rows = [
        (one.page, one.commitment, one.kind, _by(one), one.text, one.due, one.state, len(one.evidence))
        for one in shelf.holding.links.commitments
        if (not facets.actor or _by(one) == facets.actor)
        and (not facets.status or one.state == facets.status)
        and (not facets.page or one.page == facets.page)
    ]
    return Rows(columns, tuple(rows))


def _by(one: FollowedCommitment) -> str | None:
    return one.by.name if one.by else None


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
        _read_incidents,
    ),
    View(
        "timeline",
        "Timeline",
        "Events by day: cooperation above the line, conflict below.",
        "/timeline?actor=Russia",
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
        "/dyads?source=Russia",
        _ask("dyads"),
    ),
    View(
        "commitments",
        "Commitments",
        "Orders, promises, plans, threats and predictions, and what became of them.",
        "/commitments?status=open",
        _read_commitments,
    ),
    View(
        "discussion",
        "Discussion",
        "Whom readers support and attack, by publisher.",
        "/discussion",
        _ask("discussion"),
        False,
    ),
    View(
        "claims",
        "Claims",
        "What readers assert: never counted among the events.",
        "/claims",
        _ask("claims"),
        False,
    ),
    View(
        "checks",
        "Checks",
        "What was worked out again, failed checks first.",
        "/checks",
        _ask("checks"),
        False,
    ),
    View("pages", "Pages", "Every page of the folder.", "/pages", _ask("pages"), False),
)
"""All views in the order of the menu."""
