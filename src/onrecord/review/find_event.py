"""Finds again what a decision is about, after a page was coded anew."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Event, Record, Span
from onrecord.review.decisions import Account, Anchor, Decision


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision applies in a page as it is coded now."""

    event: Event | None
    """None if the coder does not find such an event (any more)."""
    trigger: Span
    """Where the words stand now."""
    moved: int
    """By how many characters they have moved since."""
    is_lost: bool = False
    """Whether the page no longer holds the sentence."""


def find_event(record: Record, anchor: Anchor, account: Account | None = None) -> Place:
    """Return where an anchor stands in a record; `account` is what a person put in its place.

    An event on exactly these words comes first, one of the same act before others; then one that
    shares a word with them, or with the person's words, and has the same act.
    """
    moved = _find_move(record.page.text, anchor)
    if moved is None:
        return Place(None, anchor.trigger, 0, is_lost=True)
    trigger = move_span(anchor.trigger, moved)
    exact = [event for event in record.events if event.trigger == trigger]
    if exact:
        return Place(max(exact, key=lambda event: event.act.type == anchor.act), trigger, moved)
    near = [e for e in record.events if overlaps(e.trigger, trigger) and e.act.type == anchor.act]
    if not near and account is not None:
        own = move_span(account.trigger, moved)
        near = [e for e in record.events if overlaps(e.trigger, own) and e.act.type == account.type]
    return Place(near[0] if near else None, trigger, moved)


def find_added(record: Record, decision: Decision) -> Place:
    """Return where an event that a person added stands; its event is one of the same act on those words."""
    assert decision.anchor is not None
    moved = _find_move(record.page.text, decision.anchor)
    if moved is None:
        return Place(None, decision.anchor.trigger, 0, is_lost=True)
    trigger = move_span(decision.anchor.trigger, moved)
    found = [
        e for e in record.events if overlaps(e.trigger, trigger) and e.act.type == decision.anchor.act
    ]  # fmt: skip
    return Place(found[0] if found else None, trigger, moved)


def _find_move(text: str, anchor: Anchor) -> int | None:
    """Return by how much the sentence of an anchor has moved, the nearest one if it stands twice."""
    start = anchor.sentence[0]
    if text[slice(*anchor.sentence)] == anchor.text and text[slice(*anchor.trigger)] == anchor.words:
        return 0
    found = []
    at = text.find(anchor.text) if anchor.text else -1
    while at >= 0:
        found.append(at - start)
        at = text.find(anchor.text, at + 1)
    return min(found, key=abs, default=None)


def move_span(span: Span, by: int) -> Span:
    """Return a span moved by some characters."""
    return span[0] + by, span[1] + by


def overlaps(one: Span, other: Span) -> bool:
    """Return whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
