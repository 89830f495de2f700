"""Forms that are no review: saved views, and questions in SQL."""

from __future__ import annotations

from fastapi import FastAPI, Form
from fastapi.responses import RedirectResponse, Response

from onrecord.errors import FolderError, ReviewError
from onrecord.web.ask_sql import EXAMPLES, SECONDS, ask_sql
from onrecord.web.give_files import WRITERS, give_file
from onrecord.web.guard import Guard
from onrecord.web.render import Pages
from onrecord.web.rows import Rows
from onrecord.web.saved_views import drop_view, keep_view
from onrecord.web.shelf import Shelf, SlowQuery

SHOWN = 200
"""Rows of an answer in SQL that a screen shows; files have all of them."""


def add_saved_views(app: FastAPI, shelf: Shelf, guard: Guard) -> None:
    """Add the routes by which views are saved and removed."""

    def check(csrf: str) -> None:
        if not guard.holds(csrf):
            raise ReviewError("the form is not one of this server, or older than it: load the page again")
        if shelf.log is None:
            raise ReviewError("views can be saved beside a record folder on a disk of this machine only")

    @app.post("/views/keep")
    def keep(csrf: str = Form(""), name: str = Form(""), address: str = Form("")) -> Response:
        check(csrf)
        keep_view(shelf.folder.disk, name, address)
        return RedirectResponse(address, 303)

    @app.post("/views/drop")
    def drop(csrf: str = Form(""), name: str = Form("")) -> Response:
        check(csrf)
        drop_view(shelf.folder.disk, name)
        return RedirectResponse("/", 303)


def add_sql(app: FastAPI, shelf: Shelf, pages: Pages) -> None:
    """Add the page for questions in SQL, and its answers as files."""

    @app.get("/sql")
    def sql(q: str = "") -> Response:
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
        @app.get(f"/sql.{ending}", name=f"sql.{ending}")
        def as_file(q: str = "") -> Response:
            rows, _ = ask_sql(shelf.folder, q)
            return give_file(rows, "answer", ending, WRITERS[ending])

    for ending in WRITERS:
        add_file(ending)
