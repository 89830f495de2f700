from __future__ import annotations

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import child_with, children_with
from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.stages.statements.end_content import end_before_cue, end_of_siblings
from onrecord.stages.statements.find_quotes import count_words
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between
from onrecord.stages.statements.source_words import source_words
from onrecord.stages.statements.tag_ends import (
    FINITE,
    MARKS,
    SUBJECTS,
    end_of_inserted,
    tag_ends,
    tokens_between,
)
from onrecord.words import Token

AMOUNTS = ("about", "around", "over", "under", "between")
"""`said about half of the seats were lost`"""
SETTING = ("on", "in", "at", "during")
SHORT_TAG = 60
"""Characters between a cue and the stop before a quote that goes on."""
Words = tuple[str, ...]


def read_clause(
    scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]
) -> list[Span]:
    """Return the clause that completes a verb, without the words that name who speaks."""
    inserted = end_of_inserted(verb)
    if inserted is not None:
        cue, end = place_of(scene, verb)[0], place_of(scene, inserted)[1]
        halves = (scene.sentence.start, cue), (end, scene.sentence.end)
        return [absorb_quotes(scene, half, cue) for half in halves]
    clauses = [c for c in children_with(verb, "ccomp") if _is_clause(c, verb)]
    if not clauses:
        return _matrix_of(scene, verb) or _reduced_of(scene, verb)
    clause = next((c for c in clauses if c.i > verb.i), clauses[0])
    if clause.i > verb.i and _is_inverted(scene, verb, clause):
        return [(scene.sentence.start, place_of(scene, verb.nbor(-1))[0])]
    left, right = tag_ends(verb)
    tokens = list(clause.subtree)
    if clause.i > verb.i:
        return _following(scene, verb, clause, tokens, cues)
    if tokens[-1].i < left.i:
        span = absorb_quotes(scene, span_between(scene, tokens[0], tokens[-1]), place_of(scene, verb)[0])
        return [_without_speaker(scene, span), *_resumed(scene, verb, right)]
    return _surrounding(scene, verb, tokens)


def _following(
    scene: Scene, verb: Token, clause: Token, tokens: list[Token], cues: frozenset[str]
) -> list[Span]:
    """Return a clause after its cue, with the words of it that stand before: `what, he said, was lost`."""
    left, right = tag_ends(verb)
    low, high = tokens[0], end_before_cue(tokens, verb, cues)
    if low.i <= right.i or _is_topic(verb, right, low):
        low = verb.doc[min(right.i + 1, clause.i)]
    low = _without_setting(list(verb.doc[low.i : tokens[-1].i + 1]))[0]
    if high == tokens[-1]:
        high = end_of_siblings(verb, high, cues)
    ahead = [t for t in tokens if t.i < left.i] if low.i > right.i >= tokens[0].i else []
    opening = [span_between(scene, ahead[0], ahead[-1])] if ahead else []
    return [*opening, absorb_quotes(scene, span_between(scene, low, high), place_of(scene, verb)[0])]


def _surrounding(scene: Scene, verb: Token, tokens: list[Token]) -> list[Span]:
    """Return a clause that its cue interrupts: `The road, he said, is closed.`"""
    left, right = tag_ends(verb)
    cue = place_of(scene, verb)[0]
    before = span_between(scene, tokens[0], verb.doc[max(tokens[0].i, left.i - 1)])
    spans = [absorb_quotes(scene, before, cue)]
    after = [t for t in tokens if t.i > right.i]
    if after:
        spans.append(absorb_quotes(scene, span_between(scene, after[0], after[-1]), cue))
    return spans


def _is_inverted(scene: Scene, verb: Token, clause: Token) -> bool:
    """Return whether the parse took who speaks for what is said: `The road is shut, said a clerk in Oslo.`"""
    before = verb.doc[verb.i - 1] if verb.i > scene.sentence.tokens.start else None
    if before is None or before.text != "," or child_with(verb, *SUBJECTS) is not None:
        return False
    told = scene.sentence.tokens[: verb.i - scene.sentence.tokens.start]
    is_noun = clause.pos_ in ("NOUN", "PROPN") or child_with(clause, *SUBJECTS) is None
    return is_noun and verb.tag_ in ("VBD", "VBZ") and any(t.tag_ in FINITE for t in told)


def _without_speaker(scene: Scene, span: Span) -> Span:
    """Return the quotation alone where the parse took the speaker after it along: `“Yes,” the clerk said.`"""
    for quote in scene.quotes:
        last = scene.text[quote.start : quote.end].rstrip(MARKS)[-1:]
        if quote.start - 1 <= span[0] and quote.end < span[1] and last and last in ",?!":
            return span[0], quote.end
    return span


def _matrix_of(scene: Scene, verb: Token) -> list[Span]:
    """Return the sentence that a cue is inserted into: `The road, he said, is closed`, `As he said, ...`."""
    matrix = verb.head
    if verb.dep_ != "parataxis" and not (verb.dep_ == "advcl" and mark_of(verb) == "as"):
        return []
    own = list(verb.subtree)
    first, last = own[0].i, own[-1].i
    kept = [t for t in matrix.subtree if not first <= t.i <= last]
    pieces = [[t for t in kept if t.i < first], [t for t in kept if t.i > last]]
    cue = place_of(scene, verb)[0]
    return [absorb_quotes(scene, span_between(scene, piece[0], piece[-1]), cue) for piece in pieces if piece]


def _reduced_of(scene: Scene, verb: Token) -> list[Span]:
    """Return a clause that the parse took for an object: `said more than 40 people registered for it`."""
    subject = child_with(verb, "dobj")
    if subject is None or verb.lemma_.lower() != "say" or subject.i < verb.i:
        return []
    clause = next((c for c in subject.rights if c.dep_ == "acl" and c.tag_ in ("VBN", "VBD")), None)
    if clause is None:
        return []
    return [span_between(scene, subject.left_edge, subject.right_edge)]


def _resumed(scene: Scene, verb: Token, right: Token) -> list[Span]:
    """Return what follows a cue that interrupts its content: `The road, he said on Monday, is closed.`"""
    for child in verb.rights:
        if child.dep_ in ("prep", "npadvmod", "dative", "dobj") and child.left_edge.i == right.i + 1:
            right = child.right_edge
    rest = [t for t in scene.sentence.tokens if t.i > right.i]
    if len(rest) < 4 or rest[0].text != "," or rest[1].tag_ in ("VBG", "VBN", "WDT", "WP", "RB"):
        return []
    if rest[1].lower_ in ("according", "as", "in", "on", "at", "during", "after", "before", "when", "while"):
        return []
    if rest[1].pos_ in ("NOUN", "PROPN", "DET") and not any(t.tag_ in FINITE for t in rest):
        return []
    return [absorb_quotes(scene, (place_of(scene, rest[1])[0], scene.sentence.end), place_of(scene, verb)[0])]


def _is_clause(clause: Token, verb: Token) -> bool:
    """Return whether a complement is a clause, and not a small one (`called him mad`)."""
    if clause.i < verb.i or clause.tag_ in FINITE:
        return True
    return any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "mark") for c in clause.children)


def _is_topic(verb: Token, right: Token, low: Token) -> bool:
    """Return whether the parse hung the subject of a clause to the cue: `said about half of it was lost`."""
    between = verb.doc[right.i + 1] if right.i + 1 < low.i else None
    return (
        between is not None
        and low.tag_ in FINITE
        and between.dep_ == "prep"
        and between.head == verb
        and between.lower_ in AMOUNTS
        and between.right_edge.i == low.i - 1
    )


def read_bare(scene: Scene, verb: Token, preps: Words, completers: Words, cues: frozenset[str]) -> list[Span]:
    """Return the sentence around a verb and its subject, where the parse holds no complement."""
    left, right = tag_ends(verb)
    if (left.i == verb.i and right.i == verb.i) or any(c.lower_ == "to" for c in verb.lefts):
        return []
    sentence = scene.sentence
    start, end = place_of(scene, left)[0], _tag_end(scene, verb, right)
    before = scene.text[sentence.start : start].rstrip()
    after = scene.text[end : sentence.end].strip()
    cue = place_of(scene, verb)[0]
    if before.endswith(",") and after[:1] == ",":
        return [absorb_quotes(scene, span, cue) for span in ((sentence.start, start), (end, sentence.end))]
    if (
        before.endswith(",")
        and count_words(scene.text, (sentence.start, start)) > 4
        and len(after) < SHORT_TAG
    ):
        return [absorb_quotes(scene, (sentence.start, start), cue)]
    return _bare_tail(scene, verb, tokens_between(scene, end, sentence.end), cues)


def _bare_tail(scene: Scene, verb: Token, tail: list[Token], cues: frozenset[str]) -> list[Span]:
    """Return what follows a cue up to the end of its sentence, if it has a verb of its own."""
    tail = _without_setting(tail)
    if verb.lemma_.lower() == "tell":
        tail = _after_addressee(tail)
    if not tail or tail[0].text in ".,;" or not any(t.tag_ in FINITE for t in tail[1:]):
        return []
    last = end_before_cue(tail, verb, cues)
    stop = scene.sentence.end if last is tail[-1] else place_of(scene, last)[1]
    return [absorb_quotes(scene, (place_of(scene, tail[0])[0], stop), place_of(scene, verb)[0])]


def _without_setting(tokens: list[Token]) -> list[Token]:
    """Return the words of a content after the phrase that tells where or when they were said.

    `said in a statement that ...`, `said on Friday the road ...`
    """
    if not tokens or tokens[0].dep_ != "prep" or not _is_setting(tokens[0]):
        return tokens
    after = tokens[0].right_edge.i + 1
    return [t for t in tokens if t.i >= after] or tokens


def _after_addressee(tokens: list[Token]) -> list[Token]:
    """Return the words of a content from its `that`: `told cheering farmers that ...`"""
    mark = next((i for i, t in enumerate(tokens) if t.lower_ == "that" and t.dep_ == "mark"), 0)
    is_told = not any(t.tag_ in FINITE and t.dep_ != "relcl" for t in tokens[:mark])
    return tokens[mark:] if is_told else tokens


def _is_setting(prep: Token) -> bool:
    """Return whether a phrase tells when or where words were said: `on Friday`, `in an interview`."""
    noun = child_with(prep, "pobj")
    if noun is None or prep.lower_ not in SETTING:
        return False
    is_day = noun.ent_type_ == "DATE" and noun.pos_ == "PROPN" and noun.right_edge.i == noun.i
    return is_day or noun.lemma_.lower() in source_words("venue")


def _tag_end(scene: Scene, verb: Token, right: Token) -> int:
    """Return where a verb ends with its subject and those to whom it speaks."""
    for child in verb.rights:
        beside = child.dep_ in ("dobj", "dative") and child.left_edge.i == right.i + 1
        if beside and verb.lemma_.lower() == "tell" and child_with(child, "relcl", "acl") is None:
            right = child.right_edge
    return place_of(scene, right)[1]
