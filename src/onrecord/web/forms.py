"""Forms that are no review: saved views, and questions in SQL."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import FolderError, ReviewError
from onrecord.web.ask_sql import EXAMPLES, SECONDS, ask_sql
from onrecord.web.give_files import WRITERS, give_file
from onrecord.web.guard import Guard
from onrecord.web.render import Pages
from onrecord.web.routes import Fields, on_get, on_post
from onrecord.web.rows import Rows
from onrecord.web.saved_views import drop_view, keep_view
from onrecord.web.shelf import Shelf, SlowQuery

SHOWN = 200
"""Rows of an answer in SQL that a screen shows; files have all of them."""


def add_saved_views(app: Starlette, shelf: Shelf, guard: Guard) -> None:
    """Add the routes by which views are saved and removed."""

    def check(fields: Fields) -> None:
        if not guard.holds(fields.get("csrf")):
            raise ReviewError("the form is not one of this server, or older than it: load the page again")
        if shelf.log is None:
            raise ReviewError("views can be saved beside a record folder on a disk of this machine only")

    @on_post(app, "/views/keep")
    def keep(_: Request, fields: Fields) -> Response:
        check(fields)
        address = fields.get("address", "")
        keep_view(shelf.folder.disk, fields.get("name", ""), address)
        return RedirectResponse(address, 303)

    @on_post(app, "/views/drop")
    def drop(_: Request, fields: Fields) -> Response:
        check(fields)
        drop_view(shelf.folder.disk, fields.get("name", ""))
        return RedirectResponse("/", 303)


def add_sql(app: Starlette, shelf: Shelf, pages: Pages) -> None:
    """Add the page for questions in SQL, and its answers as files."""

    @on_get(app, "/sql")
    def sql(request: Request) -> Response:
        q = request.query_params.get("q", "")
        rows, error, is_cut = Rows((), ()), "", False
        if q.strip():
            try:
                rows, is_cut = ask_sql(shelf.folder, q, SHOWN)
            except (FolderError, SlowQuery) as problem:
                error = str(problem)
        return pages.render(
            "sql.html",
            400 if error else 200,
            q=q,
            rows=rows,
            error=error,
            is_cut=is_cut,
            seconds=SECONDS,
            examples=EXAMPLES,
            tables=shelf.folder.describe_tables(),
            here="sql",
        )

    def add_file(ending: str) -> None:
        @on_get(app, f"/sql.{ending}", f"sql.{ending}")
        def as_file(request: Request) -> Response:
            rows, _ = ask_sql(shelf.folder, request.query_params.get("q", ""))
            return give_file(rows, "answer", ending, WRITERS[ending])

    for ending in WRITERS:
        add_file(ending)
