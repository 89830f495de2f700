"""The pages about one thing: a page of news, an incident, an actor."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from onrecord.records import Incident, to_plain
from onrecord.review.describe_event import find_sentence
from onrecord.web.draw_trend import draw_trend
from onrecord.web.facets import EVENTS, make_facets
from onrecord.web.frame import Frame
from onrecord.web.guard import read_reviewer
from onrecord.web.render import Pages
from onrecord.web.routes import on_get
from onrecord.web.shelf import Shelf, read_question
from onrecord.web.show_page import show_page
from onrecord.web.views import BY_NAME

MOST = 100
"""Rows of each table on the page of an actor."""
ALIKE = 12
"""Incidents that are offered for a merge."""
NEAR = 10
"""Days between incidents that may be one."""
ALIKE_IN_TIME = """
    select id from incident_rows where type = ? and id <> ? and (
      first is not distinct from ? or abs(date_diff('day', try_cast(first as date), try_cast(? as date))) <= ?
    )
    order by abs(date_diff('day', try_cast(first as date), try_cast(? as date))), id limit 200
"""


class Words(Convertor[str]):
    """A part of an address that may hold any character: ids and names are those of the pages."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("words", Words())


def add_details(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    """Add the routes of single things."""
    _add_page(app, shelf, pages)
    _add_incident(app, shelf, pages)
    _add_actor(app, shelf, pages)


def _add_page(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    @on_get(app, "/page/{ident:words}.json")
    def page_json(request: Request) -> Response:
        ident = request.path_params["ident"]
        record = shelf.record(ident)
        if record is None:  # or the page of an id that ends so
            return show(f"{ident}.json", request)
        return Response(record.to_json(), media_type="application/json")

    @on_get(app, "/page/{ident:words}")
    def page(request: Request) -> Response:
        return show(request.path_params["ident"], request)

    def show(ident: str, request: Request) -> Response:
        record = shelf.record(ident)
        if record is None:
            return pages.missing(f"page {ident!r}")
        review = shelf.judged.review
        return pages.render(
            "page.html",
            record=record,
            shown=show_page(record, review.pages.get(ident, ())),
            readers=review.readers.get(ident, ()),
            reviewer=read_reviewer(request),
            has_review=shelf.log is not None,
            here="pages",
        )


def _add_incident(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    @on_get(app, "/incident/{ident}.json")
    def incident_json(request: Request) -> Response:
        found = shelf.judged.incidents.get(request.path_params["ident"])
        return JSONResponse(to_plain(found)) if found else PlainTextResponse("no such incident", 404)

    @on_get(app, "/incident/{ident}")
    def incident(request: Request) -> Response:
        ident = request.path_params["ident"]
        found = shelf.judged.incidents.get(ident)
        if found is None:
            return pages.missing(f"incident {ident!r}")
        return pages.render(
            "incident.html",
            incident=found,
            reports=_find_reports(shelf, found),
            alike=_find_alike(found, shelf),
            reviewer=read_reviewer(request),
            has_review=shelf.log is not None,
            here="incidents",
        )


def _find_reports(shelf: Shelf, incident: Incident) -> list[Any]:
    """Return the reports of an incident, each with its sentence and its event."""
    records = {record.page.id: record for record in shelf.records(sorted({r.page for r in incident.reports}))}
    found = []
    for report in incident.reports:
        record = records.get(report.page)
        event = next((e for e in record.events if e.id == report.event), None) if record else None
        if record is not None and event is not None:
            found.append((report, record.page.text[slice(*find_sentence(record, event.span))], event))
    return found


def _find_alike(found: Incident, shelf: Shelf) -> list[Incident]:
    """Return incidents of the same type and about the same days, those with the same actors first."""
    names = {party.name for party in (*found.sources, *found.targets)}
    day = found.start_date
    values = [found.act.type, found.id, day, day, NEAR, day]
    near = [
        one
        for (name,) in shelf.query(ALIKE_IN_TIME, values).rows
        if (one := shelf.judged.incidents.get(name)) is not None
    ]
    near.sort(key=lambda one: (-len(names & {p.name for p in (*one.sources, *one.targets)}), one.id))
    return near[:ALIKE]


def _add_actor(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    @on_get(app, "/actor/{name:words}")
    def actor(request: Request) -> Response:
        name = request.path_params["name"]
        mine = make_facets(actor=name)
        events, total = BY_NAME["events"].read(shelf, mine, Frame(most=MOST))
        said = shelf.query(f"{read_question('said_by')} limit {MOST}", [name])
        where, params = EVENTS.where(mine)
        pairs = read_question("dyads").replace("{where}", where)
        dyads = shelf.query(f"select * from ({pairs}) where source = ? or target = ?", [*params, name, name])
        vowed, _ = BY_NAME["commitments"].read(shelf, mine, Frame(most=MOST))
        about = shelf.query(read_question("actor_facts"), [name]).dicts()
        if not (total or said.rows or vowed.rows or about):
            return pages.missing(f"actor {name!r}")
        return pages.render(
            "actor.html",
            name=name,
            about=about[0] if about else {},
            trend=draw_trend(shelf, name),
            types=shelf.query(read_question("actor_types"), [name, name, name, name]),
            events=events,
            event_columns=BY_NAME["events"].shown,
            total=total,
            said=said,
            dyads=dyads,
            vowed=vowed,
            here="actors",
        )
