from __future__ import annotations

import csv
import io
import json
from importlib.resources import as_file, files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader

from onrecord._version import __version__
from onrecord.exports.formats.cells import guard_cell
from onrecord.web.count_options import count_options
from onrecord.web.draw_map import draw_map
from onrecord.web.draw_timeline import draw_timeline
from onrecord.web.facets import Facets, read_facets
from onrecord.web.guard import Guard
from onrecord.web.safe_links import safe_link
from onrecord.web.shelf import Rows, Shelf, SlowQuery, read_question
from onrecord.web.show_page import show_page
from onrecord.web.views import LONGEST_LIST, VIEWS, View

DRAWINGS = {"timeline": draw_timeline, "map": draw_map}
"""Views with a picture above their table: rows in, SVG elements out."""


ALL_DYADS = read_question("dyads").replace("{where}", "true")


def create_app(path: str, guard: Guard) -> FastAPI:
    """Return the workbench over a record folder; raises FolderError if there is none at the path."""
    shelf = Shelf(path)
    app = FastAPI(title="onrecord", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(guard.check)
    with as_file(files("onrecord.web").joinpath("static")) as static:
        app.mount("/static", StaticFiles(directory=static), name="static")
    pages = Pages(guard)
    app.add_exception_handler(
        SlowQuery, lambda request, error: pages.render("error.html", 503, note=str(error))
    )
    app.add_exception_handler(
        404, lambda request, error: pages.render("error.html", 404, note="Nothing stands here.")
    )
    _add_home(app, shelf, pages)
    for view in VIEWS:
        _add_view(app, shelf, pages, view)
    _add_details(app, shelf, pages)
    return app


class Pages:
    """Renders templates; everything that comes from a page of news is only ever text."""

    def __init__(self, guard: Guard) -> None:
        self.environment = Environment(
            loader=PackageLoader("onrecord.web", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals |= {"views": VIEWS, "version": __version__, "csrf": guard.csrf}
        self.environment.filters["link"] = safe_link

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page as a response."""
        html = self.environment.get_template(template).render(**values)
        return Response(html, status, media_type="text/html; charset=utf-8")


def _add_home(app: FastAPI, shelf: Shelf, pages: Pages) -> None:
    @app.get("/")
    def home() -> Response:
        counts = shelf.ask("counts").dicts()[0]
        counts["incidents"] = len(shelf.holding.links.incidents)
        counts["commitments"] = len(shelf.holding.links.commitments)
        latest = shelf.ask("latest")
        return pages.render(
            "home.html", counts=counts, latest=latest, folder=shelf.folder.disk.name, here="home"
        )


def _add_view(app: FastAPI, shelf: Shelf, pages: Pages, view: View) -> None:
    @app.get(f"/{view.name}", name=view.name)
    def shown(request: Request) -> Response:
        facets = read_facets(request.query_params)
        rows = view.read(shelf, facets)
        drawing = DRAWINGS[view.name](rows) if view.name in DRAWINGS else None
        return pages.render(
            "list.html",
            view=view,
            here=view.name,
            facets=facets,
            options=count_options(shelf, facets) if view.is_faceted else {},
            rows=Rows(rows.columns, rows.rows[:LONGEST_LIST]),
            total=len(rows.rows),
            drawing=drawing,
        )

    @app.get(f"/{view.name}.json", name=f"{view.name}.json")
    def as_json(request: Request) -> Response:
        return JSONResponse(_plain(view.read(shelf, read_facets(request.query_params))))

    @app.get(f"/{view.name}.csv", name=f"{view.name}.csv")
    def as_csv(request: Request) -> Response:
        return _csv(view.read(shelf, read_facets(request.query_params)), view.name)


def _add_details(app: FastAPI, shelf: Shelf, pages: Pages) -> None:
    @app.get("/page/{ident:path}.json")
    def page_json(ident: str) -> Response:
        record = shelf.record(ident)
        if record is None:
            return pages.render("error.html", 404, note=f"No page {ident!r} in this folder.")
        return Response(record.to_json(), media_type="application/json")

    @app.get("/page/{ident:path}")
    def page(ident: str) -> Response:
        record = shelf.record(ident)
        if record is None:
            return pages.render("error.html", 404, note=f"No page {ident!r} in this folder.")
        return pages.render("page.html", record=record, shown=show_page(record), here="pages")

    @app.get("/incident/{ident}")
    def incident(ident: str) -> Response:
        found = shelf.holding.incident(ident)
        if found is None:
            return pages.render("error.html", 404, note=f"No incident {ident!r} in this folder.")
        reports = []
        for report in found.reports:
            record = shelf.record(report.page)
            event = next((e for e in record.events if e.id == report.event), None) if record else None
            if record is not None and event is not None:
                reports.append((report, record, event))
        return pages.render("incident.html", incident=found, reports=reports, here="incidents")

    @app.get("/incident/{ident}.json")
    def incident_json(ident: str) -> Response:
        from onrecord.records import to_plain

        found = shelf.holding.incident(ident)
        return JSONResponse(to_plain(found)) if found else PlainTextResponse("no such incident", 404)

    @app.get("/actor/{name:path}")
    def actor(name: str) -> Response:
        facets = Facets(actor=name)
        events = VIEWS[0].read(shelf, facets)
        said = shelf.ask("said_by", [name])
        dyads = shelf.query(f"select * from ({ALL_DYADS}) where source = ? or target = ?", [name, name])
        vowed = [one for one in shelf.holding.links.commitments if one.by and one.by.name == name]
        return pages.render(
            "actor.html", name=name, events=events, said=said, dyads=dyads, vowed=vowed, here="actors"
        )


def _plain(rows: Rows) -> list[dict[str, Any]]:
    return json.loads(json.dumps(rows.dicts(), default=str))  # type: ignore[no-any-return]


def _csv(rows: Rows, name: str) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([guard_cell(value) for value in row] for row in rows.rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
