from __future__ import annotations

from onrecord.grammar import child_with, has_to, is_passive
from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

COMPLETIONS = ("oprd", "xcomp", "acomp", "ccomp")
FINITE = ("VBD", "VBZ", "VBP")
BESIDE, ASIDE = 8, 60
"""Characters between an object and the quotation that it is called."""
ASKING = ("WP", "WDT")
RELATIVE_TAGS = ("WDT", "WP", "WP$", "WRB")
VENUE_PREPS = ("in", "on", "at", "during")
HELD = ("prep", "agent", "dative")

Words = tuple[str, ...]


def read_infinitive(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the infinitive that completes a verb, with its subject if it has one of its own."""
    child = _infinitive_of(verb)
    if child is None:
        return []
    low = child.left_edge
    person = child_with(verb, "dobj") or _called_on(verb)
    if person is not None and verb.i < person.i < child.i and not is_passive(verb) and not _is_day(person):
        low = person.left_edge
    elif low.lower_ == "for" and low.dep_ == "mark":  # "called for the envoy to leave"
        low = low.nbor(1)
    high = end_before_aside(low, child.right_edge)
    return [absorb_quotes(scene, span_between(scene, low, high), place_of(scene, verb)[0])]


def _is_day(noun: Token) -> bool:
    """Return whether the parse took a day for an object: `sought Monday to calm the town`."""
    return noun.ent_type_ in ("DATE", "TIME")


def _called_on(verb: Token) -> Token | None:
    """Return whose act is called for, which is part of the content: `called for the council to resign`."""
    for prep in verb.rights:
        if prep.dep_ == "prep" and prep.lower_ == "for":
            return child_with(prep, "pobj")
    return None


def read_gerund(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the gerund that completes a verb: `admitted taking the keys`."""
    child = next((c for c in verb.rights if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    if child is None or child.left_edge.i != verb.i + 1:
        return []
    return [absorb_quotes(scene, span_between(scene, child, child.right_edge), place_of(scene, verb)[0])]


def _with_name(verb: Token, high: Token) -> Token:
    """Return the last token of `referred to it as a risk`, what it is called included."""
    name = next((c for c in verb.rights if c.lower_ == "as" and c.left_edge.i == high.i + 1), None)
    return name.right_edge if name is not None else high


def end_before_aside(low: Token, high: Token) -> Token:
    """Return the last token of a content before what only the reporter adds: `, which was built in 1970`.

    So are the place and the occasion of the words themselves: `backed the plan in an interview`.
    """
    for i in range(low.i + 2, high.i):
        token = high.doc[i]
        closes = token.head.right_edge.i >= high.i - 1
        if token.text == "," and closes_with_relative(high.doc[i + 1], high):
            return high.doc[i - 1]
        if token.dep_ == "prep" and closes and _is_venue(token) and token.right_edge.i >= high.i - 1:
            return high.doc[i - 1]
    return high


def closes_with_relative(first: Token, last: Token) -> bool:
    """Return whether a relative clause begins at a token and runs to another."""
    word = first.nbor(1) if first.dep_ == "prep" and first.i + 1 < len(first.doc) else first
    if word.tag_ not in RELATIVE_TAGS:
        return False
    clause = next((t for t in word.ancestors if t.dep_ == "relcl"), None)
    return clause is not None and clause.right_edge.i >= last.i - 1


def _is_venue(prep: Token) -> bool:
    """Return whether a preposition tells where words were said: `in an interview`, `on Twitter`."""
    noun = child_with(prep, "pobj")
    return noun is not None and prep.lower_ in VENUE_PREPS and noun.lemma_.lower() in source_words("venue")


def _infinitive_of(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and has_to(child):
            return child
    return None


def read_raised(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the subject and the complement of a verb that only says how sure it is (`seems to`)."""
    subject = child_with(verb, "nsubj", "nsubjpass")
    if subject is None:
        return []
    passive = is_passive(verb)
    if not passive and verb.lemma_.lower() not in source_words("seeming"):
        return []
    for child in verb.rights:
        if (child.dep_ == "xcomp" and has_to(child)) or (not passive and child.dep_ in ("oprd", "acomp")):
            last = end_before_aside(subject.left_edge, subject.right_edge)
            high = end_before_aside(child.left_edge, child.right_edge)
            spans = (
                span_between(scene, subject.left_edge, last),
                span_between(scene, child.left_edge, high),
            )
            return [absorb_quotes(scene, span, place_of(scene, verb)[0]) for span in spans]
    return []


def read_object(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the object of a verb with what completes it (`of fraud`, `as a failure`)."""
    if is_passive(verb):
        return _passive_of(scene, verb, completers)
    kept = [c for c in verb.rights if c.dep_ in ("dobj", *COMPLETIONS) or _completes(c, completers)]
    asked = next((c for c in verb.lefts if c.dep_ == "dobj" and c.tag_ in ASKING), None)
    opening = [span_between(scene, asked.left_edge, asked.right_edge)] if asked is not None else []
    if not kept:
        return opening or _gap_of(scene, verb)  # "a plan which the union rejected"
    if not any(c.dep_ in ("dobj", "oprd", "ccomp") for c in kept) and not opening:
        return []
    low, high = kept[0].left_edge, _end_of_row(kept)
    high = end_before_aside(low, _end_before_verb(low, high, verb))
    return [*opening, absorb_quotes(scene, span_between(scene, low, high), place_of(scene, verb)[0])]


def _end_of_row(kept: list[Token]) -> Token:
    """Return the last token of an object and of what follows it directly."""
    high = kept[0].right_edge
    for child in kept[1:]:
        if child.left_edge.i - high.i <= 2:
            high = child.right_edge
    return high


def _gap_of(scene: Scene, verb: Token) -> list[Span]:
    """Return the noun that a clause describes, which is the object of its verb: `the plan he proposed`."""
    own = child_with(verb, "nsubj")
    if verb.dep_ != "relcl" or own is None or own.i > verb.i or own.tag_ in RELATIVE_TAGS:
        return []
    return [span_between(scene, verb.head.left_edge, verb.left_edge.nbor(-1))]


def _passive_of(scene: Scene, verb: Token, completers: Words) -> list[Span]:
    """Return the subject of a passive and what completes it: `the talks were described as a failure`."""
    subject = child_with(verb, "nsubjpass")
    kept = [c for c in verb.rights if c.dep_ in COMPLETIONS or _completes(c, completers)]
    if not kept:  # "the plan was praised"
        is_whole = subject is not None and child_with(verb, "dobj") is None
        return [span_between(scene, subject.left_edge, subject.right_edge)] if subject and is_whole else []
    first = _named_as(verb, kept[0])
    after = absorb_quotes(scene, span_between(scene, first, kept[0].right_edge), place_of(scene, verb)[0])
    if subject is not None:
        last = end_before_aside(subject.left_edge, subject.right_edge)
        return [span_between(scene, subject.left_edge, last), after]
    if verb.dep_ == "acl" and verb.head.i < verb.i:  # "a raid seen as a warning"
        noun = verb.head
        whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
        return [span_between(scene, whole.left_edge, verb.left_edge.nbor(-1)), after]
    return []


def _named_as(verb: Token, called: Token) -> Token:
    """Return the first token of what something is called; `known as` takes its preposition with it."""
    inner = child_with(called, "pobj", "pcomp") if called.dep_ == "prep" else None
    return inner.left_edge if inner is not None and verb.lemma_.lower() == "know" else called.left_edge


def _end_before_verb(low: Token, high: Token, verb: Token) -> Token:
    """Return the last token of an object before what its subject did next: `called it mad and left`."""
    for i in range(low.i + 1, high.i):
        one, other = verb.doc[i], verb.doc[i + 1]
        if one.dep_ == "cc" and other.tag_ == verb.tag_ and other.tag_ in FINITE:
            return verb.doc[i - 1]
    return high


def read_named(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return an object with the quotation that it is called: `called the senator “the next Caesar”`."""
    named = child_with(verb, "dobj")
    if named is None or named.i < verb.i:
        return []
    start, end = span_between(scene, named.left_edge, named)
    for quote in scene.quotes:
        between = scene.text[end : quote.start]
        if quote.start >= end and quote.end <= scene.sentence.end + 1:
            words = between.strip(" ").rsplit(" ", 1)[-1]
            is_beside = words in ("", "a", "an", "the") and len(between) < BESIDE
            is_after_aside = between[:1] == "," and between.rstrip().endswith(",") and len(between) < ASIDE
            return [(start, quote.end)] if is_beside or is_after_aside else []
    return []


def _completes(child: Token, completers: Words) -> bool:
    return child.dep_ in ("prep", "dative") and child.lower_ in (*completers, "to")


def read_preposition(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return what stands after a preposition that a verb takes, an infinitive after it included."""
    for child in verb.rights:
        if child.dep_ not in HELD or child.lower_ not in preps:
            continue
        inner = child_with(child, "pobj", "pcomp")
        if inner is None or inner.ent_type_ in ("DATE", "TIME"):
            continue
        high = inner.right_edge
        later = _infinitive_of(verb)
        if later is not None and 0 < later.left_edge.i - high.i <= 1:
            high = later.right_edge
        high = _with_name(verb, end_before_aside(inner.left_edge, high))
        return [absorb_quotes(scene, span_between(scene, inner.left_edge, high), place_of(scene, verb)[0])]
    return []
