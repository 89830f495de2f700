"""Vectors of words in their sentence: a small transformer, read from the model file and run by onnxruntime.

The layers are the first ones of MiniLM (Wang et al. 2020; all-MiniLM-L6-v2, Apache-2.0), with a vocabulary
cut down to its commonest pieces, trained on by `tools/fit_events.py`. The sentences of a story are read
side by side and no others, so that a page has the same vectors in any batch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy
from numpy.typing import NDArray
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

Floats = NDArray[numpy.float32]
Doubles = NDArray[numpy.float64]
Bounds = tuple[int, int]
"""First row of a sentence, and the one after its last."""

MOST_PIECES = 96
"""Pieces of a sentence that are read; words beyond them get the vector of the sentence."""
MOST_ROWS = 128
"""Pieces of sentences that are read side by side: more of them leave the cache between two steps."""
MOST_WORDS = 50_000
"""Words whose pieces are remembered; beyond that all are forgotten."""
SPLIT = re.compile(r"\w+|[^\w\s]")
MOST_SCORE = 600.0
"""Largest score of attention, above 0 and below, whose powers stay well in the range of doubles; what is
beyond counts as this. The greatest that was seen is 54."""
EPSILON = 1e-12
"""Added to the variance in layer norms, as in BERT."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer: attention of all pieces to all, then a feed-forward network.

    The graphs come from `tools/layer_graphs.py`. Their products are of whole numbers, which no order of
    summing changes, and each row is scaled by its own largest value: a sentence has the same vectors
    beside any others, under any kernel of BLAS.
    """

    mix: InferenceSession
    """From rows (pieces, width) to queries, keys and values side by side (pieces, 3 x width)."""
    out: InferenceSession
    out_norm: tuple[Floats, Floats]
    feed: InferenceSession
    feed_norm: tuple[Floats, Floats]

    def __call__(
        self,
        rows: Floats,
        heads: int,
        bounds: Sequence[Bounds],
        picked: Sequence[Sequence[int]] | None = None,
    ) -> Floats:
        """Return the rows (pieces, width) of some sentences after attention and feed-forward.

        With `picked`, the places of some pieces in each sentence, only theirs.
        """
        count, width = rows.shape
        parts = run(self.mix, rows).reshape(count, 3, heads, width // heads)
        places = [None] * len(bounds) if picked is None else picked
        seen = numpy.concatenate(
            [attend(parts[start:end], some) for (start, end), some in zip(bounds, places, strict=True)]
        )
        if picked is not None:
            wanted = [start + n for (start, _), some in zip(bounds, picked, strict=True) for n in some]
            rows = rows.take(wanted, axis=0)
        rows = normalise(run(self.out, seen) + rows, *self.out_norm)
        return normalise(run(self.feed, rows) + rows, *self.feed_norm)


def run(graph: InferenceSession, rows: Floats) -> Floats:
    """Return what a graph gives for some rows."""
    given: Floats = graph.run(None, {"rows": rows})[0]
    return given


def attend(mixed: Floats, picked: Sequence[int] | None) -> Floats:
    """Return what the pieces of a sentence, or some of them, see in all of it: (pieces, width).

    In doubles, since kernels differ in their last bits: rounded to floats they do not. Steps are done in
    place, and shares are made of what was seen: a new array of all pairs costs more than what fills it.
    """
    queries, keys, values = mixed.transpose(1, 2, 0, 3).astype("d", order="C")
    if picked is not None:
        queries = queries[:, picked]
    weights: Doubles = queries @ keys.transpose(0, 2, 1)
    weights *= mixed.shape[3] ** -0.5
    numpy.clip(weights, -MOST_SCORE, MOST_SCORE, out=weights)
    numpy.exp(weights, out=weights)
    seen: Doubles = weights @ values
    seen /= weights.sum(axis=2, keepdims=True)
    return seen.transpose(1, 0, 2).reshape(queries.shape[1], -1).astype("f")


def normalise(rows: NDArray[Any], gain: Floats, shift: Floats) -> Floats:
    """Return rows brought to mean 0 and variance 1, then scaled."""
    width = numpy.float32(rows.shape[1])
    rows = rows - rows.sum(axis=1, keepdims=True) / width
    rows /= numpy.sqrt((rows * rows).sum(axis=1, keepdims=True) / width + numpy.float32(EPSILON))
    rows *= gain
    rows += shift
    return rows


@dataclass(slots=True)
class ContextEncoder:
    """Gives vectors of words in their sentence, and one of the sentence."""

    pieces: Mapping[str, int]
    table: Floats
    """(pieces, width)."""
    positions: Floats
    norm: tuple[Floats, Floats]
    layers: tuple[Layer, ...]
    heads: int
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __call__(self, sentences: Sequence[tuple[Sequence[str], Sequence[int]]]) -> list[Floats]:
        """Return for each sentence, given by its words and some places, vectors (1 + places, width).

        The first is that of the sentence. Sentences are read side by side, some hundred pieces at a time.
        """
        found: list[Floats] = []
        some: list[tuple[list[int], list[int]]] = []
        for words, places in sentences:
            line, rows = self.line_up(words)
            if some and sum(len(one) for one, _ in some) + len(line) > MOST_ROWS:
                found += self._read(some)
                some = []
            some.append((line, [0, *(rows[place] for place in places)]))
        return found + (self._read(some) if some else [])

    def _read(self, some: Sequence[tuple[list[int], list[int]]]) -> list[Floats]:
        """Return the vectors of the picked pieces of some lines of pieces."""
        ends = list(accumulate(len(line) for line, _ in some))
        bounds = [(end - len(line), end) for end, (line, _) in zip(ends, some, strict=True)]
        where = [n for line, _ in some for n in range(len(line))]
        pieces = [n for line, _ in some for n in line]
        rows = normalise(self.table.take(pieces, axis=0) + self.positions.take(where, axis=0), *self.norm)
        for layer in self.layers[:-1]:
            rows = layer(rows, self.heads, bounds)
        picked = [places for _, places in some]
        rows = self.layers[-1](rows, self.heads, bounds, picked)
        cuts = list(accumulate(map(len, picked)))
        return [rows[cut - len(places) : cut] for cut, places in zip(cuts, picked, strict=True)]

    def line_up(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Return the pieces of a sentence and the place of each word's first one, 0 for words not read."""
        line, rows = [self.pieces["[CLS]"]], []
        for word in words:
            cut = self.cut(word)
            if len(line) + len(cut) > MOST_PIECES - 1:
                break
            rows.append(len(line))
            line += cut
        return [*line, self.pieces["[SEP]"]], rows + [0] * (len(words) - len(rows))

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word, the longest first from the left, as WordPiece has it."""
        if word not in self.known:
            if len(self.known) > MOST_WORDS:
                self.known.clear()
            plain = unicodedata.normalize("NFD", word.lower())
            plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
            cut = [piece for part in SPLIT.findall(plain) for piece in self._cut_part(part)]
            self.known[word] = tuple(cut) or (self.pieces["[UNK]"],)
        return self.known[word]

    def _cut_part(self, part: str) -> list[int]:
        found, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = self.pieces.get(("##" if start else "") + part[start:end])
                if piece is not None:
                    break
            else:
                return [self.pieces["[UNK]"]]
            found.append(piece)
            start = end
        return found


def read_encoder(file: Mapping[str, Any]) -> ContextEncoder:
    """Return the encoder that stands in a model file: graphs, and matrices as `unpack` reads them."""
    names = file["pieces"].tobytes().decode().split("\n")
    layers = tuple(_read_layer(file, f"layer{n}_") for n in range(int(file["layers"])))
    return ContextEncoder(
        {name: row for row, name in enumerate(names)},
        unpack(file, "table"),
        unpack(file, "positions"),
        _norm(file, "norm"),
        layers,
        int(file["heads"]),
    )


def _read_layer(file: Mapping[str, Any], name: str) -> Layer:
    return Layer(
        open_graph(file[name + "mix"]),
        open_graph(file[name + "out"]),
        _norm(file, name + "out_norm"),
        open_graph(file[name + "feed"]),
        _norm(file, name + "feed_norm"),
    )


def open_graph(data: NDArray[numpy.uint8]) -> InferenceSession:
    """Return a graph that is ready to run, on one thread as all reading is.

    Steps are not joined: what is computed at once may be rounded otherwise.
    """
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(data.tobytes(), options, providers=["CPUExecutionProvider"])


def _norm(file: Mapping[str, Any], name: str) -> tuple[Floats, Floats]:
    gain, shift = file[name].astype("f")
    return gain, shift


def unpack(file: Mapping[str, Any], name: str) -> Floats:
    """Return a matrix that was stored as int8 with a scale for each column."""
    matrix: Floats = numpy.ascontiguousarray(file[name].astype("f") * file[name + "_scale"].astype("f"))
    return matrix
