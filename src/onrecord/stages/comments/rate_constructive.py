from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
NUMBER = re.compile(r"\b\d[\d,.]*\b|%|[$€£]\d")
SENTENCE_END = re.compile(r"[.!?]+")
QUOTED_REPLY = re.compile(r"\(in reply to:.*?--[^)]*\)", re.I | re.S)
SHOUT = re.compile(r"\b[A-Z]{4,}\b")
MARKS = re.compile(r"[!?]{2,}|!|\.{3,}")
LONG = 7


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase that marks a constructive contribution, or the lack of one."""

    phrase: str
    kind: str
    weight: float
    source: str


def rate_constructive(text: str, topic: frozenset[str], abuse: float) -> tuple[float, tuple[str, ...]]:
    """Return how constructive a comment is, 0..1, and the features that moved it, the largest first.

    `topic` holds the content words of the report; `abuse` is the comment's score for abuse.
    """
    own = QUOTED_REPLY.sub(" ", text.replace("’", "'"))
    words = WORD.findall(own.lower())
    if not words:
        return 0.0, ()
    features = {**_wording(words, own, topic), **_turns(own.lower())}
    features["abuse"] = -3.0 * abuse - 0.5 * math.log(0.02 + abuse) - 1.0
    features["own words"] = 2.0 * math.log(len(words) / 35)
    score = 1 / (1 + math.exp(-(_sum(features.values()) - 0.4)))
    ranked = sorted(features.items(), key=lambda item: (-abs(item[1]), item[0]))
    return round(score, 3), tuple(f"constructive {value:+.1f}: {name}" for name, value in ranked[:5] if value)


def _wording(words: list[str], own: str, topic: frozenset[str]) -> dict[str, float]:
    count = len(words)
    content = {word for word in words if len(word) > 3}
    sentences = len(SENTENCE_END.findall(own))
    return {
        "long words": 2.0 * (sum(len(word) >= LONG for word in words) / count - 0.24),
        "words of the report": 0.8 * min(0.6, len(content & topic) / (len(content) or 1)),
        "short sentences": -2.0 * min(0.5, sentences / count),
        "figures": min(0.3, 0.1 * len(NUMBER.findall(own))),
        "shouting": -min(0.5, 0.2 * len(SHOUT.findall(own))),
        "marks": -min(0.6, 0.12 * len(MARKS.findall(own))),
    }


def _turns(lower: str) -> dict[str, float]:
    """Return for each kind of turn what its phrases add, repeated ones counting once."""
    seen: dict[str, set[str]] = {}
    pattern, weights = _turn_pattern()
    for match in pattern.finditer(lower):
        seen.setdefault(weights[match.group()][0], set()).add(match.group())
    return {
        kind: max(-1.2, min(1.2, _sum(weights[phrase][1] for phrase in phrases)))
        for kind, phrases in sorted(seen.items())
    }


def _sum(values: Iterable[float]) -> float:
    return round(math.fsum(values), 6)


@cache
def _turn_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    turns = load("comment_turns", Turn)
    weights = {turn.phrase: (turn.kind, turn.weight) for turn in turns}
    longest = sorted(weights, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})(?!\w)"), weights
