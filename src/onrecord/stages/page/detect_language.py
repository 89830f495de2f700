from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.lexicons import load

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 3000
"""Characters that are looked at."""
ENOUGH = 0.2
"""Share of English function words from which on a text needs no closer look."""
SURE = 0.9
FEW_LETTERS = 40
"""Below this a text gives a classifier too little to go by, and is taken for English."""
PIDGINS = ("pcm",)
"""What the classifier calls English comments in dialect spelling."""


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language that a text is written in.

    English function words decide first; otherwise py3langid does, if it is sure.

    >>> detect_language("The minister said that the troops were on their way to the border.")
    'en'
    """
    words = WORD.findall(text[:SAMPLE].lower())
    if len(words) >= 8 and sum(map(_function_words().__contains__, words)) >= ENOUGH * len(words):
        return "en"
    if sum(map(len, words)) < FEW_LETTERS:
        return "en"
    language, probability = _classifier().classify(text[:SAMPLE])
    return language if probability >= SURE and language not in PIDGINS else "en"


@dataclass(frozen=True, slots=True)
class FunctionWord:
    word: str
    source: str


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset(entry.word for entry in load("function_words", FunctionWord))


@lru_cache(maxsize=1)
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
