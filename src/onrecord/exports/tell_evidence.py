"""Typed evidence as sentences for people: what decided, on which words, and what it gave."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.exports.describe import shorten
from onrecord.records import Event, Evidence, Record, Span, Voice

LABELS = {
    "by": "made by",
    "code": "code",
    "date": "dated",
    "due": "due",
    "place": "placed",
    "source": "source",
    "status": "status",
    "target": "target",
    "trigger": "trigger",
    "type": "type",
    "weight": "weight",
}
"""What kinds of evidence are called, where their name would not say it."""
LONGEST = 60


def tell_evidence(text: str, one: Evidence) -> str:
    """Return one piece of evidence as a line: `status ordered: "ordered" (cue order)`.

    >>> tell_evidence("It was ordered.", Evidence("order", "status", (7, 14), "ordered"))
    'status ordered: "ordered" (order)'
    >>> tell_evidence("", Evidence("a verb in the main clause", "weight", None, 0.4))
    'weight +0.40: a verb in the main clause'
    """
    label = LABELS.get(one.kind, one.kind)
    words = f'"{shorten(text[slice(*one.span)], LONGEST)}"' if one.span else ""
    if isinstance(one.value, float) and not isinstance(one.value, bool):
        return " ".join(filter(None, (f"{label} {one.value:+.2f}: {one.rule}", words)))
    value = "" if one.value is None else f" {one.value}"
    if not words:
        return f"{label}{value}: {one.rule}"
    return f"{label}{value}: {words} ({one.rule})"


def tell_trace(record: Record, found: Event | Voice) -> list[str]:
    """Return why something was found: its typed evidence, then what its stage still tells in words."""
    return [*(tell_evidence(record.page.text, one) for one in found.evidence), *found.why]


def spans_of(evidence: Sequence[Evidence], kind: str) -> list[Span]:
    """Return the words that evidence of a kind rests on."""
    return [one.span for one in evidence if one.kind == kind and one.span is not None]
