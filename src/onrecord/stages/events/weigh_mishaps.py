"""Deaths and ruin by a disaster, an accident or a disease: no act of anybody, so no event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ontology.entries import Codebook
from onrecord.records import Sentence
from onrecord.words import Token

LEAD = 3
"""Sentences at the head of a report that say what it is about, the title among them."""
NAMING = ("NOUN", "PROPN", "VERB")


def is_about_mishap(report: Sequence[Sentence], book: Codebook) -> bool:
    """Return whether a report begins with a disaster or an accident and tells of no violence at all."""
    begun = any(tells_of_mishap(sentence.tokens, book) for sentence in report[:LEAD])
    return begun and not any(_tells_of_violence(sentence.tokens, book) for sentence in report)


def tells_of_mishap(tokens: Iterable[Token], book: Codebook) -> bool:
    """Return whether a sentence names a disaster, an accident or a disease, and no violence."""
    words = list(tokens)
    if _tells_of_violence(words, book):
        return False
    lemmas = _lemmas(words, NAMING)
    is_named = bool(
        lemmas & book.classes["mishap"] or _lemmas(words, ("VERB",)) & book.classes["mishap_acts"]
    )
    return is_named or len(lemmas & book.classes["mishap_weak"]) > 1


def _tells_of_violence(tokens: Iterable[Token], book: Codebook) -> bool:
    words = list(tokens)
    acts = _lemmas(words, ("VERB",)) & book.classes["violent_acts"]
    return bool(acts or _lemmas(words, NAMING) & book.classes["violence"])


def _lemmas(tokens: Iterable[Token], kinds: tuple[str, ...]) -> set[str]:
    return {form for token in tokens if token.pos_ in kinds for form in (token.lemma_.lower(), token.lower_)}
