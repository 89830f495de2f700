from __future__ import annotations

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import child_with, children_with, has_to, is_passive, prepositional
from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.attribution_verb import AttributionVerb
from onrecord.stages.statements.end_content import RELATIVE_TAGS, TIMES, end_phrase, is_day
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

COMPLETIONS = ("oprd", "xcomp", "acomp", "ccomp")
ASKING = ("WP", "WDT")
BESIDE = ("", "a", "an", "the")
"""Words between an object and the quotation that it is called."""


def read_infinitive(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the infinitive that completes a verb, with its subject if it has one of its own."""
    child = _infinitive_of(verb)
    if child is None:
        return []
    called = (
        c for c in (*children_with(verb, "dobj"), *prepositional(verb, "for")) if verb.i < c.i < child.i
    )
    doers = [c for c in called if c.ent_type_ not in TIMES]
    low = min((token.left_edge for token in (child, *doers)), key=lambda token: token.i)
    if mark_of(child) == "for":  # "called for the envoy to leave"
        low = low.nbor(1)
    return [_complement(scene, verb, low, end_phrase(low, child.right_edge))]


def _infinitive_of(verb: Token) -> Token | None:
    return next((child for child in verb.rights if has_to(child)), None)


def _complement(scene: Scene, verb: Token, low: Token, high: Token) -> Span:
    """Return the span between two tokens, widened to the quotations that it cuts."""
    return absorb_quotes(scene, span_between(scene, low, high), place_of(scene, verb)[0])


def read_gerund(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the gerund that completes a verb: `admitted taking the keys`."""
    gerund = next((c for c in verb.rights if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    return [] if gerund is None else [_complement(scene, verb, gerund, gerund.right_edge)]


def read_raised(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the subject and the complement of a verb that only says how sure it is (`seems to`)."""
    subjects = children_with(verb, "nsubj", "nsubjpass")
    complements = [c for c in verb.rights if c.dep_ in ("xcomp", "oprd", "acomp")]
    is_raised = is_passive(verb) or verb.lemma_.lower() in source_words("seeming")
    if not is_raised or not subjects or not complements:
        return []
    parts = (subjects[0], complements[0])
    return [_complement(scene, verb, p.left_edge, end_phrase(p.left_edge, p.right_edge)) for p in parts]


def read_object(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the object of a verb with what completes it (`of fraud`, `as a failure`)."""
    if is_passive(verb):
        return _read_passive(scene, verb, entry)
    kept = [c for c in verb.rights if c.dep_ in ("dobj", "prep", "dative", *COMPLETIONS) and not is_day(c)]
    asked = [c for c in verb.lefts if c.dep_ == "dobj" and c.tag_ in ASKING]
    opening = [span_between(scene, c.left_edge, c.right_edge) for c in asked]
    if not kept:
        return opening or _read_gap(scene, verb)
    if not any(c.dep_ in ("dobj", "oprd", "ccomp") for c in (*kept, *asked)):
        return []
    low = kept[0].left_edge
    return [*opening, _complement(scene, verb, low, end_phrase(low, _end_of_row(kept)))]


def _first_of(completion: Token, entry: AttributionVerb) -> Token:
    """Return the first token of a completion: `known as` takes its preposition to the cue."""
    inner = children_with(completion, "pobj", "pcomp") if entry.joined else []
    return next(iter(inner), completion).left_edge


def _end_of_row(kept: list[Token]) -> Token:
    """Return the last token of an object and of what follows it directly."""
    high = kept[0].right_edge
    for child in kept[1:]:
        if child.left_edge.i - high.i <= 2:
            high = child.right_edge
    return high


def _read_gap(scene: Scene, verb: Token) -> list[Span]:
    """Return the noun that a clause describes, which is the object of its verb: `the plan he proposed`."""
    subjects = [c for c in verb.lefts if c.dep_ == "nsubj" and c.tag_ not in RELATIVE_TAGS]
    if verb.dep_ != "relcl" or not subjects:
        return []
    return [span_between(scene, verb.head.left_edge, verb.left_edge.nbor(-1))]


def _read_passive(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the subject of a passive and what completes it: `the talks were described as a failure`."""
    if child_with(verb, "dobj") is not None:  # "was ordered soup"
        return []
    kept = [c for c in verb.rights if c.dep_ in COMPLETIONS or c.lower_ in (*entry.completers, "to")]
    after = [_complement(scene, verb, _first_of(c, entry), c.right_edge) for c in kept[:1]]
    for subject in children_with(verb, "nsubjpass"):
        last = end_phrase(subject.left_edge, subject.right_edge)
        return [span_between(scene, subject.left_edge, last), *after]
    if after and verb.dep_ == "acl":  # "a raid seen as a warning"
        return [span_between(scene, verb.head.left_edge, verb.left_edge.nbor(-1)), *after]
    return []


def read_named(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return an object with the quotation that it is called: `called the senator “the next Caesar”`."""
    for named in (c for c in verb.rights if c.dep_ == "dobj"):
        start, end = span_between(scene, named.left_edge, named)
        beside = [q for q in scene.quotes if q.end > end and scene.text[end : q.start].strip() in BESIDE]
        return [(start, quote.end) for quote in beside[:1]]
    return []


def read_preposition(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the complement of a preposition that a verb takes, an infinitive after it included."""
    for prep in (child for child in verb.rights if child.lower_ in entry.preps):
        for inner in [c for c in children_with(prep, "pobj", "pcomp") if c.ent_type_ not in TIMES]:
            high = end_phrase(inner.left_edge, inner.right_edge)
            rest = [c for c in verb.rights if c.i > high.i and (has_to(c) or c.lower_ == "as")]
            if rest:  # "called on them | to leave", "referred to it | as a risk"
                high = rest[0].right_edge
            return [_complement(scene, verb, inner.left_edge, high)]
    return []
