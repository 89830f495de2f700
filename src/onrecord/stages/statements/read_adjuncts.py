from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import child_with
from onrecord.records import Sentence, Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.attribution_verb import speech_lemmas
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, trim_span
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

SHORTEST = 12
"""Characters of a stretch that can be said to come from somebody."""
FIGURE_PREPOSITIONS = ("in", "by", "per")
"""`In a poll, she led`; `by one estimate, a third was lost`"""
CLAUSES = ("ccomp", "advcl", "relcl", "conj", "acl", "parataxis")


def read_adjuncts(scene: Scene) -> Iterator[Attribution]:
    """Yield what `according to X`, `in a poll` and `reportedly` attribute: the sentence around them."""
    for token in scene.sentence.tokens:
        word = token.lower_
        if word == "according":
            yield from _according(scene, token)
        elif word in FIGURE_PREPOSITIONS and token.dep_ == "prep":
            yield from _in_figures(scene, token)
        elif word in source_words("adverb") and token.dep_ == "advmod":
            yield from _hearsay(scene, token)


def _according(scene: Scene, token: Token) -> Iterator[Attribution]:
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if following is not None and following.lower_ == "to":
        source = child_with(following, "pobj") or _first_noun(following)
        if source is not None and source.lemma_.lower() not in source_words("measure"):
            yield from _around(scene, (token, following), source, "according to")


def _first_noun(preposition: Token) -> Token | None:
    return next((t for t in preposition.rights if t.pos_ in ("NOUN", "PROPN", "PRON")), None)


def _in_figures(scene: Scene, token: Token) -> Iterator[Attribution]:
    """Yield what a poll found: the sentence that `in a poll` opens or closes, if nobody speaks in it."""
    source = child_with(token, "pobj")
    verb = token.head
    if (
        source is None
        or source.lemma_.lower() not in source_words("figure")
        or verb.pos_ not in ("VERB", "AUX")
    ):
        return
    opens = token.i == verb.sent.start or token.nbor(-1).is_space
    closes = source.right_edge.i >= verb.sent.end - 2
    if verb.dep_ == "ROOT" and (opens or closes) and child_with(verb, "ccomp") is None:
        yield from _around(scene, (token, token), source, f"{token.lower_} figures", "document")


def _around(
    scene: Scene, cue: tuple[Token, Token], source: Token, rule: str, attitude: str = "speech"
) -> Iterator[Attribution]:
    start, end = place_of(scene, cue[0])[0], place_of(scene, source.right_edge)[1]
    sentence = scene.sentence
    before = _kept(scene, (sentence.start, start), start, _holds_subject(sentence, start))
    after = _kept(scene, (end, sentence.end), start)
    spans = tuple(span for span in (before, after) if span)
    if spans:
        place = (start, place_of(scene, cue[1])[1])
        path = f"{cue[1].lower_}>{source.dep_}"
        yield Attribution(sentence, spans, rule, source, cue=place, attitude=attitude, path=path)


def _holds_subject(sentence: Sentence, end: int) -> bool:
    """Return whether the subject of a sentence stands before an offset, and its verb after it."""
    for token in sentence.tokens:
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT":
            place, verb = sentence.offset + token.idx, sentence.offset + token.head.idx
            return place < end < verb
    return False


def _kept(scene: Scene, span: Span, cue: int, short: bool = False) -> Span | None:
    trimmed = trim_span(scene.text, span)
    if trimmed is None or (trimmed[1] - trimmed[0] < SHORTEST and not short):
        return None
    start, end = absorb_quotes(scene, trimmed, cue)
    return (start, end) if end > start else None


def _hearsay(scene: Scene, adverb: Token) -> Iterator[Attribution]:
    """Yield the clause that an adverb says to come from others, whoever they are."""
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX") or verb.dep_ == "amod" or verb.lemma_.lower() in speech_lemmas():
        return
    subject = child_with(verb, "nsubj", "nsubjpass")
    low = subject.left_edge if subject is not None and subject.i < verb.i else verb.left_edge
    high = verb.right_edge
    cue = place_of(scene, adverb)
    pieces = ((place_of(scene, low)[0], cue[0]), (cue[1], place_of(scene, high)[1]))
    spans = tuple(span for piece in pieces if (span := trim_span(scene.text, piece)) and span[0] < span[1])
    if spans:
        yield Attribution(scene.sentence, spans, f"{adverb.lower_}:adverb", cue=cue, attitude="speech")
