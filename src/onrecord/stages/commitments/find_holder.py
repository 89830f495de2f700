from __future__ import annotations

from onrecord.grammar import agent_of, child_with, is_passive, subject_of
from onrecord.stages.commitments.read_lexicon import says
from onrecord.words import Token

OWNERS = ("poss", "nmod")
UNTOLD = ("it", "there")
"""Subjects that stand for nobody: `it was agreed that`."""


def find_holder(word: Token, frame: str) -> Token | None:
    """Return who gives the word: the subject of a verb, the owner of a noun, none in an open passive."""
    if word.pos_ == "NOUN":
        return owner_of(word)
    if frame == "passive" and word.pos_ != "ADJ" and says(word, "impersonal"):
        return agent_of(word) or (child_with(word, "nsubjpass") if says(word, "awaited") else None)
    if is_passive(word) and frame not in ("passive", "toward"):
        return agent_of(word) or _host_of(word)
    verb = word.head if word.pos_ == "ADJ" and word.head.pos_ in ("AUX", "VERB") else word
    found = subject_of(verb)
    return None if found is not None and found.lower_ in UNTOLD and found.dep_ == "expl" else found


def owner_of(noun: Token) -> Token | None:
    """Return whose a noun is: `her offer`, `the offer of the mayor`, `made an offer`."""
    owner = child_with(noun, *OWNERS)
    if owner is not None and owner.pos_ != "PRON":
        return owner
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "from", "of"):
            named = child_with(prep, "pobj")
            if prep.lower_ != "of" or (named is not None and named.pos_ == "PROPN"):
                return named
    if owner is not None:
        return owner
    if noun.dep_ == "attr" and child_with(noun.head, "expl") is not None:
        return None  # there is an order
    return subject_of(noun.head) if noun.dep_ in ("dobj", "attr") else None


def _host_of(verb: Token) -> Token | None:
    """Return whose meeting it was at which something was agreed: `Ito's talks, at which it was agreed`."""
    return owner_of(verb.head) if verb.dep_ == "relcl" and verb.head.pos_ == "NOUN" else None
