from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from onrecord.lexicons import load

KINDS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "ADV": "ADV"}
TURNED, STRONGER, WEAKER = -0.6, 1.3, 0.7


@dataclass(frozen=True, slots=True)
class OpinionWord:
    """A word with its colour; a verb colours who does it (`agent`) and who it is done to (`patient`)."""

    lemma: str
    pos: str
    polarity: float
    agent: float | None
    patient: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion word at its place in a sentence."""

    token: Token
    polarity: float
    """With negation and degree counted in."""
    agent: float | None
    patient: float | None


def read_opinions(tokens: Span) -> list[Opinion]:
    """Return the opinion words of a parsed sentence in text order, negation and degree counted in."""
    opinions = []
    for token in tokens:
        entry = _entry(token)
        if entry is None or token.ent_type_ in ("PERSON", "GPE"):
            continue
        factor = _factor(token)
        opinions.append(
            Opinion(
                token,
                entry.polarity * factor,
                None if entry.agent is None else entry.agent * factor,
                None if entry.patient is None else entry.patient * factor,
            )
        )
    return opinions


def is_kind(lemma: str, kind: str) -> bool:
    """Return whether a lemma is listed as a word of speech (SAY), a shifter (SHIFT) or of degree."""
    return (lemma, kind) in _words()


def _entry(token: Token) -> OpinionWord | None:
    kind = KINDS.get(token.pos_)
    if kind is None:
        return None
    words, lemma = _words(), token.lemma_.lower()
    found = words.get((lemma, kind)) or words.get((token.lower_, kind))
    if found is None and kind == "VERB":
        found = words.get((token.lower_, "ADJ"))
    if found is None and kind in ("ADJ", "NOUN"):
        found = words.get((token.lower_, "NOUN" if kind == "ADJ" else "ADJ"))
    if found is None and kind == "ADJ":
        found = words.get((lemma, "VERB"))
    return found


def _factor(token: Token) -> float:
    """Return what negation, degree and doubt around an opinion word make of its polarity."""
    factor = 1.0
    near = list(token.children)
    if token.dep_ in ("acomp", "attr", "amod", "xcomp", "dobj", "pobj"):
        near += [child for child in token.head.children if child.dep_ in ("neg", "aux", "advmod", "det")]
        if token.dep_ != "amod" and is_kind(token.head.lemma_.lower(), "SHIFT"):
            factor *= TURNED
    for child in near:
        word = child.lower_
        if child.dep_ == "neg" or (child.dep_ in ("det", "advmod") and is_kind(word, "SHIFT")):
            factor *= TURNED
        elif is_kind(word, "MORE"):
            factor *= STRONGER
        elif is_kind(word, "LESS"):
            factor *= WEAKER
    return factor


@cache
def _words() -> dict[tuple[str, str], OpinionWord]:
    return {(entry.lemma, entry.pos): entry for entry in load("opinion_words", OpinionWord)}
