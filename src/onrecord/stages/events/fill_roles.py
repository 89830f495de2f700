"""Source and target of a codebook match: candidates by syntactic slot, the first that names an actor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import (
    agent_of,
    answering,
    child_with,
    children_with,
    is_passive,
    prepositional,
    subject_of,
)
from onrecord.language.en import ASIDE
from onrecord.ontology import is_act
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.match_entries import Match, object_heads
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import Trace, is_verbal
from onrecord.words import Token

VERB_TO = ("object", "against", "on", "to", "with", "from", "upon", "at")
NOUN_TO = (
    "against",
    "on",
    "with",
    "to",
    "upon",
    "at",
    "from",
    "toward",
    "towards",
    "into",
    "over",
    "between",
)
NOUN_BY = ("possessor", "by", "support", "modifier", "from")
CLOSED = ("ccomp", "relcl", "parataxis", "npadvmod", "mark", "csubj", "appos")
"""Branches in which no one is looked for who is acted upon."""
BARGAINING = ("until", "till", "unless", "if")
DOERS = ("nsubj", "nsubjpass", "csubjpass", "agent", "poss")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who is acted upon, by actor id, and what filled each role."""

    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    slots: tuple[str, str] = ("", "")
    """Where those who act, and those acted upon, stand; empty where nobody does."""


def fill_roles(match: Match, trace: Trace, finder: ActorFinder) -> Roles:
    """Return the actors of an act by where they stand to its verb or noun."""
    if is_verbal(match.token):
        return _verb_roles(match, finder)
    return _noun_roles(match, trace, finder)


def _verb_roles(match: Match, finder: ActorFinder) -> Roles:
    verb, entry = match.token, match.pattern.entry
    passive = is_passive(verb)
    by_slots = entry.by or ("subject",)
    by, by_slot = _first(by_slots, lambda slot: _verb_slot(verb, slot, passive, finder))
    by = [*by, *_other(finder.after(verb, "alongside"), by)] if by else by
    to_slots = entry.to or VERB_TO
    to, to_slot = _first(to_slots, lambda slot: _other(_verb_slot(verb, slot, passive, finder), by))
    if entry.joint:
        to = to or _other(finder.after(verb, "with", "and", "between"), by)
        if not by or (to_slot in ("with", "") and is_act(entry.code, "violent")):
            by, to = join_sides(by, to)
    elif by and not to:
        to, to_slot = reach_actors(verb, None, finder, by), "elsewhere in the clause"
    if is_act(entry.code, "posture"):
        to = _other(to, [name for thing in children_with(verb, "dobj") for name in finder.of(thing)])
    why = _reasons(by, by_slot, to, to_slot, finder)
    return Roles(tuple(by), tuple(to), why, (by_slot if by else "", to_slot if to else ""))


def bargained_with(verb: Token, finder: ActorFinder) -> list[str]:
    """Return whose act is waited for, or warned of: "will not lift the embargo until Cuba reforms"."""
    clauses = (one for one in children_with(verb, "advcl") if mark_of(one) in BARGAINING)
    subjects = (subject_of(clause) for clause in clauses)
    return next((finder.of(subject) for subject in subjects if subject is not None), [])


def asked_by(verb: Token, finder: ActorFinder) -> list[str]:
    """Return whose request, plan or offer a verb takes up or turns down: "rejected a call by Chad to ..."."""
    for thing in children_with(verb, "dobj", "nsubjpass"):
        for slot in ("possessor", "by", "from", "modifier"):
            if found := _noun_slot(thing, slot, None, finder):
                return found
    return []


def _noun_roles(match: Match, trace: Trace, finder: ActorFinder) -> Roles:
    noun, entry = match.token, match.pattern.entry
    support = trace.support

    def slot_of(slot: str) -> list[str]:
        return _noun_slot(noun, slot, support, finder)

    by_slots = entry.by or (("of", *NOUN_BY) if entry.of == "by" else NOUN_BY)
    if entry.possessor == "to":
        by_slots = tuple(slot for slot in by_slots if slot not in ("possessor", "modifier"))
    to_slots = entry.to or (("of", *NOUN_TO) if entry.of == "to" else NOUN_TO)
    if entry.possessor == "to":
        to_slots = (*to_slots, "possessor")
    by, by_slot = _answerable(noun, finder), "who is behind it"
    if not by:
        by, by_slot = _first(by_slots, slot_of)
    if not by and is_act(entry.code, "protest"):
        by, by_slot = _attending(noun, finder), "who takes part"
    to, to_slot = _first(to_slots, lambda slot: _other(slot_of(slot), by))
    if entry.joint:
        by, to = join_sides(by, to)
        if support is not None:
            by = join_sides(doer_of(support, is_passive(support), finder), by)[0]
    elif by and not to:
        to, to_slot = reach_actors(noun, support, finder, by), "elsewhere in the clause"
    why = _reasons(by, by_slot, to, to_slot, finder)
    return Roles(tuple(by), tuple(to), why, (by_slot if by else "", to_slot if to else ""))


def _attending(noun: Token, finder: ActorFinder) -> list[str]:
    """Return who does something at a protest: one of those who took part in it."""
    verb = noun.head.head
    return doer_of(verb, is_passive(verb), finder) if noun.head.lower_ in ("at", "during", "in") else []


def join_sides(by: list[str], to: list[str]) -> tuple[list[str], list[str]]:
    """Return both sides of a joint act as one, the other side empty."""
    return [*by, *(name for name in to if name not in by)], []


def _first(slots: tuple[str, ...], fill: Callable[[str], list[str]]) -> tuple[list[str], str]:
    for slot in slots:
        if found := fill(slot):
            return found, slot
    return [], ""


def _verb_slot(verb: Token, slot: str, passive: bool, finder: ActorFinder) -> list[str]:
    if slot == "subject":
        return doer_of(verb, passive, finder)
    if slot == "object":
        return undergoer_of(verb, passive, finder)
    found = finder.after(verb, slot)
    if not found:
        for thing in object_heads(verb):
            found = found or finder.after(thing, slot)
    return found


def reach_actors(word: Token, support: Token | None, finder: ActorFinder, by: list[str]) -> list[str]:
    """Return the first actors after an act's word, however deep in what depends on it.

    One of another country than those who act goes before one whose country is not said: who sends
    soldiers to Chad acts on Chad.
    """
    heads = [word, *([support] if support is not None else [])]
    reached = {token.i: token for head in heads for token in _within_reach(head)}
    own = {finder.country_of(name) for name in by}
    first: list[str] = []
    for i in sorted(reached, key=lambda i: (i < word.i, i)):
        if found := _other(finder.of(reached[i]), by):
            if finder.country_of(found[0]) not in (None, *own):
                return found
            first = first or found
    return first


def is_done_to_own(verb: Token) -> bool:
    """Return whether an act is done to what is somebody's who was spoken of: "bombed its villages"."""
    owners = (child for thing in object_heads(verb) for child in thing.children if child.dep_ == "poss")
    return any(owner.tag_ == "PRP$" for owner in owners)


def _within_reach(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in DOERS or child.dep_ in CLOSED or child.lower_ in ASIDE:
            continue
        if child.dep_ in ("advcl", "conj") and child.tag_ != "VB":
            continue
        yield child
        yield from _within_reach(child)


def doer_of(verb: Token, passive: bool, finder: ActorFinder) -> list[str]:
    """Return the actors that do what a verb says, through passives, control and coordination."""
    if passive:
        agent = agent_of(verb)
        return finder.of(agent) if agent is not None else []
    doer = subject_of(verb)
    return (listed_together(doer, finder) or finder.of(doer)) if doer is not None else []


def listed_together(doer: Token, finder: ActorFinder) -> list[str]:
    """Return both of two who act in a headline: "Israel, Hamas agree truce"; empty if there are no two."""
    start = doer.sent.start
    first, comma, second = (*doer.doc[start : start + 3], doer, doer)[:3]
    if comma.text != "," or second.dep_ != "nsubj":
        return []
    names = [name for noun in (first, second) if (name := finder.at(noun)) is not None]
    return names if len({finder.country_of(name) for name in names} - {None}) > 1 else []


def undergoer_of(verb: Token, passive: bool, finder: ActorFinder) -> list[str]:
    """Return the actors that a verb is done to: passive subject, direct object, or the noun it describes."""
    if passive:
        return finder.subject(verb)
    described = finder.of(verb.head, inside=False) if verb.dep_ == "relcl" else []  # the envoy Chad expelled
    return _objects_of(verb, finder) or _governed_by(verb, finder) or described


def _objects_of(verb: Token, finder: ActorFinder) -> list[str]:
    """Return the actors among the objects of a verb; the one to whom something is given goes alone."""
    found: list[str] = []
    for thing in children_with(verb, "dative", "dobj", "oprd", "attr"):
        found += [name for name in finder.of(thing) if name not in found]
    return found


def _governed_by(verb: Token, finder: ActorFinder) -> list[str]:
    """Return who is let, made or asked to do something: the subject of a bare infinitive below a verb."""
    for clause in children_with(verb, "ccomp", "xcomp"):
        subject = child_with(clause, "nsubj")
        if subject is not None and clause.tag_ == "VB" and child_with(clause, "mark") is None:
            return finder.of(subject)
    return []


def _noun_slot(noun: Token, slot: str, support: Token | None, finder: ActorFinder) -> list[str]:
    if slot == "possessor":
        return [name for child in children_with(noun, "poss") for name in finder.of(child)]
    if slot == "modifier":
        for child in children_with(noun, "amod", "compound", "nmod"):
            leader = child_with(child, "npadvmod") if child.lemma_ in event_words("leading") else None
            if found := finder.of(leader if leader is not None else child):
                return found
        return []
    if slot == "by":
        return finder.after(noun, "by") or _agent_nearby(noun, finder)
    if slot == "support":
        if support is None:
            return []
        return doer_of(support, is_passive(support), finder)
    return finder.after(noun, slot)


def _agent_nearby(noun: Token, finder: ActorFinder) -> list[str]:
    """Return who does what a noun names where `by` hangs elsewhere.

    On the victim ("the arrest of an editor by police", "an attack on a patrol by rebels") or on a
    participle ("a raid conducted by the army").
    """
    for clause in children_with(noun, "acl", "relcl"):
        agent = agent_of(clause) if clause.lemma_ in event_words("carrying out") else None
        if agent is not None:
            return finder.of(agent)
    for inner in prepositional(noun, "of", "on", "against"):
        if found := finder.after(inner, "by"):
            return found
    return []


def _answerable(noun: Token, finder: ActorFinder) -> list[str]:
    """Return who is said to be behind what a noun names, or responsible for it."""
    verb = answering(noun)
    return doer_of(verb, False, finder) if verb is not None else []


def holder_of(token: Token, finder: ActorFinder) -> list[str]:
    """Return the actors who say, plan or demand by a cue word, a verb or a noun."""
    if is_verbal(token):
        return doer_of(token, is_passive(token), finder)
    for slot in ("possessor", "by", "from", "modifier"):
        if found := _noun_slot(token, slot, None, finder):
            return found
    if token.dep_ in ("dobj", "pobj"):
        verb = token.head if token.dep_ == "dobj" else token.head.head
        if found := doer_of(verb, is_passive(verb), finder):
            return found
    return finder.after(token, "of")


def addressees_of(token: Token, finder: ActorFinder) -> list[str]:
    """Return the actors to whom a demand, threat or promise is spoken."""
    if is_verbal(token):
        for child in children_with(token, "dative", "dobj", "nsubjpass"):
            if finder.at(child) is not None:
                return finder.of(child)
    given = children_with(token.head, "dative") if token.dep_ == "dobj" else []
    told = [name for child in given for name in finder.of(child)]
    return told or finder.after(token, "on", "upon", "to", "with", "against", "from")


def _other(found: list[str], taken: list[str]) -> list[str]:
    return [name for name in found if name not in taken]


def _reasons(
    by: list[str], by_slot: str, to: list[str], to_slot: str, finder: ActorFinder
) -> tuple[str, ...]:
    lines = []
    if by:
        lines.append(f"source {finder.quote(by)}: {by_slot}")
    if to:
        lines.append(f"target {finder.quote(to)}: {to_slot}")
    return tuple(lines)
