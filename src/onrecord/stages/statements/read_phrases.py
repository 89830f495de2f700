from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import child_with
from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, trim_span
from onrecord.words import Token


def read_phrases(scene: Scene) -> Iterator[Attribution]:
    """Yield what `according to X` attributes: the sentence around it."""
    for token in scene.sentence.tokens:
        if token.lower_ == "according":
            following = token.nbor(1) if token.i + 1 < len(token.doc) else None
            if following is not None and following.lower_ == "to":
                source = child_with(following, "pobj") or _first_noun(following)
                if source is not None:
                    yield from _around(scene, token, following, source)


def _first_noun(preposition: Token) -> Token | None:
    return next((t for t in preposition.rights if t.pos_ in ("NOUN", "PROPN", "PRON")), None)


def _around(scene: Scene, first: Token, last: Token, source: Token) -> Iterator[Attribution]:
    start, end = place_of(scene, first)[0], place_of(scene, source.right_edge)[1]
    sentence = scene.sentence
    before = _kept(scene, (sentence.start, start), start)
    after = _kept(scene, (end, sentence.end), start)
    spans = tuple(span for span in (before, after) if span)
    if spans:
        cue = (start, place_of(scene, last)[1])
        yield Attribution(sentence, spans, "according to", source, cue=cue)


def _kept(scene: Scene, span: Span, cue: int) -> Span | None:
    trimmed = trim_span(scene.text, span)
    if trimmed is None or trimmed[1] - trimmed[0] < 12:
        return None
    start, end = absorb_quotes(scene, trimmed, cue)
    return (start, end) if end > start else None
