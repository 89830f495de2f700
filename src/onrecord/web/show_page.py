"""A page of news as the workbench shows it: its text cut into stretches, each with its evidence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.exports.describe import Describer
from onrecord.exports.html import Evidence, find_evidence, reply_depths
from onrecord.exports.say_event import say_event, told_again
from onrecord.exports.tell_evidence import spans_of, tell_trace
from onrecord.records import Event, Part, Record, Span, Voice
from onrecord.review import Case

CUE = re.compile(r'"([^"]+)" \([^)]+\): ')
"""`"ordered" (order): ordered, 0874 becomes 0356`: a line of the trace that names a cue."""
FAR = 240
"""Characters between a cue and the act that it governs, at most."""
DEEPEST = 6
"""Levels of a thread that are indented."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters with the same evidence: classes for the kinds, marks for the rows that point here."""

    text: str
    kinds: str
    note: str
    marks: str
    """Ids of the rows, with the role that the words play: `e1:trigger e1:source`."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    part: Part
    stretches: tuple[Stretch, ...]
    voice: Voice | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ShownPage:
    tell: Describer
    report: tuple[ShownPart, ...]
    thread: tuple[ShownPart, ...]
    refused: tuple[tuple[str, str, str, str], ...] = field(default=())
    """Row, stage, reason and words of what was turned down."""
    cases: dict[str, Case] = field(default_factory=dict)
    """What persons say of the coder's events, by event."""
    added: tuple[tuple[str, Case], ...] = ()
    """Events that the coder does not find, each with its row."""
    sentences: dict[str, str] = field(default_factory=dict)
    """What each event is, as a person would say it."""
    traces: dict[str, list[str]] = field(default_factory=dict)
    """Why each event was read."""
    again: dict[str, str] = field(default_factory=dict)
    """Events of the headline, each with the event of the text that tells it again."""


def show_page(record: Record, cases: Sequence[Case] = ()) -> ShownPage:
    """Return what the page view shows of a record and of what persons say of it."""
    tell = Describer(record)
    added = tuple((f"added-{c.trigger[0]}-{c.trigger[1]}", c) for c in cases if c.event is None)
    evidence = sorted(find_evidence(tell), key=lambda one: (one.span, one.kind))
    cues = [(span, f"{event.id}:cue") for event in record.events for span in find_cues(record, event)]
    evidence = [*evidence, *(Evidence(span, "cue", "cue of the status") for span, _ in cues)]
    marks = _mark_roles(record) + cues
    marks += [(case.trigger, f"{row}:trigger") for row, case in added if not case.is_lost]
    marks += [(refused.span, f"x{number}:refused") for number, refused in enumerate(record.refused, 1)]
    depths = reply_depths(record.parts)
    voices = {voice.part: voice for voice in record.comments}
    parts = tuple(
        ShownPart(
            part,
            tuple(_cut_part(record, part, evidence, sorted(marks))),
            voices.get(part.id),
            min(depths[part.id], DEEPEST),
        )
        for part in record.parts
    )
    refused = tuple(
        (f"x{number}", one.stage, one.reason, tell.quote(one.span, 60))
        for number, one in enumerate(record.refused, 1)
    )
    return ShownPage(
        tell,
        tuple(one for one in parts if one.part.kind != "comment"),
        tuple(one for one in parts if one.part.kind == "comment"),
        refused,
        {case.event: case for case in cases if case.event is not None},
        added,
        {event.id: say_event(tell, event) for event in record.events},
        {event.id: tell_trace(record, event) for event in record.events},
        told_again(record),
    )


def find_cues(record: Record, event: Event) -> list[Span]:
    """Return the words that gave an event its status: its evidence points at them.

    Records of older versions only name them in their trace: there the nearest ones before the trigger
    count, or else those behind it, in the same part.
    """
    told = spans_of(event.evidence, "status")
    if told:
        return told
    part = next((p for p in record.parts if p.id == event.part), None)
    start, end = (part.start, part.end) if part else (0, len(record.page.text))
    text = record.page.text
    found = []
    for cue in [named[1] for line in event.why if (named := CUE.match(line))]:
        at = text.rfind(cue, max(start, event.trigger[0] - FAR), event.trigger[0])
        if at < 0:
            at = text.find(cue, event.trigger[1], min(end, event.trigger[1] + FAR))
        if at >= 0:
            found.append((at, at + len(cue)))
    return found


def _mark_roles(record: Record) -> list[tuple[Span, str]]:
    """Return the spans that each event and statement rests on, with the role they play in it."""
    found: list[tuple[Span, str]] = []
    for event in record.events:
        found.append((event.trigger, f"{event.id}:trigger"))
        found += [(span, f"{event.id}:source") for span in _mentions(record, event, event.sources)]
        found += [(span, f"{event.id}:target") for span in _mentions(record, event, event.targets)]
        found += [
            (span, f"{event.id}:place") for p in record.places if p.id == event.place for span in p.mentions
            if _inside(span, event.span)
        ]  # fmt: skip
        found += [(t.mention, f"{event.id}:time") for t in record.times if t.id == event.time]
        found += [(q.mention, f"{event.id}:number") for q in record.quantities if q.id in event.quantities]
    for statement in record.statements:
        found += [(span, f"{statement.id}:content") for span in statement.content]
        if statement.cue:
            found.append((statement.cue, f"{statement.id}:cue"))
        if statement.speaker_mention:
            found.append((statement.speaker_mention, f"{statement.id}:speaker"))
    for check in record.checks:
        found += [(span, f"{check.id}:figure") for span in check.spans]
    return found


def _mentions(record: Record, event: Event, ids: tuple[str, ...]) -> list[Span]:
    """Return the mentions of some actors within the sentence of an event, or else their first ones."""
    found = []
    for actor in record.actors:
        if actor.id in ids:
            inside = [span for span in actor.mentions if _inside(span, event.span)]
            found += inside or list(actor.mentions[:1])
    return found


def _inside(span: Span, outer: Span) -> bool:
    return outer[0] <= span[0] and span[1] <= outer[1]


def _cut_part(
    record: Record, part: Part, evidence: list[Evidence], marks: list[tuple[Span, str]]
) -> list[Stretch]:
    """Return the text of a part cut wherever evidence or a role begins or ends."""
    here = [one for one in evidence if one.span[0] < part.end and one.span[1] > part.start]
    roles = [one for one in marks if one[0][0] < part.end and one[0][1] > part.start]
    edges = {part.start, part.end}
    for start, end in [one.span for one in here] + [span for span, _ in roles]:
        edges |= {max(start, part.start), min(end, part.end)}
    stretches = []
    for start, end in itertools.pairwise(sorted(edges)):
        lit = [one for one in here if _inside((start, end), one.span)]
        stretches.append(
            Stretch(
                record.page.text[start:end],
                " ".join(dict.fromkeys(one.kind for one in lit)),
                "\n".join(dict.fromkeys(one.note for one in lit)),
                " ".join(dict.fromkeys(mark for span, mark in roles if _inside((start, end), span))),
            )
        )
    return stretches
