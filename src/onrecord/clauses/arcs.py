"""The arcs of a dependency parse: children by label, subtrees, prepositional and coordinated nouns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from onrecord.language.en import NEGATIONS
from onrecord.words import Token


def child_with(token: Token, *labels: str) -> Token | None:
    """Return the first dependent of a token that has one of the labels."""
    for child in token.children:  # the commonest question of all: a loop is twice as fast as next()
        if child.dep_ in labels:
            return child
    return None


def children_with(token: Token, *labels: str) -> list[Token]:
    """Return the dependents of a token that have one of the labels."""
    return [child for child in token.children if child.dep_ in labels]


def subtree(token: Token, without: Iterable[str] = ()) -> Iterator[Token]:
    """Yield a token and its dependents in no fixed order, branches under the given labels left out."""
    yield token
    for child in token.children:
        if child.dep_ not in without:
            yield from subtree(child, without)


def has_to(verb: Token) -> bool:
    """Return whether a verb is an infinitive with its `to`."""
    return any(child.tag_ == "TO" for child in verb.children)


def prep_with(token: Token, *words: str) -> Token | None:
    """Return the first preposition after a token that is one of some words: `agreed to`, `a plan of`."""
    after = (child for child in token.rights if child.dep_ in ("prep", "dative"))
    return next((prep for prep in after if prep.lower_ in words), None)


def has_aux(verb: Token, words: Collection[str]) -> bool:
    """Return whether one of some auxiliaries, in lower case, goes with a verb."""
    return any(child.lower_ in words for child in children_with(verb, "aux"))


def mark_of(verb: Token) -> str:
    """Return the word, in lower case, that opens the clause of a verb: `that`, `if`; empty for none."""
    mark = child_with(verb, "mark")
    return mark.lower_ if mark is not None else ""


def with_conjuncts(token: Token) -> list[Token]:
    """Return a token and what is coordinated with it, in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """Return the nouns that depend on a token through one of the prepositions."""
    return [
        noun
        for first in children_with(token, "prep", "dative", "agent")
        for prep in (first, *children_with(first, "conj"))
        if prep.lower_ in prepositions
        for child in children_with(prep, "pobj")
        for noun in with_conjuncts(child)
    ]


def is_negated(token: Token) -> bool:
    """Return whether a token has a negation of its own."""
    return any(child.lower_ in NEGATIONS for child in token.children)


def is_verbal(token: Token) -> bool:
    """Return whether a token is a verb that can head a clause: an auxiliary only as a copula."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))
