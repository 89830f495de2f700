from __future__ import annotations

from onrecord.grammar import token_span
from onrecord.records import Event
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.scene import HAPPENED

STATUSES = {
    "order": "ordered",
    "promise": "promised",
    "plan": "planned",
    "threat": "threatened",
    "demand": "demanded",
    "prediction": "predicted",
}


def link_event(pledge: Pledge, kind: str, events: tuple[Event, ...]) -> str | None:
    """Return the id of the event that would fulfil a commitment; None if no act of it was coded.

    The event at the head of the content goes before one that merely stands in it.
    """
    start, end = pledge.content
    inside = [event for event in events if start <= event.trigger[0] and event.trigger[1] <= end]
    at = token_span(pledge.sentence, pledge.head)
    best = min(inside, key=lambda event: _rank(event, at, STATUSES[kind]), default=None)
    return best.id if best is not None and best.status not in HAPPENED else None


def _rank(event: Event, at: tuple[int, int], status: str) -> tuple[bool, bool, bool, int]:
    is_head = event.trigger[0] <= at[0] < event.trigger[1]
    return not is_head, event.status in HAPPENED, event.status != status, event.trigger[0]
