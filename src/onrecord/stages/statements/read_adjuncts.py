from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.clauses.arcs import is_verbal
from onrecord.grammar import child_with, children_with, prepositional
from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.attribution_verb import speech_lemmas
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, tokens_in, trim_span
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

SHORTEST = 4
"""Words and marks after a source that are more than the rest of its name."""
NAMING = ("NOUN", "PROPN", "PRON", "NUM")


def read_adjuncts(scene: Scene) -> Iterator[Attribution]:
    """Yield what `according to X`, `in a poll` and `reportedly` attribute: the sentence around them."""
    adverbs = source_words("adverb")
    for token in scene.sentence.tokens:
        reader = ADJUNCTS.get(token.lower_)
        if reader is not None:
            yield from reader(scene, token)
        elif token.lower_ in adverbs:
            yield from _read_hearsay(scene, token)


def _read_according(scene: Scene, token: Token) -> Iterator[Attribution]:
    """`According to the union, the mill is closed.`"""
    for source in prepositional(token, "to")[:1]:
        if source.lemma_.lower() not in source_words("measure"):
            cue = (place_of(scene, token)[0], place_of(scene, source.head)[1])
            yield from _around(scene, cue, source, "according to", path=f"to>{source.dep_}")


def _read_figures(scene: Scene, token: Token) -> Iterator[Attribution]:
    """`In a poll, the mayor led`; not where somebody speaks: `In a poll, half said that they would leave.`"""
    verb = token.head
    for source in children_with(token, "pobj"):
        if source.lemma_.lower() not in source_words("figure") or verb.dep_ != "ROOT":
            continue
        is_at_edge = token.i == verb.sent.start or source.right_edge.i >= verb.sent.end - 2
        if is_at_edge and is_verbal(verb) and child_with(verb, "ccomp") is None:
            cue, path = place_of(scene, token), f"{token.lower_}>pobj"
            yield from _around(scene, cue, source, f"{token.lower_} figures", "document", path)


def _around(
    scene: Scene, cue: Span, source: Token, rule: str, attitude: str = "speech", path: str = ""
) -> Iterator[Attribution]:
    """Yield the sentence around a source; a piece that names nothing, like `But`, is left out."""
    sentence = scene.sentence
    before, after = (sentence.start, cue[0]), (place_of(scene, source.right_edge)[1], sentence.end)
    pieces = [before] if len(tokens_in(scene, after)) < SHORTEST else [before, after]
    kept = [one for one in pieces if any(token.pos_ in NAMING for token in tokens_in(scene, one))]
    whole = (absorb_quotes(scene, one, cue[0]) for one in kept)
    spans = tuple(span for one in whole if (span := trim_span(scene.text, one)))
    if spans:
        yield Attribution(sentence, spans, rule, source, cue=cue, attitude=attitude, path=path)


def _read_hearsay(scene: Scene, adverb: Token) -> Iterator[Attribution]:
    """`The firm reportedly sold its ships`: the clause comes from others, whoever they are."""
    verb = adverb.head
    if not is_verbal(verb) or verb.dep_ == "amod" or verb.lemma_.lower() in speech_lemmas("clause"):
        return
    first = (child_with(verb, "nsubj", "nsubjpass") or verb).left_edge
    cue = place_of(scene, adverb)
    pieces = ((place_of(scene, first)[0], cue[0]), (cue[1], place_of(scene, verb.right_edge)[1]))
    spans = tuple(span for piece in pieces if (span := trim_span(scene.text, piece)))
    if spans:
        yield Attribution(scene.sentence, spans, f"{adverb.lower_}:adverb", cue=cue)


ADJUNCTS: dict[str, Callable[[Scene, Token], Iterator[Attribution]]] = {
    "according": _read_according,
    **dict.fromkeys(("in", "by", "per"), _read_figures),
}
"""Words that open an adjunct, and what reads it."""
