from __future__ import annotations

from typing import Any

from fastapi.responses import Response
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from onrecord._version import __version__
from onrecord.web.facets import HEADS, LABELS
from onrecord.web.give_files import WRITERS
from onrecord.web.guard import Guard
from onrecord.web.safe_links import safe_link
from onrecord.web.search_texts import MARKS
from onrecord.web.views import VIEWS


def mark_snippet(words: str) -> Markup:
    """Return a snippet with its found words marked; all of it is text but the marks."""
    pieces = str(escape(words))
    return Markup(pieces.replace(MARKS[0], '<mark class="found">').replace(MARKS[1], "</mark>"))


class Pages:
    """Renders templates; everything that comes from a page of news is only ever text."""

    def __init__(self, guard: Guard, *, has_views: bool = False) -> None:
        self.environment = Environment(
            loader=PackageLoader("onrecord.web", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        menu = [view for view in VIEWS if view.group is None]
        self.environment.globals |= {
            "views": menu, "version": __version__, "csrf": guard.csrf, "labels": LABELS, "heads": HEADS,
            "endings": (*WRITERS, "svg"), "has_views": has_views,
        }  # fmt: skip
        self.environment.filters |= {"link": safe_link, "snippet": mark_snippet}

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page as a response."""
        html = self.environment.get_template(template).render(**values)
        return Response(html, status, media_type="text/html; charset=utf-8")

    def fragment(self, template: str, **values: Any) -> str:
        """Return a template as text."""
        return self.environment.get_template(template).render(**values)

    def missing(self, what: str) -> Response:
        """Return a page that says that something is not in the folder."""
        return self.render("error.html", 404, note=f"No {what} in this folder.")
