"""The named entities that spaCy's recogniser finds, computed for many words at once.

The recogniser goes from word to word and sees three vectors: of the word, of the first word of the
entity that is open, and of the word before. While none is open it sees the word alone, so that all
words can be scored together; the few that open an entity are then followed, again together, to its
end. `tests/stages/sentences` compares the entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord.stages.sentences.encode_words import WordEncoder, read_encoder
from onrecord.stages.sentences.steady_products import Floats, multiply
from onrecord.stages.sentences.take_batches import take_batches

Bits = NDArray[numpy.bool_]
Indices = NDArray[numpy.intp]
FEATURES = 3
"""Vectors that the recogniser sees: the word, the first of the open entity, the word before."""


@dataclass(frozen=True, slots=True)
class EntityFinder:
    """Sets the entities of a Doc as the recogniser of its model does."""

    encode: WordEncoder
    squeeze: tuple[Floats, Floats]
    """Weights and bias that make the vectors shorter."""
    lower: tuple[Floats, ...]
    """Weights of the hidden layer, for each feature."""
    absent: tuple[Floats, ...]
    """What a feature gives to the hidden layer where there is no such word."""
    bias: Floats
    pieces: int
    upper: tuple[Floats, Floats]
    """Weights and bias of the scores."""
    moves: tuple[str, ...]
    """What each score is for: `B-ORG` opens, `I-` goes on, `L-` closes, `U-` is a single word, `O` none."""

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Yield some Docs with their entities, in order."""
        return take_batches(docs, batch_size, self._set_entities)

    def _set_entities(self, docs: Sequence[Doc]) -> None:
        vectors = _project(numpy.concatenate(self.encode(docs)), *self.squeeze)
        flags = numpy.concatenate([doc.to_array([SENT_START, IS_SPACE]) for doc in docs])
        closing = numpy.append(flags[1:, 0] == 1, True)
        ends = numpy.cumsum([len(doc) for doc in docs])
        closing[ends - 1] = True
        seen = multiply(vectors, self.lower[0].T)
        chosen = self._choose_alone(seen, closing, flags[:, 1] == 1)
        last = self._follow(vectors, seen, closing, chosen)
        first = free = 0
        starts = iter([*numpy.flatnonzero(chosen >= 0).tolist(), len(vectors)])
        start = next(starts)
        for doc, end in zip(docs, ends.tolist(), strict=True):
            spans = []
            while start < end:
                if start >= free:
                    free = last.get(start, start) + 1
                    spans.append(Span(doc, start - first, free - first, self.moves[chosen[start]][2:]))
                start = next(starts)
            doc.set_ents(spans)
            first = end

    def _choose_alone(self, seen: Floats, closing: Bits, blank: Bits) -> Indices:
        """Return the move at each word if no entity is open there; -1 for none.

        `closing` tells the last words of sentences, which open nothing that goes on.
        """
        scores = self._score(seen + self.absent[1] + self.absent[2])
        opens, single, none = (self._columns(kind) for kind in "BUO")
        scores[numpy.ix_(closing | blank, opens)] = -numpy.inf
        scores[numpy.ix_(blank, single)] = -numpy.inf
        allowed = numpy.concatenate((opens, single, none))
        chosen: Indices = allowed[scores[:, allowed].argmax(axis=1)]
        chosen[chosen == none[0]] = -1
        return chosen

    def _follow(self, vectors: Floats, seen: Floats, closing: Bits, chosen: Indices) -> dict[int, int]:
        """Return the last word of the entity that each word opens, if it opens one of several words."""
        starts = numpy.flatnonzero(numpy.isin(chosen, self._columns("B")))
        inner, closer = (self._partners(kind) for kind in "IL")
        last: dict[int, int] = {}
        here = starts + 1
        while len(starts):
            first = multiply(vectors[starts], self.lower[1].T)
            before = multiply(vectors[here - 1], self.lower[2].T)
            scores = self._score(seen[here] + first + before)
            rows, opened = numpy.arange(len(starts)), chosen[starts]
            goes_on = (scores[rows, inner[opened]] > scores[rows, closer[opened]]) & ~closing[here]
            last.update(zip(starts[~goes_on].tolist(), here[~goes_on].tolist(), strict=True))
            starts, here = starts[goes_on], here[goes_on] + 1
        return last

    def _score(self, hidden: Floats) -> Floats:
        hidden += self.bias
        best = hidden[:, :: self.pieces]
        for piece in range(1, self.pieces):  # many times as fast as the maximum over a short axis
            best = numpy.maximum(best, hidden[:, piece :: self.pieces])
        return _project(best, *self.upper)

    def _columns(self, kind: str) -> Indices:
        """Return where the scores of one kind of move stand; spaCy's own move without a label is left out."""
        found = [i for i, move in enumerate(self.moves) if move[0] == kind and (kind == "O" or move[2:])]
        return numpy.array(found, dtype=numpy.intp)

    def _partners(self, kind: str) -> Indices:
        """Return for each move the one of a kind with the same label; 0 where there is none."""
        places = {move: i for i, move in enumerate(self.moves)}
        return numpy.array([places.get(kind + move[1:], 0) for move in self.moves], dtype=numpy.intp)


def _project(vectors: Floats, weights: Floats, bias: Floats) -> Floats:
    product: Floats = multiply(vectors, weights.T)
    product += bias
    return product


def read_finder(ner: Any) -> EntityFinder | None:
    """Return the finder with the weights of spaCy's recogniser, or None if it is built in another way."""
    model = getattr(ner, "model", None)
    if model is None or model.name != "parser_model" or ner.cfg.get("beam_width") != 1:
        return None
    chain, lower, upper = model.layers
    encoder = read_encoder(chain.layers[0])
    names = [layer.name for layer in chain.layers[1:]]
    if (
        encoder is None
        or names != ["list2array", "linear"]
        or (lower.name, upper.name) != ("precomputable_affine", "linear")
        or lower.get_dim("nF") != FEATURES
        or model.attrs["unseen_classes"]
    ):
        return None
    weights, absent = lower.get_param("W"), lower.get_param("pad")
    hidden = lower.get_dim("nO") * lower.get_dim("nP")
    squeeze = chain.layers[2]
    return EntityFinder(
        encode=encoder,
        squeeze=(squeeze.get_param("W"), squeeze.get_param("b")),
        lower=tuple(weights.reshape(FEATURES, hidden, -1)),
        absent=tuple(absent.reshape(FEATURES, hidden)),
        bias=lower.get_param("b").reshape(hidden),
        pieces=lower.get_dim("nP"),
        upper=(upper.get_param("W"), upper.get_param("b")),
        moves=tuple(ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)),
    )


@Language.factory("find_entities")
def make_finder(nlp: Language, name: str) -> Any:
    """Return the component that stands in for the entity recogniser."""
    return read_finder(nlp.get_pipe("ner"))
