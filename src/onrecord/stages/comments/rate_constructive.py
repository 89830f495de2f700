from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
ADDRESS = re.compile(r"\bhttps?://\S+")
SENTENCE_END = re.compile(r"[.!?]+")
QUOTED_REPLY = re.compile(r"\(in reply to:.*?--[^)]*\)", re.I | re.S)
DOTS = re.compile(r"\.{2,}|,{2,}|…")
MOST = 1.0
"""How far one feature of the wording may move the score (in logits); length and abuse may more."""


DENSE = 10.0
"""Words in which one turn of phrase counts in full."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase that marks a constructive contribution, or the lack of one."""

    phrase: str
    kind: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class ProseWord:
    """A small word, or the end of one, by which written-out prose is told from shouts and jottings."""

    word: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Trait:
    """How a share of the words moves the score: by `weight` for each unit above what is `usual`."""

    name: str
    usual: float
    weight: float


PROSE = (
    Trait("article", 0.08, 8.5),
    Trait("joining", 0.03, 7.0),
    Trait("preposition", 0.09, 2.0),
    Trait("modal", 0.01, 11.0),
    Trait("suffix", 0.025, 5.5),
)
"""Shares of the words; usual is the mean of news comments."""
SAID = {
    "article": "names things in full",
    "joining": "joins clauses",
    "preposition": "says where, when and of what",
    "modal": "says what should or could be",
    "suffix": "abstract nouns",
}


def rate_constructive(text: str, topic: frozenset[str], abuse: float) -> tuple[float, tuple[str, ...]]:
    """Return how constructive a comment is, 0..1, and the features that moved it, the largest first.

    `topic` holds the content words of the report; `abuse` is the comment's score for abuse.
    """
    own = ADDRESS.sub(" ", QUOTED_REPLY.sub(" ", text.replace("’", "'")))
    words = WORD.findall(own.lower())
    if not words:
        return 0.0, ()
    features = {**_prose(words, own), **_turns(words)}
    features["words of the report"] = 0.8 * len(set(words) & topic) / len(words)
    features = {name: max(-MOST, min(MOST, value)) for name, value in features.items()}
    features["abuse"] = 0.9 * (-3.0 * abuse - 0.5 * math.log(0.02 + abuse) - 1.0)
    features["own words"] = 2.5 * math.log(len(words) / 35)
    score = 1 / (1 + math.exp(-(_sum(features.values()) - 0.4)))
    ranked = sorted(features.items(), key=lambda item: (-abs(item[1]), item[0]))
    return round(score, 3), tuple(
        f"constructive {value:+.1f}: {name}" for name, value in ranked[:5] if abs(value) >= 0.05
    )


def _prose(words: list[str], own: str) -> dict[str, float]:
    """Return what the build of the text adds: whole sentences of connected, varied words."""
    count = len(words)
    kinds = Counter(kind for word in words for kind in _kinds_of(word))
    features = {SAID[t.name]: t.weight * (kinds[t.name] / count - t.usual) for t in PROSE}
    length = count / max(1, len(SENTENCE_END.findall(own)))
    features["length of sentences"] = 0.7 * math.log(length / 13)
    features["varied words"] = 1.5 * (len(set(words)) / count - 0.83)
    features["trailing dots"] = -0.25 * len(DOTS.findall(own))
    return features


def _turns(words: list[str]) -> dict[str, float]:
    """Return for each kind of turn what its phrases add, repeated ones counting once."""
    known, longest = _turn_index()
    runs = (
        " ".join(words[start : start + size])
        for start in range(len(words))
        for size in range(1, min(longest, len(words) - start) + 1)
    )
    sums: dict[str, list[float]] = {}
    for phrase in dict.fromkeys(run for run in runs if run in known):
        sums.setdefault(known[phrase].kind, []).append(known[phrase].weight)
    return {kind: _sum(weights) * DENSE / len(words) for kind, weights in sorted(sums.items())}


def _sum(values: Iterable[float]) -> float:
    return round(math.fsum(values), 6)


def _kinds_of(word: str) -> tuple[str, ...]:
    found = _prose_words().get(word, ())
    return (*found, "suffix") if word.endswith(_suffixes()) else found


@cache
def _prose_words() -> dict[str, tuple[str, ...]]:
    return {row.word: (row.kind,) for row in load("prose_words", ProseWord) if row.kind != "suffix"}


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(row.word for row in load("prose_words", ProseWord) if row.kind == "suffix")


@cache
def _turn_index() -> tuple[dict[str, Turn], int]:
    """Return the turns by phrase, and how many words the longest has."""
    known = {turn.phrase: turn for turn in load("comment_turns", Turn)}
    return known, max(len(phrase.split()) for phrase in known)
