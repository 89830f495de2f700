from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from onrecord.exports.describe import Describer
from onrecord.exports.say_event import say_event, told_again
from onrecord.exports.tell_evidence import tell_trace
from onrecord.records import Part, Record, Span

KINDS = ("event", "statement", "actor", "place", "time", "quantity", "commitment", "wrong")
"""Kinds of evidence that are lit up, each a CSS class."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that carry the same evidence."""

    text: str
    kinds: str
    """CSS classes."""
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    span: Span
    kind: str
    note: str


def render_html(record: Record) -> str:
    """Return a fragment of HTML: the text with its evidence lit up, beside tables of what was found."""
    tell = Describer(record)
    parts = [(part, _stretches(record, part, evidence)) for part, evidence in _by_part(tell)]
    report = [pair for pair in parts if pair[0].kind != "comment"]
    voices = {voice.part: voice for voice in record.comments}
    depths = reply_depths(record.parts)
    thread = [
        (part, lit, voices.get(part.id), depths[part.id]) for part, lit in parts if part.kind == "comment"
    ]
    twice = told_again(record)
    events = [
        (event, say_event(tell, event), event.id in twice.values(), tell_trace(record, event))
        for event in record.events
    ]
    return _template("reading.html.j2").render(
        record=record,
        tell=tell,
        report=report,
        thread=thread,
        events=[row for row in events if row[0].id not in twice],
    )


def render_page(records: Sequence[Record]) -> str:
    """Return one self-contained HTML page with the readings of some records; it loads nothing."""
    return _template("page.html.j2").render(readings=[(record, render_html(record)) for record in records])


def find_evidence(tell: Describer) -> list[Evidence]:
    """Return everything that a record points at in its text, with a note for a reader."""
    record = tell.record
    found = [Evidence(m, "actor", _actor_note(tell, a.id)) for a in record.actors for m in a.mentions]
    found += [Evidence(m, "place", f"place: {p.name}") for p in record.places for m in p.mentions]
    found += [Evidence(t.mention, "time", f"time: {t.value}") for t in record.times]
    found += [
        Evidence(q.mention, "quantity", f"number: {q.value} {q.unit or q.of or ''}")
        for q in record.quantities
    ]
    for event in (*record.events, *(claim for voice in record.comments for claim in voice.claims)):
        who = f"{tell.names(event.sources)} → {tell.names(event.targets)}"
        note = f"event: {who}: {tell.code(event)}, {event.status}, rule {event.rule}"
        found.append(Evidence(event.trigger, "event", note))
    for statement in record.statements:
        note = f"statement ({statement.kind}): {tell.speaker(statement) or 'source unknown'}"
        found += [Evidence(span, "statement", note) for span in statement.content]
    found += [Evidence(c.content, "commitment", f"{c.kind}: {tell.name(c.by)}") for c in record.commitments]
    wrong = [check for check in record.checks if check.verdict == "inconsistent"]
    found += [Evidence(span, "wrong", check.note) for check in wrong for span in check.spans]
    return found


def _actor_note(tell: Describer, actor_id: str) -> str:
    actor = tell.actors[actor_id]
    return "actor: " + " ".join(fact for fact in (actor.name, actor.cameo or actor.country) if fact)


def _by_part(tell: Describer) -> Iterator[tuple[Part, list[Evidence]]]:
    found = sorted(find_evidence(tell), key=lambda one: (one.span, KINDS.index(one.kind)))
    for part in tell.record.parts:
        yield part, [one for one in found if one.span[0] < part.end and one.span[1] > part.start]


def _stretches(record: Record, part: Part, evidence: list[Evidence]) -> list[Stretch]:
    """Return the text of a part cut wherever a piece of evidence begins or ends."""
    edges = {part.start, part.end}
    for one in evidence:
        edges |= {max(one.span[0], part.start), min(one.span[1], part.end)}
    cuts = sorted(edges)
    stretches = []
    for start, end in itertools.pairwise(cuts):
        here = [one for one in evidence if one.span[0] <= start and one.span[1] >= end]
        kinds = " ".join(kind for kind in KINDS if any(one.kind == kind for one in here))
        notes = "\n".join(dict.fromkeys(one.note for one in here))
        stretches.append(Stretch(record.page.text[start:end], kinds, notes))
    return stretches


def reply_depths(parts: Sequence[Part]) -> dict[str, int]:
    """Return how deep each part stands in the thread; a ring of replies ends at its first part."""
    parents = {part.id: part.reply_to for part in parts}
    depths = {}
    for part in parts:
        seen, above = {part.id}, parents[part.id]
        while above is not None and above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        depths[part.id] = len(seen) - 1
    return depths


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("onrecord.exports", "templates")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(
        name
    )
