"""The word vectors of spaCy's small convolutional networks, computed the quick way.

A spaCy `Tok2Vec` made of MultiHashEmbed and MaxoutWindowEncoder looks at each word alone, then a few
times at three words in a row. Two things are done differently here, neither of which changes the
result: a word is embedded once a process and remembered, and matrices are multiplied by numpy's BLAS
(`steady_products`) in stretches that stay in the processor's cache. `tests/stages/sentences`
compares the vectors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.lib.stride_tricks import as_strided
from spacy.tokens import Doc
from thinc.api import Model

from onrecord.stages.sentences.remember_rows import MIXERS, Columns, RowMemory, mix_columns
from onrecord.stages.sentences.steady_products import Floats, multiply

BLOCK = 512
"""Rows that are multiplied at a time."""
MOST_WORDS = 50_000
"""Words that are remembered; beyond that all are forgotten and learned again."""
KNOWN_LAYERS = re.compile(
    r"extract_features list2ragged( ints-getitem hashembed)+ maxout layernorm dropout ragged2list"
    r"( expand_window maxout layernorm dropout)+"
)
"""The innermost layers of the one kind of network that is computed here, in order."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One look at three words in a row: the largest of a few products, brought to a common scale."""

    weights: Floats
    """(three vectors, products); the products of one piece stand side by side."""
    bias: Floats
    gain: Floats
    shift: Floats

    def __call__(self, windows: Floats, centres: Floats, into: Floats) -> None:
        """Write the middle words' vectors plus what their windows give."""
        products = multiply(windows, self.weights)
        products += self.bias
        width = centres.shape[1]
        best = products[:, :width].copy()
        for start in range(width, products.shape[1], width):
            numpy.maximum(best, products[:, start : start + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = numpy.einsum("ij,ij->i", best, best) / numpy.float32(width) + numpy.float32(1e-8)
        best *= (1 / numpy.sqrt(spread))[:, None]
        best *= self.gain
        best += self.shift
        numpy.add(best, centres, out=into)


@dataclass(slots=True)
class WordEncoder:
    """Gives the vectors that a `Tok2Vec` gives, an array for each Doc."""

    columns: list[int | str]
    """What tells words apart: norm, prefix, shape, ..."""
    embedding: tuple[Model[Any, Any], ...]
    """The model's own layers that see a word alone."""
    layers: tuple[Layer, ...]
    known: RowMemory
    """Vectors of words; row 0 is zero, as what stands between Docs."""

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        words = numpy.concatenate(
            [doc.to_array(self.columns).reshape(len(doc), len(self.columns)) for doc in docs]
        )
        found = self.known.find(mix_columns(words), lambda new: self._embed(words[new]))
        gap = [0] * len(self.layers)
        rows, at = list(gap), 0
        spans = []
        for doc in docs:
            spans.append((len(rows), len(rows) + len(doc)))
            rows += found[at : at + len(doc)]
            rows += gap
            at += len(doc)
        vectors = self._look_around(rows)
        return [vectors[start:end] for start, end in spans]

    def _embed(self, words: Columns) -> Floats:
        vectors: Any = words
        for layer in self.embedding:
            vectors = layer.predict(vectors)
        found: Floats = vectors
        return found

    def _look_around(self, rows: list[int]) -> Floats:
        """Return the vectors of some rows of the table after all layers."""
        filled = [0, *rows, 0]
        before = self.known.table.take(filled, axis=0)
        after = numpy.zeros_like(before)
        shape = (len(filled) - 2, 3 * before.shape[1])
        for layer in self.layers:
            windows = as_strided(before, shape, before.strides)
            for start in range(0, len(windows), BLOCK):
                end = start + BLOCK
                layer(windows[start:end], before[1:-1][start:end], after[1:-1][start:end])
            before, after = after, before
        return before[1 : len(rows) + 1]


def read_encoder(tok2vec: Model[Any, Any]) -> WordEncoder | None:
    """Return the encoder with the weights of a `Tok2Vec`, or None if it is built in another way."""
    nodes = list(tok2vec.walk(order="dfs_pre"))
    leaves = [node for node in nodes if not node.layers]
    if not KNOWN_LAYERS.fullmatch(" ".join(leaf.name for leaf in leaves)):
        return None
    windows = [leaf for leaf in leaves if leaf.name == "expand_window"]
    embed, mix, _around = [node for node in nodes if node.name.startswith("with_array")]
    columns = leaves[0].attrs["columns"]
    widths = {leaf.get_dim("nO") for leaf in leaves if leaf.name == "layernorm"}
    if (
        any(window.attrs["window_size"] != 1 for window in windows)
        or sum(node.name.startswith("residual") and len(node.layers) == 1 for node in nodes) != len(windows)
        or len(columns) > len(MIXERS)
        or len(widths) > 1
    ):
        return None
    maxouts = [leaf for leaf in leaves if leaf.name == "maxout"][1:]
    norms = [leaf for leaf in leaves if leaf.name == "layernorm"][1:]
    layers = tuple(_read_layer(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True))
    known = RowMemory(numpy.zeros((1, widths.pop()), dtype="f"), MOST_WORDS)
    return WordEncoder(columns, (embed.layers[0], mix.layers[0]), layers, known)


def _read_layer(maxout: Model[Any, Any], norm: Model[Any, Any]) -> Layer:
    weights: Any = maxout.get_param("W")
    outs, pieces, ins = weights.shape
    side_by_side = weights.transpose(2, 1, 0).reshape(ins, pieces * outs)
    bias: Any = maxout.get_param("b")
    gain: Any = norm.get_param("G")
    shift: Any = norm.get_param("b")
    return Layer(numpy.ascontiguousarray(side_by_side), bias.T.reshape(-1).copy(), gain, shift)
