from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import as_file, files
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from onrecord.errors import FolderError, ReviewError
from onrecord.web.compare import draw_comparison
from onrecord.web.count_options import count_options
from onrecord.web.details import add_details
from onrecord.web.draw_map import draw_map
from onrecord.web.draw_network import draw_network
from onrecord.web.draw_picture import draw_file, draw_rows
from onrecord.web.draw_timeline import draw_timeline
from onrecord.web.draw_trend import count_undated
from onrecord.web.facets import EVENTS, LABELS, Facets, name_heads, read_facets
from onrecord.web.forms import add_saved_views, add_sql
from onrecord.web.frame import ALL, Frame, read_frame
from onrecord.web.give_files import WRITERS, give_file, keep_columns
from onrecord.web.guard import Gate, Guard
from onrecord.web.judge_queue import add_queue
from onrecord.web.overview import read_overview
from onrecord.web.render import Pages
from onrecord.web.routes import on_get
from onrecord.web.rows import Rows
from onrecord.web.shelf import Linking, Shelf, SlowQuery, read_question
from onrecord.web.take_decisions import add_review
from onrecord.web.views import BY_NAME, VIEWS, View

DRAWINGS: dict[str, Callable[[Rows, Facets], Any]] = {
    "timeline": draw_timeline,
    "map": draw_map,
    "network": draw_network,
}
"""Views with a picture above their table: rows in, SVG elements out."""
MOST_PERIODS = 18


def create_app(path: str, guard: Guard, *, has_review: bool = True) -> Starlette:
    """Return the workbench over a record folder; raises FolderError if there is none at the path.

    Without review nothing is written: for a folder that is gone when the server ends.
    """
    shelf = Shelf(path, has_review=has_review)

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = Starlette(lifespan=closing)
    app.add_middleware(Gate, guard=guard)
    with as_file(files("onrecord.web").joinpath("static")) as static:
        app.mount("/static", StaticFiles(directory=static), name="static")
    pages = Pages(guard, has_views=shelf.log is not None)
    for error, status in ((SlowQuery, 503), (ReviewError, 409), (FolderError, 400)):
        app.add_exception_handler(error, _tell_error(pages, status))
    app.add_exception_handler(
        404, lambda request, error: pages.render("error.html", 404, note="There is no page at this address.")
    )
    _add_home(app, shelf, pages)
    add_review(app, shelf, pages, guard)
    add_queue(app, shelf, pages, guard)
    add_saved_views(app, shelf, guard)
    add_sql(app, shelf, pages)
    for view in VIEWS:
        _add_view(app, shelf, pages, view)
    add_details(app, shelf, pages)
    return app


def _tell_error(pages: Pages, status: int) -> Any:
    return lambda request, error: pages.render("error.html", status, note=str(error))


def _add_home(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    @on_get(app, "/")
    def home(_: Request) -> Response:
        seen = read_overview(shelf)
        return pages.render(
            "home.html",
            seen=seen,
            folder=shelf.folder.disk.name.rstrip("/").rsplit("/", 1)[-1],
            here="home",
            linking=shelf.linking,
            period=tell_period(seen.counts),
            kept=shelf.views(),
        )


def tell_period(counts: dict[str, Any]) -> str:
    """Return how many pages there are and when they were published, as far as it is known.

    >>> tell_period({"pages": 1, "undated": 1, "first": None, "last": None})
    '1 page without a date of publication.'
    >>> tell_period({"pages": 60, "undated": 23, "first": "2005-02-16", "last": "2024-07-26"})
    '60 pages, published from 2005-02-16 to 2024-07-26; 23 of them carry no date.'
    """
    pages = f"{counts['pages']:,} {'page' if counts['pages'] == 1 else 'pages'}"
    first, last, undated = counts["first"], counts["last"], counts["undated"]
    if not counts["pages"]:
        return "No page yet: add some with onrecord code INPUT --out and this folder."
    if not first:
        return f"{pages} without a date of publication."
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{pages}, published {days}" + (f"; {undated:,} of them carry no date." if undated else ".")


def _add_view(app: Starlette, shelf: Shelf, pages: Pages, view: View) -> None:
    tabs = [one for one in VIEWS if (one.group or one.name) == (view.group or view.name)]

    @on_get(app, f"/{view.name}", view.name)
    def shown(request: Request) -> Response:
        facets = read_facets(request.query_params.multi_items())
        frame = read_frame(facets)
        draw = DRAWINGS.get(view.name)
        rows, total = view.read(shelf, facets, frame)
        drawing = draw(view.read(shelf, facets, ALL)[0], facets) if draw else None
        return pages.render(
            "list.html",
            view=view,
            here=view.group or view.name,
            tabs=[(BY_NAME[one.name], one is view) for one in tabs] if len(tabs) > 1 else [],
            facets=facets,
            frame=frame,
            options=_count(view, shelf, facets),
            rows=rows,
            columns=choose_columns(view, frame, rows),
            total=total,
            drawing=draw_comparison(shelf, facets) if view.name == "compare" else drawing,
            undated=count_undated(shelf, facets) if view.name == "timeline" else 0,
            names=_name_actors(shelf) if view.name == "compare" else [],
            periods=_find_periods(shelf, facets) if view.name in ("network", "map") else [],
            linking=shelf.linking,
            indexing=_tell_index(shelf) if view.name == "search" else None,
        )

    for ending, write in WRITERS.items():
        _add_file(app, shelf, view, ending, write)
    _add_picture(app, shelf, pages, view)


def _add_picture(app: Starlette, shelf: Shelf, pages: Pages, view: View) -> None:
    """Add the address under which a view is had as a picture."""

    @on_get(app, f"/{view.name}.svg", f"{view.name}.svg")
    def as_picture(request: Request) -> Response:
        facets = read_facets(request.query_params.multi_items())
        told = ", ".join(f"{LABELS.get(name, name)}: {value}" for name, value in facets.items())
        title = f"{view.title}{' · ' if told else ''}{told}"
        rows, _ = view.read(shelf, facets, read_frame(facets, None))
        drawing = draw_comparison(shelf, facets) if view.name == "compare" else None
        drawing = DRAWINGS[view.name](rows, facets) if view.name in DRAWINGS else drawing
        if drawing is not None:
            html = pages.fragment(f"{drawing.kind}.html", drawing=drawing, facets=facets, names=[])
            picture = draw_file(html, title)
        else:
            picture = draw_rows(
                rows, choose_columns(view, read_frame(facets), rows), name_heads(view.name), title
            )
        headers = {"Content-Disposition": f'attachment; filename="{view.name}.svg"'}
        return Response(picture, media_type="image/svg+xml", headers=headers)


def _add_file(app: Starlette, shelf: Shelf, view: View, ending: str, write: Callable[[Rows], bytes]) -> None:
    """Add the address under which all rows of a view are had as a file."""

    @on_get(app, f"/{view.name}.{ending}", f"{view.name}.{ending}")
    def as_file(request: Request) -> Response:
        facets = read_facets(request.query_params.multi_items())
        frame = read_frame(facets, None)
        rows, _ = view.read(shelf, facets, frame)
        return give_file(keep_columns(rows, frame.columns), view.name, ending, write)


def _count(view: View, shelf: Shelf, facets: Facets) -> dict[str, Rows]:
    if view.count is not None:
        return view.count(shelf, facets)
    return count_options(shelf, facets, view.facets) if view.facets else {}


def _tell_index(shelf: Shelf) -> Linking | None:
    """Return how many pages can be searched so far; None if all can."""
    texts = shelf.texts
    return None if texts.is_whole else Linking(texts.done, texts.total)


def choose_columns(view: View, frame: Frame, rows: Rows) -> tuple[str, ...]:
    """Return the columns that a reader sees, in the order in which they were chosen; all if none is there."""
    wanted = frame.columns or view.shown
    return tuple(name for name in wanted if name in rows.columns) or rows.columns


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
    where, params = EVENTS.where(facets.without("since", "until"))
    sql = read_question("periods").replace("{where}", where).replace("{letters}", str(letters))
    return [(period, count) for period, count in shelf.query(sql, params).rows]
