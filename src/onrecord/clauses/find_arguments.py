"""Who and what takes part in a clause, each with the path of arcs by which it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.clauses.arcs import child_with, children_with, has_to, is_verbal, prepositional
from onrecord.language.en import CHARGING, RELATIVE
from onrecord.records import Argument
from onrecord.words import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
COMPLEMENTS = ("ccomp", "xcomp", "acomp", "attr", "oprd")
TAKEN = ("dobj", "dative", "prep", *COMPLEMENTS)
OWNERS = ("poss", "nmod")
DEEPEST = 8
"""Verbs that a subject is looked for above; deeper nests are errors of the parser."""
Named = tuple[Token, str]
"""A noun and the last steps to it."""


def find_subject(verb: Token) -> Argument | None:
    """Return the grammatical subject of a verb, its own or the one that it shares with a verb above.

    The path names each step: `nsubj`, `conj>nsubj` (coordination), `relcl` (the noun described),
    `xcomp>dobj` and `xcomp>nsubj` (control), `advcl>nsubj` (a participle of the main verb's subject).
    """
    path = ""
    for _ in range(DEEPEST):
        named = next((found for rule in NAMED_BY if (found := rule(verb)) is not None), None)
        if named is not None:
            return Argument("subject", named[0], path + named[1])
        hinge = _hinge_of(verb)
        if hinge is None:
            return None
        path, verb = f"{path}{verb.dep_}>", hinge.head
        if verb.pos_ in ("ADJ", "ADV") and is_verbal(verb.head):  # "is ready to meet"
            verb = verb.head
    return None


def _own(verb: Token) -> Named | None:
    """`The council met`; a relative pronoun stands for the noun before it."""
    own = child_with(verb, *SUBJECTS)
    if own is not None and own.lower_ in RELATIVE and verb.dep_ == "relcl":
        return verb.head, f"relcl:{own.lower_}"
    return (own, own.dep_) if own is not None else None


def _described(verb: Token) -> Named | None:
    """`the council meeting today`, `the editors arrested there`, `the first to speak`"""
    is_clause = verb.dep_ == "relcl" or (verb.dep_ == "acl" and not has_to(verb))
    return (verb.head, verb.dep_) if is_clause else None


def _controlling(verb: Token) -> Named | None:
    """`They told it to meet`"""
    controller = child_with(verb.head, "dobj") if verb.dep_ == "xcomp" else None
    return (controller, "xcomp>dobj") if controller is not None else None


def _owning(verb: Token) -> Named | None:
    """`its refusal to meet`, `an order by the court to close`: the noun's owner"""
    if verb.dep_ != "acl":
        return None
    owner = child_with(verb.head, *OWNERS) or next(iter(prepositional(verb.head, "by", "from")), None)
    return (owner, f"acl>{owner.dep_}") if owner is not None else None


def _charged(verb: Token) -> Named | None:
    """`accused the council of voting`, `quoted Lind as saying`"""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in CHARGING:
        return None
    charged = child_with(verb.head.head, "dobj", "nsubjpass")
    return (charged, f"pcomp>{charged.dep_}") if charged is not None else None


NAMED_BY: tuple[Callable[[Token], Named | None], ...] = (_own, _described, _controlling, _owning, _charged)
"""The ways in which a verb's own arcs, or those of the word above it, name its subject."""
SHARING = ("conj", "xcomp", "advcl")
"""Clauses with the subject of the verb above: `met and voted`, `wants to meet`, `left, warning others`."""


def _hinge_of(verb: Token) -> Token | None:
    """Return the word that hangs a clause on the verb whose subject it shares; None if it shares none.

    The verb itself, the noun of `made an offer to meet`, or the preposition of `met without voting`.
    """
    if verb.dep_ in SHARING:
        return verb
    is_carried = verb.dep_ == "acl" and verb.head.dep_ in ("dobj", "attr")
    return verb.head if is_carried or verb.dep_ == "pcomp" else None


def find_agent(verb: Token) -> Argument | None:
    """Return the noun after `by` of a passive."""
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
