"""Questions that stages ask of a parsed sentence: subject, object, passive, negation, spans.

Labels are those of spaCy's English pipelines (CLEAR style: nsubj, dobj, agent, pobj, relcl, ...).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.records import Sentence, Span
from onrecord.words import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
EXPERIENCING = ("see", "have", "get", "leave", "want", "watch", "find", "keep")
"""Verbs that take a noun and what is done to it: "the fighting saw ten soldiers killed"."""
NEGATIONS = ("not", "n't", "never", "no", "neither", "nor", "n’t")


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


def subtree(token: Token, without: Iterable[str] = ()) -> Iterator[Token]:
    """Yield a token and its dependents in no fixed order, branches under the given labels left out."""
    yield token
    for child in token.children:
        if child.dep_ not in without:
            yield from subtree(child, without)


def child_with(token: Token, *labels: str) -> Token | None:
    """Return the first dependent of a token that has one of the labels."""
    return next((child for child in token.children if child.dep_ in labels), None)


def children_with(token: Token, *labels: str) -> list[Token]:
    """Return the dependents of a token that have one of the labels."""
    return [child for child in token.children if child.dep_ in labels]


def has_to(verb: Token) -> bool:
    """Return whether a verb is an infinitive with its `to`."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def with_conjuncts(token: Token) -> list[Token]:
    """Return a token and what is coordinated with it, in text order.

    A noun that a verb without a subject follows begins the next clause, whatever the parser says.
    """
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and following_verb(child) is None:
            found += with_conjuncts(child)
    return found


def following_verb(noun: Token) -> Token | None:
    """Return the verb of which a noun is the subject although the parser made it part of a list.

    In "Chad expelled the envoy and Sudan condemned Chad", Sudan may hang on envoy; the verb right
    after it, past or present and with no subject of its own, says otherwise.
    """
    if noun.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.head.dep_ == "nsubj":
        return None
    doc, after = noun.doc, noun.i + 1
    verb = doc[after] if after < len(doc) else None
    if verb is None or verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ != "conj":
        return None
    return verb if child_with(verb, "nsubj", "nsubjpass", "auxpass", "aux") is None else None


def subject_of(verb: Token) -> Token | None:
    """Return the grammatical subject of a verb, through coordination, control and relative clauses."""
    own = child_with(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        if own.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
            return verb.head
        return own
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    if verb.dep_ == "relcl":
        return verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in ("xcomp", "advcl"):
        controller = child_with(verb.head, "dobj") if verb.dep_ == "xcomp" else None
        return controller or subject_of(verb.head)
    return None


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
    if child_with(verb, "auxpass", "nsubjpass") is not None:
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ in EXPERIENCING:
        return child_with(verb, "nsubj") is not None and child_with(verb, "aux") is None
    if verb.dep_ == "advcl" and child_with(verb, "agent") is not None:
        return child_with(verb, "nsubj", "aux", "dobj") is None
    if verb.dep_ != "acl" or child_with(verb, "nsubj", "aux") is not None:
        return False
    return not is_headless_clause(verb)


def is_headless_clause(verb: Token) -> bool:
    """Return whether a past tense was parsed as a participle of its own subject.

    In "The air force carried out strikes" the parser may make "carried" describe "force" and leave
    the sentence without a verb; a participle with an object of its own gives that away.
    """
    objects = child_with(verb, "dobj") is not None and child_with(verb, "agent") is None
    return verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and objects


def agent_of(verb: Token) -> Token | None:
    """Return the noun after `by` of a passive verb."""
    by = child_with(verb, "agent")
    return child_with(by, "pobj") if by is not None else None


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
    return any(child.dep_ == "neg" or child.lower_ in NEGATIONS for child in token.children)
