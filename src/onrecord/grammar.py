"""Questions that stages ask of a parsed sentence: subject, object, passive, negation, spans.

Labels are those of spaCy's English pipelines (CLEAR style: nsubj, dobj, agent, pobj, relcl, ...).
Who does what in a clause is read in `onrecord.clauses`; what stands here only asks for one part of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.clauses import find_agent, find_subject, has_passive_form
from onrecord.clauses.arcs import (
    child_with,
    children_with,
    has_to,
    is_negated,
    prepositional,
    subtree,
    with_conjuncts,
)
from onrecord.records import Sentence, Span
from onrecord.words import Token

__all__ = [
    "agent_of",
    "answering",
    "child_with",
    "children_with",
    "has_to",
    "is_negated",
    "is_passive",
    "prepositional",
    "subject_of",
    "subtree",
    "subtree_span",
    "token_span",
    "tokens_span",
    "with_conjuncts",
]


def token_span(sentence: Sentence, token: Token) -> Span:
    """Return the span of a token in the page."""
    start = sentence.offset + token.idx
    return start, start + len(token.text)


def tokens_span(sentence: Sentence, tokens: Iterable[Token]) -> Span:
    """Return the span in the page from the first to the last of some tokens."""
    ordered = sorted(tokens, key=lambda token: token.i)
    return token_span(sentence, ordered[0])[0], token_span(sentence, ordered[-1])[1]


def subtree_span(sentence: Sentence, token: Token, without: Iterable[str] = ()) -> Span:
    """Return the span of a token with its dependents, leaving out those under the given labels."""
    return tokens_span(sentence, subtree(token, without))


def subject_of(verb: Token) -> Token | None:
    """Return the grammatical subject of a verb, through coordination, control and relative clauses."""
    found = find_subject(verb)
    return found.token if found is not None else None


def answering(noun: Token) -> Token | None:
    """Return the verb whose subject is said to be behind what a noun names, or responsible for it."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    prep, above = noun.head, noun.head.head
    verb = above.head if above.pos_ == "ADJ" else above
    if noun.dep_ != "pobj" or verb.lemma_ != "be":
        return None
    state = above if above.pos_ == "ADJ" else child_with(verb, "acomp")
    held = prep.lower_ == "for" and state is not None and state.lower_ == "responsible"
    return verb if held or (prep.lower_ == "behind" and prep.head == verb) else None


def is_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive, reduced relative clauses included."""
    return has_passive_form(verb)


def agent_of(verb: Token) -> Token | None:
    """Return the noun after `by` of a passive verb."""
    found = find_agent(verb)
    return found.token if found is not None else None
