from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from sys import intern

from onrecord.lexicons import load

WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*|\d+(?:[.,]\d+)*")
"""`Mysore`, `fire-bomb`, `26`, `1,200`."""
ENDINGS = ("ing", "ed", "es", "s", "e")
DOUBLED = re.compile(r"([bdgmnprt])\1$")
"""`stopp` of `stopped`; an l or s may be doubled in the base form."""
POSSESSIVE = re.compile(r"['’]s?$")
UNLISTED = 8.2
"""Rarity of a word that the table does not list: mostly names."""
CODE = 20
"""Rarity, in tenths, of the code of a country or sector: many actors have it."""
LONGEST = 64
"""Words of a page that are kept: the ones that tell most."""

Words = Mapping[str, float]
"""The words of a page with their weights; the squares of the weights add up to 1."""


@dataclass(frozen=True, slots=True)
class Rarity:
    stem: str
    rarity: float
    source: str


@cache
def rarities() -> dict[str, float]:
    """Return the rarity of each listed stem: in English at large, or in news, where more pages have it."""
    common = {row.stem: row.rarity for row in load("word_rarity", Rarity)}
    return common | {row.stem: row.rarity for row in load("news_rarity", Rarity)}


@cache
def stem_word(word: str) -> str:
    """Return a word in lower case without its ending, so that forms of one word agree.

    >>> stem_word("arrested"), stem_word("arrests"), stem_word("Stopping"), stem_word("Chad's")
    ('arrest', 'arrest', 'stop', 'chad')
    """
    word = POSSESSIVE.sub("", word.lower())
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return intern(DOUBLED.sub(r"\1", word) if len(word) > 3 else word)


def count_stems(text: str) -> list[str]:
    """Return the stems of the words and numbers of a text, in order; the letters of `U.S.` are none."""
    return [stem for stem in map(stem_word, WORD.findall(text)) if len(stem) > 1 or stem.isdigit()]


def stem_words(text: str) -> list[str]:
    """Return the stems of a text, in order; bare function words left out."""
    return [stem for stem in count_stems(text) if rate_word(stem) > 1]


def rate_word(stem: str) -> float:
    """Return how rare a stem is in English at large: 0 for one of every page, 8.2 for a name."""
    return rarities().get(stem, UNLISTED)


def weigh_page(text: str) -> Words:
    """Return the words that tell most about a text, with their weights.

    The weights do not depend on the other pages of a folder, so that a new page changes nothing
    between two old ones.
    """
    counts = Counter(stem_words(text))
    weights = {stem: (1 + math.log(count)) * rate_word(stem) for stem, count in counts.items()}
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:LONGEST]
    norm = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {stem: weight / norm for stem, weight in kept}


def compare_pages(one: Words, other: Words) -> float:
    """Return how alike two pages are, 0 to 1: the cosine of their weighted words."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def compare_words(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two short phrases are, 0 to 1, rare words counting more."""
    shared = one & other
    if not shared:
        return 0.0
    return _sum_rarity(shared) / math.sqrt(_sum_rarity(one) * _sum_rarity(other))


def _sum_rarity(words: Iterable[str]) -> int:
    """Return the sum of rarities in tenths: whole numbers add up to the same in any order."""
    return sum(map(_count_tenths, words))


@cache
def _count_tenths(stem: str) -> int:
    return CODE if stem.startswith("=") else max(1, round(10 * rate_word(stem)))
