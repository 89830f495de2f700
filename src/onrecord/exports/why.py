"""Why an event was read, for people: the words, the rule, the roles, the cues, the codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.exports.describe import Describer
from onrecord.exports.tell_evidence import tell_trace
from onrecord.records import Event, Record, Span

BREAK = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])|\n\s*\n")
"""Between two sentences: `over. The`."""
ABBREVIATED = re.compile(
    r"(\b[A-Za-z]|\b(Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Jan|Feb|Aug|Sept|Oct|Nov|Dec))\.\s*$"
)
"""What ends with a full stop and no sentence: `U.S. Army`, `Gen. Ali`."""
INDENT = "    "


def explain_page(record: Record) -> str:
    """Return why each event of a page was read, in text order."""
    told = [_tell(record, event) for event in _events(record)]
    return (
        "\n\n".join(told)
        if told
        else "No event was read from this page; --at OFFSET shows the rejected candidates of a sentence."
    )


def explain_offset(record: Record, at: int) -> str:
    """Return why the events of the sentence at an offset were read, and what was turned down there.

    Raises InputError if the page has no such offset.
    """
    text = record.page.text
    if not 0 <= at < len(text):
        raise InputError(f"offset {at} is outside the page: expected 0 to {len(text) - 1}")
    start, end = sentence_at(text, at)
    told = [" ".join(text[start:end].split())]
    told += [_tell(record, event) for event in _events(record) if _inside(event.trigger, (start, end))]
    turned = [
        f'{INDENT}{item.stage} "{text[slice(*item.span)]}": {item.reason}'
        for item in record.refused
        if _inside(item.span, (start, end))
    ]
    if len(told) == 1:
        told.append("No event was read from this sentence.")
    if turned:
        told.append("Rejected candidates:\n" + "\n".join(turned))
    return "\n\n".join(told)


def sentence_at(text: str, at: int) -> Span:
    """Return where the sentence at an offset starts and ends, by its full stops.

    >>> text = "The U.S. Army left. It rained."
    >>> [text[slice(*sentence_at(text, at))] for at in (5, 24)]
    ['The U.S. Army left.', 'It rained.']
    """
    start, end = 0, len(text)
    for found in BREAK.finditer(text):
        if ABBREVIATED.search(text, max(0, found.start() - 8), found.start() + 1):
            continue
        if found.end() <= at:
            start = found.end()
        elif found.start() >= at:
            end = found.start()
            break
    return start, end


def _events(record: Record) -> Iterator[Event]:
    yield from record.events
    for voice in record.comments:
        yield from voice.claims


def _tell(record: Record, event: Event) -> str:
    tell = Describer(record)
    act = event.act.type + (f"/{event.act.mode}" if event.act.mode else "")
    sides = " → ".join(side for side in (tell.names(event.sources), tell.names(event.targets)) if side)
    head = f"{event.id}  {act}, {event.status}: {sides or 'nobody named'}; confidence {event.confidence}"
    lines = [f'trigger "{tell.quote(event.trigger)}" at {event.trigger[0]}', *tell_trace(record, event)]
    lines += [f"place: {tell.where(event)}"] if event.place else []
    lines += [f"said by {tell.chain(event)}"] if tell.chain(event) else []
    return "\n".join([head, *(INDENT + line for line in lines)])


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] < outer[1]
