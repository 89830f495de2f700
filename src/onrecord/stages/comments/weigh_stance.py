"""The learned layer of stances: how much words near an actor, and the rules, speak for or against it.

Fitted by `tools/fit_stances.py`. Each word has a weight for blame and one for praise by its nearness in the
parse and in the line; they were learned over the word vectors of MiniLM, so that words that were never
seen have the weight of their likes, and are stored word by word: no vector is needed here.
"""

from __future__ import annotations

import math
import operator
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy

from onrecord.lexicons import data_path
from onrecord.stages.comments.describe_stance import Bearing
from onrecord.words import Token

FILE = "stance_words.npz"
FIGURES = 4
"""Decimals that log odds are rounded to: beyond them processors may differ."""
AGAINST, FOR = 0, 1
GAIN, LEAST = 1.8, 0.15
"""What one plain word of praise or blame is worth, 0.7 gives a score of 0.85; a smaller score is none."""
CLEAR = 0.4
"""Sum of the opinion words in a relation to the actor from which the rules decide; they are right in .83 of
such sentences of political news, as often as the weights."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model makes of an actor in a sentence."""

    score: float
    """Probability of praise, or of blame with a minus, whichever is likeliest; 0 where no attitude is."""
    words: tuple[tuple[Token, float], ...]
    """The words of the sentence and what each adds to the log odds of praise over blame."""
    rules: tuple[tuple[str, float], ...]
    """The same for each trait of `describe_stance`."""


@dataclass(frozen=True, slots=True)
class StanceModel:
    """Weights for blame and for praise over no attitude."""

    words: Mapping[int, tuple[tuple[float, ...], tuple[float, ...]]]
    """By a hash of the word, for blame and for praise: by nearness in the tree, in the line, anywhere."""
    traits: Mapping[str, tuple[float, float]]
    vectors: Any
    """(3 x width of the parser's vectors, 2)."""
    bias: tuple[float, float]

    def judge(self, bearing: Bearing) -> Judged:
        """Return the attitude of a sentence to an actor."""
        rules = [
            (name, [value * weight for weight in self.traits[name]]) for name, value in bearing.traits.items()
        ]
        said = [
            (word, [math.fsum(map(operator.mul, shares, weights)) for weights in found])
            for word, shares in bearing.words
            if (found := self.words.get(hash_word(word.lower_)))
        ]
        base = self.bias
        if bearing.vectors is not None and len(bearing.vectors) == len(self.vectors):
            base = tuple((bearing.vectors @ self.vectors + self.bias).round(FIGURES).tolist())
        odds = [
            round(base[side] + math.fsum(one[side] for _, one in (*rules, *said)), FIGURES)
            for side in (AGAINST, FOR)
        ]
        score = _score(odds[AGAINST], odds[FOR])
        if bearing.is_told or abs(bearing.related) >= CLEAR:  # a coward, or no coward: grammar tells
            told = math.tanh(GAIN * bearing.related)
            score = told if abs(told) >= LEAST else 0.0
        return Judged(
            score,
            tuple((word, one[FOR] - one[AGAINST]) for word, one in said),
            tuple((name, one[FOR] - one[AGAINST]) for name, one in rules),
        )


def _score(against: float, in_favour: float) -> float:
    """Return the larger of two probabilities, blame with a minus; 0 if no attitude is likelier."""
    if max(against, in_favour) <= 0:
        return 0.0
    blame, praise = math.exp(against), math.exp(in_favour)
    return max(praise, -blame, key=abs) / (1 + blame + praise)


def hash_word(word: str) -> int:
    """Return the number under which a word of lower case is stored.

    >>> hash_word("bridge")
    1769475999
    """
    return zlib.crc32(word.encode("utf-8", "replace"))


@cache
def read_stance_model() -> StanceModel:
    """Return the model that is installed with onrecord."""
    with numpy.load(data_path(FILE), allow_pickle=False) as archive:
        file: dict[str, Any] = {name: archive[name] for name in archive.files}
    weights = (file["weights"].astype("d") * file["scale"].astype("d")).round(FIGURES).tolist()
    names = file["traits"].tobytes().decode().split("\n")
    traits = file["trait_weights"].astype("d").round(FIGURES).tolist()
    blame, praise = file["bias"].astype("d").round(FIGURES).tolist()
    return StanceModel(
        {
            key: (tuple(one[0::2]), tuple(one[1::2]))
            for key, one in zip(file["keys"].tolist(), weights, strict=True)
        },
        {name: (against, in_favour) for name, (against, in_favour) in zip(names, traits, strict=True)},
        file["vector_weights"].astype("d"),
        (blame, praise),
    )
