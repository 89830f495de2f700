from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]
"""A record, or an item of it, as `to_dict` gives it."""

ANCHORS = {
    "actors": "name",
    "places": "name",
    "times": "mention",
    "quantities": "mention",
    "events": "trigger",
    "statements": "content",
    "commitments": "content",
    "checks": "spans",
    "claims": "trigger",
}
"""By list: the field whose words tell which item of one coding is which of another."""
LABELS = {
    "actors": "name",
    "places": "name",
    "times": "value",
    "quantities": "mention",
    "statements": "content",
}
"""By list: what stands for an item where another one points to it by its id."""
LEFT_OUT = ("id", "part", "mentions", "resolved", "why")


@dataclass(frozen=True, slots=True)
class Change:
    """What two codings of a page say differently about one thing."""

    list: str
    change: str
    """added, removed or changed."""
    what: str
    """The words that the thing is anchored to."""
    before: str | None
    """The fields that differ, as JSON; all fields of a thing that was removed."""
    after: str | None


def compare_records(before: Plain, after: Plain) -> tuple[Change, ...]:
    """Return what a page's new coding says differently, list by list; ids and offsets do not count."""
    old, new = _describe(before), _describe(after)
    order = list(ANCHORS)
    keys = sorted({*old, *new}, key=lambda key: (order.index(key[0]), key[1], key[2]))
    return tuple(
        change
        for key in keys
        if (change := _compare_items(key[0], key[1], old.get(key), new.get(key))) is not None
    )


def _compare_items(name: str, what: str, old: Plain | None, new: Plain | None) -> Change | None:
    if old is None or new is None:
        change = "added" if old is None else "removed"
        return Change(name, change, what, _write(old), _write(new))
    differing = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    if not differing:
        return None
    first, second = ({key: item.get(key) for key in differing} for item in (old, new))
    return Change(name, "changed", what, _write(first), _write(second))


def _describe(record: Plain) -> dict[tuple[str, str, int], dict[str, Any]]:
    """Return each item of a record in words instead of ids and offsets, by list, anchor and count."""
    text = record["page"]["text"]
    labels = {
        item["id"]: _quote(item[field], text, {}) for name, field in LABELS.items() for item in record[name]
    }
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    met: Counter[tuple[str, str]] = Counter()
    for name, item in _items(record):
        anchor = json.dumps(_quote(item[ANCHORS[name]], text, {}), ensure_ascii=False).strip('"[]')
        met[name, anchor] += 1
        found[name, anchor, met[name, anchor]] = {
            key: _quote(value, text, labels) for key, value in item.items() if key not in LEFT_OUT
        }
    return found


def _items(record: Plain) -> Iterator[tuple[str, Plain]]:
    for name in ANCHORS:
        if name == "claims":
            yield from (("claims", claim) for voice in record["comments"] for claim in voice["claims"])
        else:
            yield from ((name, item) for item in record[name])


def _quote(value: Any, text: str, labels: Mapping[str, Any]) -> Any:
    """Return a value with spans as the words they quote and ids as what they stand for."""
    if isinstance(value, str):
        return labels.get(value, value)
    if isinstance(value, dict):
        return {key: _quote(inner, text, labels) for key, inner in value.items()}
    if isinstance(value, list):
        if len(value) == 2 and all(type(bound) is int for bound in value):
            return text[value[0] : value[1]]
        return [_quote(inner, text, labels) for inner in value]
    return value


def _write(item: Plain | None) -> str | None:
    return None if item is None else json.dumps(item, ensure_ascii=False)
