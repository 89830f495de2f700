from __future__ import annotations

from onrecord.grammar import child_with, has_to, is_passive
from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between
from onrecord.words import Token

COMPLETIONS = ("oprd", "xcomp", "acomp", "ccomp")
FINITE = ("VBD", "VBZ", "VBP")
BESIDE, ASIDE = 8, 60
"""Characters between an object and the quotation that it is called."""
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
    person = child_with(verb, "dobj")
    if person is not None and verb.i < person.i < child.i and not is_passive(verb):
        low = person.left_edge
    return [absorb_quotes(scene, span_between(scene, low, child.right_edge), place_of(scene, verb)[0])]


def read_gerund(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the gerund that completes a verb: `admitted taking the keys`."""
    child = next((c for c in verb.rights if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    if child is None or child.left_edge.i != verb.i + 1:
        return []
    return [absorb_quotes(scene, span_between(scene, child, child.right_edge), place_of(scene, verb)[0])]


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
    for child in verb.rights:
        if (child.dep_ == "xcomp" and has_to(child)) or (not passive and child.dep_ in ("oprd", "acomp")):
            spans = (
                span_between(scene, subject.left_edge, subject.right_edge),
                span_between(scene, child.left_edge, child.right_edge),
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
    if not any(c.dep_ in ("dobj", "oprd", "ccomp") for c in kept):
        return []
    low, high = kept[0].left_edge, kept[0].right_edge
    for child in kept[1:]:
        if child.left_edge.i - high.i <= 2:
            high = child.right_edge
    high = _end_before_verb(low, high, verb)
    return [absorb_quotes(scene, span_between(scene, low, high), place_of(scene, verb)[0])]


def _passive_of(scene: Scene, verb: Token, completers: Words) -> list[Span]:
    """Return the subject of a passive and what completes it: `the talks were described as a failure`."""
    subject = child_with(verb, "nsubjpass")
    kept = [c for c in verb.rights if c.dep_ in COMPLETIONS or _completes(c, completers)]
    if not kept:
        return []
    after = absorb_quotes(
        scene, span_between(scene, kept[0].left_edge, kept[0].right_edge), place_of(scene, verb)[0]
    )
    if subject is None:
        return [after]
    return [span_between(scene, subject.left_edge, subject.right_edge), after]


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
    return child.dep_ == "prep" and child.lower_ in completers


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
        return [absorb_quotes(scene, span_between(scene, inner.left_edge, high), place_of(scene, verb)[0])]
    return []
