from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from starlette.responses import Response

from onrecord._version import __version__
from onrecord.dates import find_unit, parse_iso
from onrecord.exports.describe import tell_reports
from onrecord.records import Reading
from onrecord.web.facets import HEADS, LABELS
from onrecord.web.give_files import WRITERS
from onrecord.web.guard import Guard
from onrecord.web.safe_links import safe_link
from onrecord.web.search_texts import MARKS
from onrecord.web.views import VIEWS

DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def mark_snippet(words: str) -> Markup:
    """Return a snippet with its found words marked; all of it is text but the marks."""
    pieces = str(escape(words))
    return Markup(pieces.replace(MARKS[0], '<mark class="found">').replace(MARKS[1], "</mark>"))


def tell_rule(rule: str) -> str:
    """Return what read an event, for people.

    >>> tell_rule("criticise"), tell_rule("model: ASSAULT")
    ('rule criticise', 'the learned model')
    """
    return "the learned model" if rule.startswith("model:") else f"rule {rule}"


def tell_days(first: str, last: str) -> str:
    """Return a stretch of days, no more exact than a text told it.

    >>> tell_days("1947-01-01", "1947-12-31"), tell_days("2024-03-01", "2024-03-31")
    ('1947', '2024-03')
    >>> tell_days("2024-03-11", "2024-03-12"), tell_days("2024-02-10", "2024-03-02")
    ('2024-03-11 to 12', '2024-02-10 to 03-02')
    """
    begin, end = parse_iso(first[:10]), parse_iso(last[:10])
    if begin is None or end is None:
        return f"{first} to {last}"
    unit = find_unit(begin, end)
    if unit is not None:
        return first[: len("2024") if unit == "year" else len("2024-03")]
    shared = 8 if first[:7] == last[:7] else 5 if first[:4] == last[:4] else 0
    return f"{first[:10]} to {last[shared:10]}"


def keep_days_whole(words: str) -> Markup:
    """Return words in which no line breaks within a day: `2024-03-07`."""
    return Markup(DAY.sub(r'<span class="date">\g<0></span>', str(escape(words))))


def group_by_page(figures: Iterable[Reading]) -> list[tuple[str, list[str]]]:
    """Return each page with the numbers that it gives, each number once, in the order of the reports."""
    found: dict[str, dict[str, None]] = {}
    for one in figures:
        found.setdefault(one.page, {})[_tell_number(one)] = None
    return [(page, list(told)) for page, told in found.items()]


def _tell_number(one: Reading) -> str:
    if one.low == one.high:
        return f"{one.low:g}"
    if one.low is None or one.high is None:
        return f"{one.low:g} or more" if one.high is None else f"{one.high:g} or fewer"
    return f"{one.low:g} to {one.high:g}"


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
        self.environment.filters |= {
            "link": safe_link, "snippet": mark_snippet, "rule": tell_rule, "told_by_page": group_by_page,
            "told_by": tell_reports, "days": tell_days, "whole_days": keep_days_whole,
        }  # fmt: skip

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
