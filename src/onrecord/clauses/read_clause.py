from __future__ import annotations

from collections.abc import Iterator

from onrecord.clauses.arcs import child_with, is_verbal
from onrecord.clauses.clause_words import clause_words
from onrecord.clauses.find_arguments import find_arguments, find_noun_arguments
from onrecord.clauses.read_mood import read_modality, read_polarity, read_tense, tense_above
from onrecord.clauses.read_voice import read_voice
from onrecord.language.en import COMPLETING
from onrecord.records import Argument, Clause, Governor, Sentence
from onrecord.words import Token

HIGHEST = 12
"""Governors that a clause lists at most."""


def clause_of(token: Token) -> Clause | None:
    """Return the clause that a verb, an adjective after a copula or a noun of action heads; else None.

    A light verb and its noun have one clause, whose predicate is the noun: `held talks`.
    """
    if is_verbal(token):
        return _verb_clause(token)
    if token.dep_ in ("attr", "acomp"):
        return _verb_clause(token.head)
    if token.pos_ == "NOUN":
        return _noun_clause(token)
    return None


def _verb_clause(verb: Token) -> Clause:
    noun = carried_noun(verb)
    state = child_with(verb, "acomp", "attr") if verb.lemma_ == "be" else None
    kind = "light" if noun is not None else "state" if state is not None else _verb_kind(verb)
    arguments = find_arguments(verb, state) if noun is None else find_noun_arguments(noun, verb)
    return Clause(
        predicate=noun or state or verb,
        verb=verb,
        kind=kind,
        voice=read_voice(verb),
        tense=read_tense(verb),
        polarity=read_polarity(verb),
        modality=read_modality(verb),
        arguments=tuple(arguments),
        governors=tuple(find_governors(verb)),
    )


def _verb_kind(verb: Token) -> str:
    """Return participle for what only describes a noun or another clause, else verb."""
    is_reduced = verb.tag_ in ("VBN", "VBG") and verb.dep_ in ("acl", "advcl", "amod")
    return "participle" if is_reduced and child_with(verb, "aux", "auxpass") is None else "verb"


def _noun_clause(noun: Token) -> Clause | None:
    """Return the clause of a noun of action; other nouns are predicates under a light verb only."""
    if carried_noun(noun.head) is noun:
        return _verb_clause(noun.head)
    if not names_act(noun):
        return None
    return Clause(
        predicate=noun,
        verb=None,
        kind="noun",
        voice="active",
        tense=tense_above(noun),
        polarity="negative" if any(child.lower_ == "no" for child in noun.lefts) else "positive",
        modality=None,
        arguments=tuple(find_noun_arguments(noun, None)),
        governors=tuple(find_governors(noun)),
    )


def carried_noun(verb: Token) -> Token | None:
    """Return the noun whose act a light verb tells: `held talks`, `talks were held`, `there was an attack`.

    None for full verbs.
    """
    if verb.lemma_.lower() in clause_words("light"):
        noun = child_with(verb, "dobj", "nsubjpass")
    else:
        noun = child_with(verb, "attr") if child_with(verb, "expl") is not None else None
    return noun if noun is not None and noun.lemma_.lower() in clause_words("act noun") else None


def names_act(noun: Token) -> bool:
    """Return whether a noun names an act here: a noun of action with an owner, or with what completes it."""
    if noun.lemma_.lower() not in clause_words("act noun"):
        return False
    if child_with(noun, "poss", "nmod", "acl", "ccomp") is not None:
        return True
    return any(child.lower_ in COMPLETING for child in noun.rights)


def find_governors(head: Token) -> Iterator[Governor]:
    """Yield the words above a clause, nearest first, each with the arc that leads to it.

    The relation is the label, with the word that introduces the clause where there is one:
    `ccomp:that`, `advcl:if`, `pcomp:of`, `dobj`.
    """
    below = head
    for _ in range(HIGHEST):
        above = below.head
        if above is below:
            return
        relation = _relation_of(below)
        if above.pos_ == "ADP" and above.head is not above:
            relation, above = f"{below.dep_}:{above.lower_}", above.head
        yield Governor(above, relation)
        below = above


def _relation_of(below: Token) -> str:
    mark = child_with(below, "mark")
    return f"{below.dep_}:{mark.lower_}" if mark is not None else below.dep_


def list_clauses(sentence: Sentence) -> Iterator[Clause]:
    """Yield the clauses of a sentence in the order of their predicates, each once."""
    seen: set[int] = set()
    for token in sentence.tokens:
        found = clause_of(token)
        if found is not None and found.predicate.i not in seen:
            seen.add(found.predicate.i)
            yield found


def subject_in(clause: Clause) -> Argument | None:
    """Return the first grammatical subject of a clause."""
    return next((one for one in clause.arguments if one.role == "subject"), None)


def agent_in(clause: Clause) -> Argument | None:
    """Return who is named after `by`, in a passive or beside a noun of action."""
    return next((one for one in clause.arguments if one.role == "agent"), None)


def doer_in(clause: Clause) -> Argument | None:
    """Return who acts: the agent of a passive or a noun, else the subject of an active clause."""
    return agent_in(clause) or (subject_in(clause) if clause.voice == "active" else None)
