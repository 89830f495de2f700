"""How a word stands to the word of an act: in its phrase, in a clause beside it, in a sentence before."""

from __future__ import annotations

from functools import lru_cache

from onrecord.records import Sentence, Span
from onrecord.stages.events.match_entries import CLAUSES
from onrecord.words import Token

PREPOSITIONS = {
    "in": "in", "at": "at", "near": "near", "on": "on", "outside": "near", "inside": "in", "around": "near",
    "across": "across", "over": "across", "through": "across", "throughout": "across", "within": "in",
    "from": "from", "to": "to", "into": "into", "toward": "to", "towards": "to", "of": "of", "for": "for",
    "with": "with", "against": "against", "by": "by", "between": "between", "off": "near", "along": "near",
}  # fmt: skip
FUNCTIONS = {
    "nsubj": "subject", "nsubjpass": "passive subject", "dobj": "object", "poss": "possessor",
    "compound": "before a noun", "amod": "before a noun", "nmod": "before a noun", "appos": "behind a comma",
    "npadvmod": "adverb", "conj": "in a list", "attr": "predicate", "dative": "dative",
}  # fmt: skip
FAR_ENOUGH = 3
"""Sentences beyond which it does not matter how far away a word stands."""


def word_at(sentence: Sentence, span: Span) -> Token:
    """Return the word on which the others of a span depend.

    Of a span outside of the sentence, or of blanks, it is the first word of the sentence.
    """
    start, end = max(span[0], sentence.start), min(span[1], sentence.end)
    words = sentence.tokens.doc.char_span(start - sentence.offset, end - sentence.offset)
    words = words or sentence.tokens[:1]
    inside = [word for word in words if not words.start <= word.head.i < words.end or word.head is word]
    return inside[0] if inside else words[0]


def function_of(word: Token) -> str:
    """Return what a word is in its clause: `subject`, `object`, `after in`, `behind a comma`."""
    if word.dep_ == "pobj":
        return f"after {PREPOSITIONS.get(word.head.lower_, 'a preposition')}"
    if word.dep_ in ("conj", "appos") and word.head.pos_ in ("NOUN", "PROPN"):
        above = function_of(word.head) if word.dep_ == "conj" else ""
        return above or "behind a comma"
    return FUNCTIONS.get(word.dep_, "elsewhere")


def clause_top(word: Token) -> Token:
    """Return the verb at the head of the clause that a word stands in, or the top of its phrase."""
    while word.pos_ not in ("VERB", "AUX") and word.head is not word:
        word = word.head
    return word


def first_verb(verb: Token) -> Token:
    """Return the first of coordinated verbs."""
    return next((word for word in (verb, *verb.ancestors) if word.dep_ != "conj"), verb)


def relate_words(word: Token, act: Token) -> str:
    """Return where a word stands to an act of its sentence, in words."""
    if _hangs_on(word, act):
        return "its own phrase"
    mine, its = clause_top(word), clause_top(act)
    if mine is its:
        return "its clause"
    if first_verb(mine) is first_verb(its):
        return "a coordinated clause"
    if any(above is mine for above in its.ancestors):
        return "the clause above"
    if any(above is its for above in mine.ancestors):
        return "a clause below"
    return "its sentence"


def _hangs_on(word: Token, act: Token) -> bool:
    while word.head is not word:
        if word is act:
            return True
        if word.dep_ in CLAUSES and word.dep_ != "conj":
            return False
        if word.pos_ in ("VERB", "AUX") and word.dep_ in ("conj", "acl"):
            return False
        word = word.head
    return word is act


def tell_distance(sentences: int) -> str:
    """Return how far a sentence stands from that of the act: `1 sentence before`."""
    if abs(sentences) > FAR_ENOUGH:
        return "far before" if sentences < 0 else "far behind"
    side = "before" if sentences < 0 else "behind"
    return f"{abs(sentences)} sentence{'s' if abs(sentences) > 1 else ''} {side}"


@lru_cache(maxsize=64)
def bucket(count: int) -> str:
    """Return a count as one of a few words."""
    return str(count) if count < 4 else "4 to 6" if count < 7 else "7 or more"


def distance(one: Token, other: Token) -> int:
    """Return how many words stand between two words of a text."""
    return abs(one.i - other.i)
