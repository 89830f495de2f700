from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import as_file, files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from onrecord._version import __version__
from onrecord.errors import ReviewError
from onrecord.exports.formats.cells import guard_cell
from onrecord.web.compare import draw_comparison
from onrecord.web.count_options import count_options
from onrecord.web.details import add_details
from onrecord.web.draw_map import draw_map
from onrecord.web.draw_network import draw_network
from onrecord.web.draw_timeline import draw_timeline
from onrecord.web.facets import EVENTS, Facets, read_facets
from onrecord.web.guard import Guard
from onrecord.web.render import Pages
from onrecord.web.shelf import Rows, Shelf, SlowQuery, read_question
from onrecord.web.take_decisions import add_review
from onrecord.web.views import BY_NAME, LONGEST_LIST, VIEWS, View

DRAWINGS = {"timeline": draw_timeline, "map": draw_map, "network": draw_network}
"""Views with a picture above their table: rows in, SVG elements out."""
MOST_PERIODS = 18


def create_app(path: str, guard: Guard, *, has_review: bool = True) -> FastAPI:
    """Return the workbench over a record folder; raises FolderError if there is none at the path.

    Without review nothing is written: for a folder that is gone when the server ends.
    """
    shelf = Shelf(path, has_review=has_review)

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=closing,
    )
    app.middleware("http")(guard.check)
    with as_file(files("onrecord.web").joinpath("static")) as static:
        app.mount("/static", StaticFiles(directory=static), name="static")
    pages = Pages(guard)
    for error, status in ((SlowQuery, 503), (ReviewError, 409)):
        app.add_exception_handler(error, _tell_error(pages, status))
    app.add_exception_handler(
        404, lambda request, error: pages.render("error.html", 404, note="Nothing stands here.")
    )
    _add_home(app, shelf, pages)
    add_review(app, shelf, pages, guard)
    for view in VIEWS:
        _add_view(app, shelf, pages, view)
    add_details(app, shelf, pages)
    return app


def _tell_error(pages: Pages, status: int) -> Any:
    return lambda request, error: pages.render("error.html", status, note=str(error))


def _add_home(app: FastAPI, shelf: Shelf, pages: Pages) -> None:
    @app.get("/")
    def home() -> Response:
        counts = shelf.ask("counts").dicts()[0]
        latest = shelf.ask("latest")
        name = shelf.folder.disk.name.rstrip("/").rsplit("/", 1)[-1]
        return pages.render(
            "home.html",
            counts=counts,
            latest=latest,
            folder=name,
            here="home",
            linked=shelf.holding.is_linked,
        )


def _add_view(app: FastAPI, shelf: Shelf, pages: Pages, view: View) -> None:
    tabs = [one for one in VIEWS if (one.group or one.name) == (view.group or view.name)]

    @app.get(f"/{view.name}", name=view.name)
    def shown(request: Request) -> Response:
        facets = read_facets(request.query_params)
        draw = DRAWINGS.get(view.name)
        rows, total = view.read(shelf, facets, None if draw else LONGEST_LIST)
        drawing = draw(rows, facets) if draw else None
        return pages.render(
            "list.html",
            view=view,
            here=view.group or view.name,
            tabs=[(BY_NAME[one.name], one is view) for one in tabs] if len(tabs) > 1 else [],
            facets=facets,
            options=count_options(shelf, facets, view.facets) if view.facets else {},
            rows=Rows(rows.columns, rows.rows[:LONGEST_LIST]),
            total=total,
            drawing=draw_comparison(shelf, facets) if view.name == "compare" else drawing,
            names=_name_actors(shelf) if view.name == "compare" else [],
            periods=_find_periods(shelf, facets) if view.name == "network" else [],
            linked=shelf.holding.is_linked,
        )

    @app.get(f"/{view.name}.json", name=f"{view.name}.json")
    def as_json(request: Request) -> Response:
        rows, _ = view.read(shelf, read_facets(request.query_params), None)
        return JSONResponse(_plain(rows))

    @app.get(f"/{view.name}.csv", name=f"{view.name}.csv")
    def as_csv(request: Request) -> Response:
        rows, _ = view.read(shelf, read_facets(request.query_params), None)
        return _csv(rows, view.name)


def _name_actors(shelf: Shelf) -> list[str]:
    """Return the names to choose from in a comparison, the commonest first."""
    sql = "select name from actor_names group by name order by count(*) desc, name limit 300"
    return [name for (name,) in shelf.query(sql).rows]


def _find_periods(shelf: Shelf, facets: Facets) -> list[tuple[str, str, str, int]]:
    """Return months, or years if there are many, with their first and last day and their events."""
    months = _count_periods(shelf, facets, 7)
    if len(months) <= MOST_PERIODS:
        return [(month, f"{month}-01", f"{month}-31", count) for month, count in months]
    years = _count_periods(shelf, facets, 4)
    return [(year, f"{year}-01-01", f"{year}-12-31", count) for year, count in years]


def _count_periods(shelf: Shelf, facets: Facets, letters: int) -> list[tuple[str, int]]:
    where, params = EVENTS.where(facets.without("since").without("until"))
    sql = read_question("periods").replace("{where}", where).replace("{letters}", str(letters))
    return [(period, count) for period, count in shelf.query(sql, params).rows]


def _plain(rows: Rows) -> list[dict[str, Any]]:
    return json.loads(json.dumps(rows.dicts(), default=str))  # type: ignore[no-any-return]


def _csv(rows: Rows, name: str) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([guard_cell(value) for value in row] for row in rows.rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
