"""What a reader narrowed a view to: the same names in every address of the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

CONDITIONS = {
    "actor": "(list_contains(source_names, ?) or list_contains(target_names, ?))",
    "source": "list_contains(source_names, ?)",
    "target": "list_contains(target_names, ?)",
    "type": "coalesce(plover_type, act_type) = ?",
    "status": "status = ?",
    "country": "place_country = ?",
    "place": "place = ?",
    "publisher": "publisher = ?",
    "page": "page = ?",
    "since": "day >= ?",
    "until": "day <= ?",
    "text": "(title ilike ? escape '\\' or act_type ilike ? escape '\\' or rule ilike ? escape '\\')",
}
"""For each facet the condition on `event_rows`; every `?` takes the value."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of an address; None where nothing is asked."""

    actor: str | None = None
    source: str | None = None
    target: str | None = None
    type: str | None = None
    status: str | None = None
    country: str | None = None
    place: str | None = None
    publisher: str | None = None
    page: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition on `event_rows` and its parameters."""
        parts: list[str] = []
        params: list[Any] = []
        for name, value in self.items():
            condition = CONDITIONS[name]
            parts.append(condition)
            shown = f"%{_escape(value)}%" if name == "text" else value
            params += [shown] * condition.count("?")
        return " and ".join(parts) or "true", params

    def items(self) -> list[tuple[str, str]]:
        """Return the facets that are set, in a fixed order."""
        return [(f.name, value) for f in fields(self) if (value := getattr(self, f.name))]

    def address(self, path: str, **changes: str | None) -> str:
        """Return the address of a view with these facets, some of them changed or taken away."""
        values = dict(self.items()) | changes
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{path}?{query}" if query else path


def read_facets(query: Mapping[str, str]) -> Facets:
    """Return the facets of an address; names that are none are left alone."""
    known = {f.name for f in fields(Facets)}
    return Facets(**{name: value for name, value in query.items() if name in known and value})


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
