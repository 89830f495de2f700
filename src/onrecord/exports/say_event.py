"""An event as a sentence that a person would say: the words of the page, with names where it has pronouns."""

from __future__ import annotations

import re

from onrecord.exports.describe import HAPPENED, Describer, shorten
from onrecord.records import Actor, Event, Record, Span

LEAD = re.compile(r"^(?:[\s,;:.…—–-]+|(?:that|which|who|and|but|as well as)\b)+", re.I)
"""How a clause begins that stands within another sentence: `, that`, `who`, `and`."""
POINTING = re.compile(
    r"(?:i|we|you|he|she|it|they|me|us|him|her|them|this|that|these|those|who|which|his|its|their|our|my|"
    r"the (?:group|force|army|country|government|man|woman|men|party|body|latter|former))$",
    re.I,
)
"""Mentions that mean nothing without the sentence before them."""
TAIL = re.compile(r"(?:[\s,;:—–-]+|\s(?:and|or|but|that))+$")
LONGEST = 180
OPENING = 24
"""Characters of a clause up to which its act opens it: `agreed to send`, `the killing of`."""
NEAR = 2
"""Paragraphs after the headline that tell what it told: the lead and the one after it."""


def say_event(tell: Describer, event: Event, longest: int = LONGEST) -> str:
    """Return the clause that tells an event; a name in brackets stands beside each word that only points.

    A source that the clause does not mention stands in brackets as well: before a clause that opens with
    the act (`[rebels] killed two men`), else behind it (`The council condemned the raid [by rebels]`).
    """
    text = tell.record.page.text
    start, end = event.span
    start += len(found[0]) if (found := LEAD.match(text[start:end])) and found.end() < end - start else 0
    inserts: dict[int, str] = {}
    for one in (*event.sources, *event.targets):
        actor = tell.actors.get(one)
        pointing = _find_pointing(text, actor, (start, end)) if actor else None
        if actor and pointing:
            inserts[pointing[1]] = f" [{actor.name}]"
    words = _insert(text, (start, end), inserts)
    missing = [tell.name(one) for one in event.sources if not _has_mention(tell, one, (start, end))]
    line = _name_missing(TAIL.sub("", words), missing, event.trigger[0] - event.span[0] > OPENING, longest)
    return line[:1].upper() + line[1:]


def _name_missing(words: str, missing: list[str], is_behind: bool, longest: int) -> str:
    """Return a clause with those who act in it and are not mentioned there."""
    if not missing:
        return shorten(words, longest)
    names = ", ".join(missing)
    if not is_behind:
        return shorten(f"[{names}] {words}", longest)
    return f"{shorten(words, longest).rstrip('.')} [by {names}]"


def _find_pointing(text: str, actor: Actor, span: Span) -> Span | None:
    """Return the first mention of an actor in a clause, if none of them there is more than a pronoun."""
    inside = [m for m in actor.mentions if span[0] <= m[0] and m[1] <= span[1]]
    if not inside or not all(POINTING.match(text[slice(*m)]) for m in inside):
        return None
    return inside[0]


def _has_mention(tell: Describer, actor: str, span: Span) -> bool:
    known = tell.actors.get(actor)
    return known is None or any(span[0] <= m[0] and m[1] <= span[1] for m in known.mentions)


def _insert(text: str, span: Span, inserts: dict[int, str]) -> str:
    """Return the words at a span with some put in at offsets."""
    pieces, at = [], span[0]
    for place in sorted(inserts):
        pieces += [text[at:place], inserts[place]]
        at = place
    return "".join((*pieces, text[at : span[1]]))


def told_again(record: Record) -> dict[str, str]:
    """Return the events of the headline that the lead tells too, each with the event of the lead."""
    heads = {part.id for part in record.parts if part.kind == "title"}
    leads = [part.id for part in record.parts if part.kind == "paragraph"][:NEAR]
    found: dict[str, str] = {}
    for event in record.events:
        if event.part in heads:
            again = [
                one.id
                for one in record.events
                if one.part in leads and one.id not in found.values() and is_same_act(event, one)
            ]
            found |= {event.id: again[0]} if again else {}
    return found


def is_same_act(one: Event, other: Event) -> bool:
    """Return whether two events of a page may be one act: same type and status, no role that differs."""
    statuses = one.status == other.status or {one.status, other.status} <= set(HAPPENED)
    modes = one.act.mode == other.act.mode or None in (one.act.mode, other.act.mode)
    return one.act.type == other.act.type and modes and statuses and _agree(one, other)


def _agree(one: Event, other: Event) -> bool:
    return all(
        not first or not second or bool(set(first) & set(second))
        for first, second in ((one.sources, other.sources), (one.targets, other.targets))
    )
