from __future__ import annotations

from onrecord.clauses.arcs import prep_with
from onrecord.grammar import agent_of, child_with, is_passive, subject_of
from onrecord.stages.commitments.read_lexicon import says
from onrecord.words import Token

OWNERS = ("poss", "nmod")


def find_holder(word: Token, frame: str, kind: str) -> Token | None:
    """Return who gives the word: the subject of a verb, the owner of a noun, none in an open passive."""
    if word.pos_ == "NOUN":
        return _giver_of(word) if kind != "plan" and is_received(word) else owner_of(word)
    if frame == "passive" and says(word, "impersonal"):
        return child_with(word, "nsubjpass") if says(word, "awaited") else None
    if is_passive(word) and frame not in ("passive", "toward"):
        return agent_of(word) or _host_of(word)
    return subject_of(word.head if word.pos_ == "ADJ" else word)


def is_received(noun: Token) -> bool:
    """Return whether a noun is what somebody else gave: `rejected the offer`; who accepts a deal is bound."""
    return noun.dep_ == "dobj" and says(noun.head, "receiving")


def _giver_of(noun: Token) -> Token | None:
    """Return whose a word is that others receive: `a government offer`, `her offer`, `the mayor's offer`."""
    maker = prep_with(noun, "by", "from", "of")
    named = child_with(maker, "pobj") if maker is not None else None
    return child_with(noun, *OWNERS, "compound") or named


def owner_of(noun: Token) -> Token | None:
    """Return whose a noun is: `her offer`, `the offer of the mayor`, `made an offer`."""
    owner = child_with(noun, *OWNERS)
    maker = prep_with(noun, "by", "from", "of")
    named = child_with(maker, "pobj") if maker is not None else None
    if named is not None and (named.pos_ == "PROPN" or named.head.lower_ != "of"):
        return named
    is_stated = child_with(noun.head, "expl") is not None  # there is an order
    return owner or (subject_of(noun.head) if noun.dep_ in ("dobj", "attr") and not is_stated else None)


def _host_of(verb: Token) -> Token | None:
    """Return whose meeting it was at which something was agreed: `Ito's talks, at which it was agreed`."""
    return owner_of(verb.head) if verb.dep_ == "relcl" else None
