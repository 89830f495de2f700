from __future__ import annotations

from collections.abc import Callable

from onrecord.clauses import agent_in, find_agent, find_subject, subject_in
from onrecord.grammar import child_with, is_passive
from onrecord.records import Argument, Clause
from onrecord.stages.statements.attribution_verb import document_nouns
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

OWN_PATHS = ("nsubj", "nsubjpass", "csubj")
"""A subject of its own speaks, be it a text: `the letter says`."""
RELATIVES = ("who", "which", "that")
RAISED_PRONOUNS = ("it", "there", "this", "that")
UNTOLD = ("that", "this", "it", "there", "what")
"""Words that own no attitude: `That was a reference to ...`"""
BEARING = ("as", "in", "with", "to")
"""Prepositions before the attitude of the subject: `emerged as an advocate for`, `voted in favour of`."""
INNER = ("det", "compound", "amod", "poss", "nummod", "nmod")


def find_speaker(clause: Clause) -> Argument | None:
    """Return to whom a verb attributes something, with the path by which it was found; None if untold."""
    if clause.voice == "passive":
        return agent_in(clause)
    found = subject_in(clause)
    if found is None or (found.token.lower_ in RAISED_PRONOUNS and found.token.dep_ == "expl"):
        return None
    return found if found.path in OWN_PATHS else _find_issuer(found) or found


def _find_issuer(text: Argument) -> Argument | None:
    """Return who makes a text or an appearance that speaks: `Lind issued a statement saying ...`.

    None for what is no text, and for a text that somebody only reads or cites.
    """
    noun = text.token
    if noun.lemma_.lower() not in document_nouns() | source_words("venue"):
        return None
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in ("dobj", "nsubjpass", "pobj") or verb.lemma_.lower() not in source_words("issuing"):
        owner = child_with(noun, "poss")
        return Argument("subject", owner, f"{text.path}>poss") if owner is not None else None
    issuer = find_agent(verb) if is_passive(verb) else find_subject(verb)
    return Argument("subject", issuer.token, f"{text.path}>issuer>{issuer.path}") if issuer else None


def find_before(verb: Token) -> Argument | None:
    """Return the noun directly before a verb of a tag: `“The fact is that we lost,” Lind said.`"""
    before = verb.doc[verb.i - 1] if verb.i else None
    is_name = before is not None and before.pos_ in ("PROPN", "NOUN", "PRON")
    return Argument("subject", before, "before") if before is not None and is_name else None


def find_after(verb: Token) -> Argument | None:
    """Return the head of the noun phrase right after a verb: `The road is shut, said a clerk in Oslo.`"""
    first = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    while first is not None and first.dep_ in INNER and first.head.i > first.i:
        first = first.head
    is_name = first is not None and first.pos_ in ("NOUN", "PROPN", "PRON")
    return Argument("subject", first, "after") if first is not None and is_name else None


def relative_of(verb: Token) -> Token | None:
    """Return the relative pronoun that is the subject of a verb, or of what it is coordinated with."""
    own = child_with(verb, "nsubj", "nsubjpass")
    if own is not None:
        return own if own.lower_ in RELATIVES and verb.dep_ == "relcl" else None
    return relative_of(verb.head) if verb.dep_ == "conj" else None


def find_owner(noun: Token) -> Argument | None:
    """Return to whom a noun or an adjective attributes its content, with the path by which it was found."""
    for step in OWNER_STEPS:
        found = step(noun)
        if found is not None:
            return None if found.token.lower_ in UNTOLD else found
    return None


def _possessor(noun: Token) -> Argument | None:
    """`her claim`"""
    owner = child_with(noun, "poss")
    return Argument("subject", owner, "poss") if owner is not None else None


def _maker(noun: Token) -> Argument | None:
    """`a claim by the union`, `a letter from Lind`"""
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "from"):
            inner = child_with(prep, "pobj")
            return Argument("agent", inner, f"{prep.lower_}>pobj") if inner is not None else None
    return None


def _carrier(noun: Token) -> Argument | None:
    """`The union made the claim`, `Lind is sure`: the subject of the verb that carries the noun or adjective.

    Who rejects or receives a claim did not make it.
    """
    first = _first_of(noun)
    is_given = first.dep_ == "dobj" and first.head.lemma_.lower() not in source_words("recipient")
    if not (first.pos_ == "ADJ" or first.dep_ == "attr" or is_given):
        return None
    above = find_subject(first.head)
    return Argument("subject", above.token, f"{first.dep_}>{above.path}") if above is not None else None


def _bearer(noun: Token) -> Argument | None:
    """`Lind emerged as a defender of the mill`"""
    first = _first_of(noun)
    verb = first.head.head
    if first.dep_ != "pobj" or first.head.dep_ != "prep" or first.head.lower_ not in BEARING:
        return None
    above = find_subject(verb) if verb.pos_ in ("VERB", "AUX") and not is_passive(verb) else None
    return (
        Argument("subject", above.token, f"{first.head.lower_}>{above.path}") if above is not None else None
    )


OWNER_STEPS: tuple[Callable[[Token], Argument | None], ...] = (_possessor, _maker, _carrier, _bearer)
"""The ways to whom a noun belongs in the order in which they are tried."""


def _first_of(noun: Token) -> Token:
    """Return the first of coordinated nouns and adjectives: they have one subject."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "ADJ", "PROPN"):
        noun = noun.head
    return noun
