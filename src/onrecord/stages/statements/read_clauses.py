from __future__ import annotations

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import child_with, children_with
from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.attribution_verb import AttributionVerb
from onrecord.stages.statements.end_content import CONTINUING, end_clause, end_of_siblings, is_day, is_venue
from onrecord.stages.statements.measure_spans import (
    absorb_quotes,
    inner_end,
    place_of,
    span_between,
    tokens_in,
)
from onrecord.stages.statements.tag_ends import FINITE, SUBJECTS, inserted_tag, tag_ends
from onrecord.words import Token

RESUMING = ("and", "but", *CONTINUING)
"""Words with which a content goes on after its tag."""


def read_clause(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the clause that completes a verb, without the words that name who speaks."""
    return next((spans for read in CONSTRUCTIONS if (spans := read(scene, verb))), [])


def _read_hearsay(scene: Scene, verb: Token) -> list[Span]:
    """`The bill, it was reported, was under way.`"""
    subjects = children_with(verb, "nsubjpass")
    if not subjects or subjects[0].lower_ != "it" or subjects[0].i == 0:
        return []
    doc, first = verb.doc, subjects[0]
    if verb.i + 1 >= verb.sent.end or (doc[first.i - 1].text, doc[verb.i + 1].text) != (",", ","):
        return []
    tokens = scene.sentence.tokens
    before, after = [t for t in tokens if t.i < first.i], [t for t in tokens if t.i > verb.i]
    return _widen(scene, verb, before, after)


def _read_inserted(scene: Scene, verb: Token) -> list[Span]:
    """`The bridge, said Lind, is safe.`, `The bridge is safe, said Lind.`"""
    tag = inserted_tag(verb)
    if tag is None:
        return []
    return _widen(scene, verb, [t for t in scene.sentence.tokens if t.i < verb.i], list(tag.resumed))


def _read_following(scene: Scene, verb: Token) -> list[Span]:
    """`Lind said the bridge was safe`, `what, he said, was lost`"""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp" and _is_clause(c)), None)
    if clause is None:
        return []
    left, right = tag_ends(verb)
    tokens = sorted(clause.subtree, key=lambda token: token.i)
    ahead = [t for t in tokens if t.i < left.i]
    body = _without_hearer(verb, _without_setting([t for t in tokens if t.i > min(right.i, clause.i - 1)]))
    high = end_clause(body[0], body[-1])
    if high is body[-1]:
        high = end_of_siblings(verb, high)
    return _widen(scene, verb, ahead, [body[0], high])


def _is_clause(clause: Token) -> bool:
    """Return whether a complement is a clause, and not a small one (`called him mad`)."""
    return child_with(clause, *SUBJECTS, "csubj", "expl", "mark") is not None


def _without_setting(tokens: list[Token]) -> list[Token]:
    """Return the words of a content after the place or day of saying them: `said in a statement that ...`"""
    if not tokens or not (is_venue(tokens[0]) or is_day(tokens[0])):
        return tokens
    return [t for t in tokens if t.i > tokens[0].right_edge.i] or tokens


def _without_hearer(verb: Token, tokens: list[Token]) -> list[Token]:
    """Return the words of a content after a station that the parse took into the name behind it.

    `told NBS Ana Ruiz had left`: somebody has to be told, and an acronym begins nobody's name.
    """
    hearer, *rest = tokens[:2]
    is_joined = [t.dep_ for t in (hearer, *rest)] == ["compound", "compound"] and hearer.head is rest[0].head
    is_acronym = len(hearer.text) > 1 and hearer.text.isupper() and not rest[-1].text.isupper()
    return tokens[1:] if verb.lemma_.lower() == "tell" and is_joined and is_acronym else tokens


def _read_preceding(scene: Scene, verb: Token) -> list[Span]:
    """`The road is closed, he said`, `There was a fire, he said, but it is out.`"""
    clause = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    if clause is None:
        return []
    left, right = tag_ends(verb)
    before = [t for t in clause.subtree if t.i < left.i]
    spans = _widen(scene, verb, before, _list_resumed(scene, right))
    return [_without_speaker(scene, span) for span in spans]


def _list_resumed(scene: Scene, right: Token) -> list[Token]:
    """Return the words after the comma that closes a tag, if they go on with what it interrupts."""
    commas = (t.i for t in scene.sentence.tokens if t.i > right.i and t.text == ",")
    comma = next(commas, right.doc[-1].i)
    after = [t for t in scene.sentence.tokens if t.i > comma]
    return after if after and after[0].lower_ in RESUMING else []


def _without_speaker(scene: Scene, span: Span) -> Span:
    """Return the quotation alone where the parse took the speaker after it along: `“Yes,” the clerk said.`"""
    for quote in scene.quotes:
        if quote.start == span[0] and inner_end(scene.text, quote) in tuple(",?!"):
            return quote.span
    return span


def _read_matrix(scene: Scene, verb: Token) -> list[Span]:
    """`The road, he said, is closed`, `As he said, it is closed`: the sentence around an inserted cue."""
    if verb.dep_ != "parataxis" and (mark_of(verb) != "as" or _is_complete(verb)):
        return []
    own = list(verb.subtree)
    matrix = list(verb.head.subtree)
    return _widen(scene, verb, [t for t in matrix if t.i < own[0].i], [t for t in matrix if t.i > own[-1].i])


def _is_complete(verb: Token) -> bool:
    """Return whether a verb has what it tells of: `as he described the scene`, `as Norway is known`."""
    held = child_with(verb, "dobj", "nsubjpass")
    return held is not None and held.lower_ != "it"


def _read_reduced(scene: Scene, verb: Token) -> list[Span]:
    """`said more than 40 people registered for it`, where the parse takes the clause for an object."""
    told = [
        c for c in children_with(verb, "dobj") if verb.lemma_ == "say" and child_with(c, "acl") is not None
    ]
    return [span_between(scene, c.left_edge, c.right_edge) for c in told]


CONSTRUCTIONS = (_read_hearsay, _read_inserted, _read_following, _read_preceding, _read_matrix, _read_reduced)


def _widen(scene: Scene, verb: Token, *pieces: list[Token]) -> list[Span]:
    """Return the spans of some pieces of a content, widened to the quotations that they cut."""
    cue = place_of(scene, verb)[0]
    return [absorb_quotes(scene, span_between(scene, one[0], one[-1]), cue) for one in pieces if one]


def read_bare(scene: Scene, verb: Token, entry: AttributionVerb) -> list[Span]:
    """Return the sentence around a verb and its subject, where the parse holds no complement."""
    if any(c.lower_ == "to" for c in verb.lefts):
        return []
    left, right = tag_ends(verb)
    sentence = scene.sentence
    start, end = place_of(scene, left)[0], _tag_end(scene, verb, right)
    told, rest = tokens_in(scene, (sentence.start, start)), tokens_in(scene, (end, sentence.end))
    if [t.text for t in (*told[-1:], *rest[:1])] == [",", ","]:
        return _widen(scene, verb, told, rest)
    return _read_tail(scene, verb, rest)


def _read_tail(scene: Scene, verb: Token, tail: list[Token]) -> list[Span]:
    """Return what follows a cue up to the end of its sentence, if it has a verb of its own."""
    tail = _without_setting(tail)
    if verb.lemma_.lower() == "tell":
        tail = _after_addressee(tail)
    if not any(t.tag_ in FINITE for t in tail[1:]) or tail[0].text in ".,;":
        return []
    return _widen(scene, verb, [tail[0], end_clause(tail[0], tail[-1])])


def _after_addressee(tokens: list[Token]) -> list[Token]:
    """Return the words of a content from its `that`: `told cheering farmers that ...`"""
    mark = next((i for i, t in enumerate(tokens) if t.lower_ == "that"), 0)
    is_told = not any(t.tag_ in FINITE and t.dep_ != "relcl" for t in tokens[:mark])
    return tokens[mark:] if is_told else tokens


def _tag_end(scene: Scene, verb: Token, right: Token) -> int:
    """Return where a verb ends with its subject and those to whom it speaks."""
    for child in children_with(verb, "dobj", "dative"):
        if verb.lemma_.lower() == "tell" and child_with(child, "relcl", "acl") is None:
            right = child.right_edge
    return place_of(scene, right)[1]
