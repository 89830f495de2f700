"""What a reader narrowed a view to: the same names in every address of the workbench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

NAMES = (
    "first", "second", "actor", "source", "target", "type", "kind", "status", "country", "place", "publisher",
    "review", "dated", "page", "since", "until", "surest", "least", "dead", "text", "by", "sort", "at",
    "columns",
)  # fmt: skip
"""Everything that an address may say, in the order in which it says it."""
LABELS = {
    "actor": "Actor", "source": "Source", "target": "Target", "type": "Type", "kind": "Kind",
    "status": "Status", "country": "Country", "place": "Place", "publisher": "Publisher", "review": "Review",
    "dated": "Date", "page": "Page", "since": "From", "until": "To", "surest": "Confidence to",
    "least": "Confidence from", "dead": "Dead, at least", "text": "Words", "first": "First",
    "second": "Second",
    "dated:told": "told by the text", "dated:narrative": "day of the passage",
    "dated:page": "day of publication",
}  # fmt: skip
"""What facets, and values of facets, are called."""
HEADS = {
    "dated_by": "date from", "placed_by": "place from", "sources": "who", "targets": "to whom",
    "sentence": "what the report says", "words": "words", "text": "words", "by": "by", "first": "first day",
    "last": "last day", "independent": "independent", "differs": "differs in", "snippet": "found",
    "evidence": "later reports", "source_codes": "codes of who", "target_codes": "codes of whom",
    "/incidents.sentence": "what happened", "/incidents.reports": "times told",
    "/map.dead": "most dead", "/timeline.day": "first day", "/timeline.goldstein": "mean Goldstein",
    "/dyads.goldstein": "mean Goldstein", "/network.goldstein": "mean Goldstein",
    "/actors.goldstein": "mean Goldstein", ".goldstein": "mean Goldstein", "/pages.failed": "failed checks",
}  # fmt: skip
"""What columns are called, where their name would not say it; in one view if its address stands before."""


def name_heads(view: str) -> dict[str, str]:
    """Return what the columns of a view are called, where their name would not say it."""
    own = {name.partition(".")[2]: head for name, head in HEADS.items() if name.startswith(f"/{view}.")}
    return HEADS | own


FRAME = ("by", "sort", "at", "columns")
"""How rows are shown, not which."""
SINGLE = ("first", "second", "since", "until", "surest", "least", "dead", "text", *FRAME)
"""Names with one value; the others take several, of which a row has one."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of an address, as pairs of name and value in a fixed order."""

    pairs: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str | None:
        """Return the value of a name, the first one if it has several; None where nothing is asked."""
        return next((value for key, value in self.pairs if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a name."""
        return tuple(value for key, value in self.pairs if key == name)

    def items(self) -> list[tuple[str, str]]:
        """Return the facets that narrow the rows; how they are shown is left out."""
        return [pair for pair in self.pairs if pair[0] not in FRAME]

    def address(self, path: str, **changes: str | None) -> str:
        """Return the address of a view with these facets, some of them changed or taken away.

        Unless it is about the page of rows itself, the address shows the first one.
        """
        kept = [pair for pair in self.pairs if pair[0] not in changes and pair[0] != "at"]
        added = [(name, value) for name, value in changes.items() if value]
        query = urlencode(sort_pairs([*kept, *added]))
        return f"{path}?{query}" if query else path

    def toggle(self, path: str, name: str, value: str) -> str:
        """Return the address of a view with one value more of a facet, or without it if it is there."""
        pair = (name, value)
        kept = [one for one in self.pairs if one != pair and one[0] != "at"]
        query = urlencode(sort_pairs(kept if pair in self.pairs else [*kept, pair]))
        return f"{path}?{query}" if query else path

    def without(self, *names: str) -> Facets:
        """Return these facets but for some."""
        return Facets(tuple(pair for pair in self.pairs if pair[0] not in names))


def make_facets(**values: str | None) -> Facets:
    """Return facets of one value each; those without a value say nothing."""
    return Facets(sort_pairs((name, value) for name, value in values.items() if value))


def read_facets(query: Iterable[tuple[str, str]]) -> Facets:
    """Return the facets of an address; names that are none are left alone, a later single value counts."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for name, value in query:
        if name in NAMES and value:
            found[(name, "") if name in SINGLE else (name, value)] = (name, value)
    return Facets(sort_pairs(found.values()))


def sort_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (NAMES.index(pair[0]), pair[1])))


@dataclass(frozen=True, slots=True)
class FacetSet:
    """How the rows of a view are narrowed."""

    table: str
    conditions: Mapping[str, str]
    """For each facet the condition on the table; every `?` takes the value."""
    values: Mapping[str, str]
    """Facets that a reader chooses from, and what gives their values."""
    ranges: Mapping[str, str]
    """Facets with a number, and how they are labelled."""

    def where(self, facets: Facets) -> tuple[str, list[Any]]:
        """Return the condition of some facets and its parameters; facets that say nothing here are left.

        Of several values of one facet a row has one; of several facets it meets all.
        """
        parts: list[str] = []
        params: list[Any] = []
        for name in dict.fromkeys(name for name, _ in facets.items()):
            condition = self.conditions.get(name)
            if condition is None:
                continue
            values = facets.all(name)
            parts.append("(" + " or ".join([condition] * len(values)) + ")")
            for value in values:
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
        "dated": "dated_by = ?",
        "page": "page = ?",
        **DAYS,
        "least": "confidence >= try_cast(? as double)",
        "surest": "confidence <= try_cast(? as double)",
        "dead": "dead >= try_cast(? as double)",
        "text": "contains(words, lower(?))",
    },
    {
        "actor": "unnest(actor_names)",
        "type": "type",
        "status": "status",
        "country": "place_country",
        "publisher": "publisher",
        "dated": "dated_by",
        "review": "review",
    },
    {"least": "Confidence from", "surest": "Confidence to", "dead": "Dead, at least"},
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
    {},
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
    {},
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
    {},
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
    {},
)
PAGES = FacetSet(
    "page_rows",
    {"publisher": "publisher = ?", **PUBLISHED, "text": _contains("title", "page")},
    {"publisher": "publisher"},
    {},
)


TEXTS = FacetSet("texts", {}, {}, {})
"""Of the full-text search, which narrows its rows itself."""


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
