from __future__ import annotations

import re

from onrecord.records import Act, Actor, Event, Plover, Record, Span
from onrecord.review.decisions import Account, Anchor, Side

NO_SHORT_NAME = r"(?<!\b[A-Z])(?<!\b[A-Z]\w)(?<!\b[A-Z]\w\w)"
SENTENCE_END = re.compile(NO_SHORT_NAME + r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
"""`said. "We` and `(1994). The`, but not `Gen. Karanja` or `U.S. troops`: a sentence that is taken too
long holds what it should, one that is cut does not."""


def describe_event(record: Record, event: Event) -> Account:
    """Return what the coder says that an event is, names instead of ids."""
    actors = {actor.id: actor for actor in record.actors}
    return Account(
        type=event.act.type,
        mode=event.act.mode,
        status=event.status,
        plover=name_code(event.plover) if event.plover else None,
        cameo=event.cameo,
        sources=tuple(name_side(actors[one], event.span) for one in event.sources if one in actors),
        targets=tuple(name_side(actors[one], event.span) for one in event.targets if one in actors),
        trigger=event.trigger,
        span=event.span,
        rule=event.rule,
    )


def point_at(record: Record, event: Event) -> Anchor:
    """Return the words that an event rests on."""
    return anchor_words(record, event.trigger, find_sentence(record, event.span), event.act.type)


def anchor_words(record: Record, trigger: Span, sentence: Span, act: str) -> Anchor:
    """Return an anchor at some words of a page."""
    text = record.page.text
    return Anchor(
        record.page.id, trigger, text[slice(*trigger)], sentence, text[slice(*sentence)], act
    )  # fmt: skip


def find_sentence(record: Record, words: Span) -> Span:
    """Return the sentence, or the sentences, around some words."""
    part = next((p for p in record.parts if p.start <= words[0] < p.end), None)
    start, end = (part.start, part.end) if part else (0, len(record.page.text))
    ends = [found.end() for found in SENTENCE_END.finditer(record.page.text, start, end)]
    before = max((at for at in ends if at <= words[0]), default=start)
    after = min((at for at in ends if at >= words[1]), default=max(end, words[1]))
    return before, before + len(record.page.text[before:after].rstrip())


def name_side(actor: Actor, sentence: Span) -> Side:
    """Return an actor with its mention in a sentence, or its first mention."""
    inside = [span for span in actor.mentions if sentence[0] <= span[0] and span[1] <= sentence[1]]
    mention = next(iter(inside or actor.mentions), None)
    return Side(actor.name, actor.country, actor.cameo, mention)


def name_code(code: Plover | Act) -> str:
    """Return type and mode as one word.

    >>> name_code(Act("ASSAULT", "aerial")), name_code(Act("CONSULT"))
    ('ASSAULT/aerial', 'CONSULT')
    """
    return f"{code.type}/{code.mode}" if code.mode else code.type
