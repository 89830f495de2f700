"""Who and what takes part in a clause, each with the path of arcs by which it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.clauses.arcs import child_with, children_with, is_verbal, prepositional
from onrecord.language.en import RELATIVE
from onrecord.records import Argument
from onrecord.words import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
COMPLEMENTS = ("ccomp", "xcomp", "acomp", "attr", "oprd")
TAKEN = ("dobj", "dative", "prep", *COMPLEMENTS)
OWNERS = ("poss", "nmod")
CHARGING = ("of", "for", "from", "as", "into")
"""Prepositions before what the object does: `accused him of lying`, `kept it from closing`."""
DEEPEST = 8
"""Verbs that a subject is looked for above; deeper nests are errors of the parser."""


def find_subject(verb: Token, depth: int = DEEPEST) -> Argument | None:
    """Return the grammatical subject of a verb, its own or the one that it shares.

    The path names each step: `nsubj`, `conj>nsubj` (coordination), `relcl` (the noun described),
    `xcomp>dobj` and `xcomp>nsubj` (control), `advcl>nsubj` (a participle of the main verb's subject).
    """
    if depth == 0:
        return None
    for step in SUBJECT_STEPS:
        found = step(verb, depth)
        if found is not None:
            return found
    return None


def _own(verb: Token, depth: int) -> Argument | None:
    """`The council met`; a relative pronoun stands for the noun before it."""
    own = child_with(verb, *SUBJECTS)
    if own is not None and own.lower_ in RELATIVE and verb.dep_ == "relcl":
        return Argument("subject", verb.head, f"relcl:{own.lower_}")
    return Argument("subject", own, own.dep_) if own is not None else None


def _coordinated(verb: Token, depth: int) -> Argument | None:
    """`The council met and voted`"""
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX"):
        return None
    return _through(verb, "conj", depth)


def _described(verb: Token, depth: int) -> Argument | None:
    """`the council meeting today`, `the editors arrested there`, `the council they met`"""
    if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN")):
        return Argument("subject", verb.head, verb.dep_)
    return None


def _controlled(verb: Token, depth: int) -> Argument | None:
    """`They told it to meet`, `The council wants to meet`, `It is ready to meet`, `It met, voting twice`"""
    if verb.dep_ not in ("xcomp", "advcl"):
        return None
    controller = child_with(verb.head, "dobj") if verb.dep_ == "xcomp" else None
    if controller is not None:
        return Argument("subject", controller, "xcomp>dobj")
    return _through(verb, verb.dep_, depth)


def _owned(verb: Token, depth: int) -> Argument | None:
    """`its refusal to meet`, `the council made an offer to meet`: the noun's owner, or its verb's subject."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VB" or noun.pos_ != "NOUN":
        return None
    owner = child_with(noun, *OWNERS) or next(iter(prepositional(noun, "by", "from")), None)
    if owner is not None:
        return Argument("subject", owner, f"acl>{owner.dep_}")
    return _through(noun, "acl", depth) if noun.dep_ in ("dobj", "attr") else None


def _prepositional(verb: Token, depth: int) -> Argument | None:
    """`It met without voting`, `accused the council of voting`, `quoted Lind as saying`"""
    above = verb.head.head
    if verb.dep_ != "pcomp" or not is_verbal(above):
        return None
    charged = child_with(above, "dobj", "nsubjpass") if verb.head.lower_ in CHARGING else None
    if charged is not None:
        return Argument("subject", charged, f"pcomp>{charged.dep_}")
    return _through(verb.head, "pcomp", depth)


SUBJECT_STEPS: tuple[Callable[[Token, int], Argument | None], ...] = (
    _own,
    _coordinated,
    _described,
    _controlled,
    _owned,
    _prepositional,
)
"""The ways to a subject in the order in which they are tried."""


def _through(verb: Token, step: str, depth: int) -> Argument | None:
    """Return the subject of the verb above, one step added to its path."""
    head = verb.head
    if head.pos_ in ("ADJ", "ADV") and is_verbal(head.head):  # "is ready to meet"
        head = head.head
    above = find_subject(head, depth - 1)
    return Argument("subject", above.token, f"{step}>{above.path}") if above else None


def find_agent(verb: Token) -> Argument | None:
    """Return the noun after `by` of a passive, of the first verb for a coordinated participle."""
    by = child_with(verb, "agent")
    noun = child_with(by, "pobj") if by is not None else None
    return Argument("agent", noun, "agent") if noun is not None else None


def find_arguments(verb: Token, predicate: Token | None = None) -> Iterator[Argument]:
    """Yield the arguments of a verb in the order subject, agent, others in text order.

    `predicate` is the noun of a light verb, or what a copula says of its subject: it is no argument.
    """
    for first in (find_subject(verb), find_agent(verb)):
        if first is not None and first.token is not predicate:
            yield from _listed(first)
    for child in verb.children:
        if child is predicate or child.dep_ not in TAKEN:
            continue
        if child.dep_ in ("dobj", "dative") and child.pos_ != "ADP":
            role = "object" if child.dep_ == "dobj" else "indirect"
            yield from _listed(Argument(role, child, child.dep_))
        elif child.dep_ in COMPLEMENTS:
            yield Argument("complement", child, child.dep_)
        else:
            yield from _obliques(child, "")


def find_noun_arguments(noun: Token, verb: Token | None) -> Iterator[Argument]:
    """Yield the arguments of a noun that names an act: its owner, agent, of-complement and obliques.

    `verb` is the light verb that carries the noun: its subject does the act (`Chad held talks`).
    """
    if verb is not None:
        for found in find_arguments(verb, noun):
            yield Argument(found.role, found.token, f"light>{found.path}")
    owner = child_with(noun, *OWNERS)
    if owner is not None and verb is None:
        yield from _listed(Argument("subject", owner, owner.dep_))
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            yield Argument("complement", child, child.dep_)
        else:
            yield from _obliques(child, "agent")


def _obliques(child: Token, by: str) -> Iterator[Argument]:
    """Yield what a preposition brings: `oblique:with`; `by` is the role of what follows `by`."""
    if child.dep_ not in ("prep", "dative", "agent"):
        return
    for prep in (child, *children_with(child, "conj")):
        role = by if by and prep.lower_ == "by" else f"oblique:{prep.lower_}"
        for noun in children_with(prep, "pobj", "pcomp"):
            yield from _listed(Argument(role, noun, f"{child.dep_}>{noun.dep_}"))


def _listed(found: Argument) -> Iterator[Argument]:
    """Yield an argument and those coordinated with it: `Chad and Sudan`."""
    yield found
    for child in found.token.children:
        if child.dep_ == "conj" and not is_verbal(child):
            yield from _listed(Argument(found.role, child, f"{found.path}>conj"))
