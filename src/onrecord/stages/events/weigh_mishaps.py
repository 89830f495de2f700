"""Deaths and ruin by a disaster, an accident or a disease: no act of anybody, so no event."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.ontology.entries import Codebook
from onrecord.records import Sentence
from onrecord.words import Token

LEAD = 3
"""Sentences at the head of a report that say what it is about, the title among them."""


def is_about_mishap(report: tuple[Sentence, ...], book: Codebook) -> bool:
    """Return whether a report begins with a disaster or an accident and tells of no violence at all."""
    begun = any(tells_of_mishap(sentence.tokens, book) for sentence in report[:LEAD])
    return begun and not any(_tells_of_violence(*_names_and_verbs(one.tokens), book) for one in report)


def tells_of_mishap(tokens: Iterable[Token], book: Codebook) -> bool:
    """Return whether a sentence names a disaster, an accident or a disease, and no violence."""
    names, verbs = _names_and_verbs(tokens)
    if _tells_of_violence(names, verbs, book):
        return False
    is_named = names & book.classes["mishap"] or verbs & book.classes["mishap_acts"]
    return bool(is_named) or len(names & book.classes["mishap_weak"]) > 1


def _tells_of_violence(names: set[str], verbs: set[str], book: Codebook) -> bool:
    return bool(verbs & book.classes["violent_acts"] or names & book.classes["violence"])


def _names_and_verbs(tokens: Iterable[Token]) -> tuple[set[str], set[str]]:
    """Return the lemmas of nouns and verbs, and those of the verbs alone: a fire is no shot."""
    verbs = {token.lemma_.lower() for token in tokens if token.pos_ == "VERB"}
    return verbs | {token.lemma_.lower() for token in tokens if token.pos_ in ("NOUN", "PROPN")}, verbs
