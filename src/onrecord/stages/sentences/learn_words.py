"""Words that the tokenizer has seen before, so that it need not split them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from onrecord.stages.sentences.load_model import load_model

MOST_WORDS = 50_000
"""Words that the tokenizer remembers at most, and words that are waited for to come again."""


@dataclass(slots=True)
class WordList:
    """The words that a tokenizer remembers, and those that it has met once."""

    learned: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)


def learn_words(texts: Iterable[str], model: str | None = None) -> None:
    """Let the tokenizer remember the words that come again; no sentence comes out otherwise for it.

    Inside a memory zone spaCy's tokenizer remembers nothing and takes each word apart anew, "the" as
    well, so this is to be called outside.
    """
    words = _words_of(model)
    counts = Counter(word for text in texts for word in text.split())
    new = {word: count for word, count in counts.items() if word not in words.learned}
    again = [word for word, count in new.items() if count > 1 or word in words.met]
    tokenizer = load_model(model).tokenizer
    for word in again[: MOST_WORDS - len(words.learned)]:
        tokenizer(word)
        words.learned.add(word)
    if len(words.met) + len(new) > MOST_WORDS:
        words.met.clear()
    words.met.update(new)


@cache
def _words_of(model: str | None) -> WordList:
    return WordList()
