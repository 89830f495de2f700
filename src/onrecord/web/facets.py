"""What a reader narrowed a view to: the same names in every address of the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of an address; None where nothing is asked."""

    first: str | None = None
    second: str | None = None
    actor: str | None = None
    source: str | None = None
    target: str | None = None
    type: str | None = None
    kind: str | None = None
    status: str | None = None
    country: str | None = None
    place: str | None = None
    publisher: str | None = None
    review: str | None = None
    page: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None

    def items(self) -> list[tuple[str, str]]:
        """Return the facets that are set, in a fixed order."""
        return [(f.name, value) for f in fields(self) if (value := getattr(self, f.name))]

    def address(self, path: str, **changes: str | None) -> str:
        """Return the address of a view with these facets, some of them changed or taken away."""
        values = dict(self.items()) | changes
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{path}?{query}" if query else path

    def without(self, name: str) -> Facets:
        """Return these facets but for one."""
        return read_facets({key: value for key, value in self.items() if key != name})


@dataclass(frozen=True, slots=True)
class FacetSet:
    """How the rows of a view are narrowed."""

    table: str
    conditions: Mapping[str, str]
    """For each facet the condition on the table; every `?` takes the value."""
    values: Mapping[str, str]
    """Facets that a reader chooses from, and what gives their values."""

    def where(self, facets: Facets) -> tuple[str, list[Any]]:
        """Return the condition of some facets and its parameters; facets that say nothing here are left."""
        parts: list[str] = []
        params: list[Any] = []
        for name, value in facets.items():
            condition = self.conditions.get(name)
            if condition is None:
                continue
            parts.append(condition)
            shown = f"%{_escape(value)}%" if "ilike" in condition else value
            params += [shown] * condition.count("?")
        return " and ".join(parts) or "true", params


def _contains(*columns: str) -> str:
    """Return the condition that one of some columns holds the words of a reader."""
    return "(" + " or ".join(f"{column} ilike ? escape '\\'" for column in columns) + ")"


DAYS = {"since": "day >= ?", "until": "day <= ?"}
PUBLISHED = {"since": "published >= ?", "until": "published <= ?"}
EVENTS = FacetSet(
    "event_rows",
    {
        "actor": "(list_contains(source_names, ?) or list_contains(target_names, ?))",
        "source": "list_contains(source_names, ?)",
        "target": "list_contains(target_names, ?)",
        "type": "type = ?",
        "status": "status = ?",
        "country": "place_country = ?",
        "place": "place = ?",
        "publisher": "publisher = ?",
        "review": "review = ?",
        "page": "page = ?",
        **DAYS,
        "text": "contains(words, lower(?))",
    },
    {
        "actor": "unnest(actor_names)",
        "type": "type",
        "status": "status",
        "country": "place_country",
        "publisher": "publisher",
        "review": "review",
    },
)
LEDGER = FacetSet(
    "ledger_rows",
    {
        "actor": '"by" = ?',
        "kind": "kind = ?",
        "status": "state = ?",
        "publisher": "publisher = ?",
        "page": "page = ?",
        **PUBLISHED,
        "text": _contains("text"),
    },
    {"status": "state", "kind": "kind", "actor": '"by"', "publisher": "publisher"},
)
STANCES = FacetSet(
    "stance_rows",
    {
        "actor": "actor = ?",
        "publisher": "publisher = ?",
        "page": "page = ?",
        **PUBLISHED,
        "text": _contains("actor"),
    },
    {"actor": "actor", "publisher": "publisher"},
)
CLAIMS = FacetSet(
    "claim_rows",
    {
        "actor": "(list_contains(source_names, ?) or list_contains(target_names, ?))",
        "type": "type = ?",
        "status": "status = ?",
        "publisher": "publisher = ?",
        "page": "page = ?",
        **PUBLISHED,
        "text": _contains("type", "sources", "targets"),
    },
    {
        "actor": "unnest(list_distinct(list_concat(source_names, target_names)))",
        "type": "type",
        "status": "status",
        "publisher": "publisher",
    },
)
CHECKS = FacetSet(
    "check_rows",
    {
        "kind": "kind = ?",
        "status": "verdict = ?",
        "publisher": "publisher = ?",
        "page": "page = ?",
        **PUBLISHED,
        "text": _contains("note"),
    },
    {"status": "verdict", "kind": "kind", "publisher": "publisher"},
)
PAGES = FacetSet(
    "page_rows",
    {"publisher": "publisher = ?", **PUBLISHED, "text": _contains("title", "page")},
    {"publisher": "publisher"},
)


def read_facets(query: Mapping[str, str]) -> Facets:
    """Return the facets of an address; names that are none are left alone."""
    known = {f.name for f in fields(Facets)}
    return Facets(**{name: value for name, value in query.items() if name in known and value})


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
