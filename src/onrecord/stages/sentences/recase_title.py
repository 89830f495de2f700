"""Titles in capitals or Title Case, with their words in the case of the article below."""

from __future__ import annotations

import re

from spacy.lang.en.stop_words import STOP_WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
START = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|\n\s*|[\"“‘(]\s*|[–—]\s*)$")
FEW = 4
"""Words of four letters and more from which a title shows how it writes words."""
MOST_SMALL = 0.2
"""Share of these that a title in capitals may write small."""
ENDINGS = ("s", "es", "d", "ed", "ing")


def recase_title(title: str, article: str) -> str:
    """Return a title with its words written as the article below writes them, at the same offsets.

    "Rebels Seize Airport In Night Raid" becomes "Rebels seize airport in night raid" where the article
    has these words, or other forms of them, in small letters: a parser takes a capital for a name.
    Other titles come back as they are, and so do words that the article writes with a capital.
    """
    words = list(WORD.finditer(title))
    long = [word[0] for word in words if len(word[0]) >= FEW]
    if len(long) < FEW or sum(word.islower() for word in long) > MOST_SMALL * len(long):
        return title
    small, large = _written(article)
    shouted = all(word.isupper() for word in long)
    for number, word in enumerate(words):
        recased = _recase(word[0], number == 0, shouted, small, large)
        title = title[: word.start()] + recased + title[word.end() :]
    return title


def _recase(word: str, is_first: bool, shouted: bool, small: frozenset[str], large: frozenset[str]) -> str:
    """Return a word of a title as the article writes it."""
    if word in large or (word.isupper() and not shouted and len(word) > 1) or word == "I":
        return word
    lower = word.lower()
    if len(lower) == len(word) and not is_first and _is_small(lower, small):
        return lower
    return word[0] + word[1:].lower() if shouted and len(lower) == len(word) else word


def _written(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a text writes small, and those that it writes with a capital inside sentences."""
    small, large = set(), set()
    for word in WORD.finditer(text):
        if word[0].islower():
            small.add(word[0])
        elif not START.search(text, max(0, word.start() - 8), word.start()):
            large.add(word[0])
    return frozenset(small), frozenset(large)


def _is_small(word: str, small: frozenset[str]) -> bool:
    """Return whether a word is a function word, or it or another form of it is written small."""
    if word in small or word in STOP_WORDS:
        return True
    stems = {word, *(word.removesuffix(end) for end in ENDINGS if len(word) > len(end) + 2)}
    return any(stem in small or any(stem + end in small for end in ENDINGS) for stem in stems)
