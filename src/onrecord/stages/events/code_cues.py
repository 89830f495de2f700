"""Demands, promises, threats and refusals whose content the codebook does not know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.grammar import child_with, children_with, subject_of
from onrecord.lexicons import load
from onrecord.ontology import change_act
from onrecord.ontology.entries import Codebook, Cue
from onrecord.stages.events.assign_codes import Names, speaker_of
from onrecord.stages.events.fill_roles import (
    addressees_of,
    holder_of,
    reach_actors,
)
from onrecord.stages.events.match_entries import Match, has_particle, plain_pattern
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import is_verbal, trace_cues
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

UNDOING = ("not", "prevent", "conditional", "predict", "possible", "accuse", "fail", "would")
"""What governs a demand or promise that was not made."""
DUTIES = {"should": "ask", "must": "demand"}
"""Modals that ask (a closed class), and the sense of the cue that each of them is."""


@cache
def telling_words() -> frozenset[str]:
    """Return the lemmas of the cues that are events of their own where what they govern is none."""
    cues = (cue for cue in load("status_cues", Cue) if cue.code)
    words = (word for cue in cues for word in (*cue.verbs, *cue.nouns, *cue.adjectives))
    return frozenset(word.partition(" ")[0] for word in words)


def code_cues(
    tokens: list[Token], found: list[Coded], finder: ActorFinder, book: Codebook
) -> Iterator[Coded]:
    """Yield demands, promises, threats, refusals and denials whose content is no act of the codebook."""
    used = {cue.i for item in found for cue in item.cues} | {item.trigger.i for item in found}
    duties = {token.head.i: token for token in tokens if token.lower_ in DUTIES}
    for token in tokens:
        if token.i in used:
            continue
        cue = _cue_of(token, book) if token.lemma_.lower() in telling_words() else None
        modal = duties.get(token.i)
        if cue is not None:
            yield from _code_cue(token, cue, finder, book)
        elif modal is not None:
            yield from _code_duty(token, modal, finder, book)


def _cue_of(token: Token, book: Codebook) -> Cue | None:
    """Return the cue that a verb is, by the first complement for which it counts as an event of its own."""
    if not is_verbal(token):
        return None
    for form in _forms_taken(token):
        for particle, cue in book.cues.get(("verb", token.lemma_.lower(), form), ()):
            counts = has_particle(token, particle) if particle else form in cue.alone
            if cue.code and counts:
                return cue
    return None


def _forms_taken(token: Token) -> Iterator[str]:
    """Yield the forms of a verb's complements, as cues name them."""
    for child in token.children:
        if child.dep_ == "ccomp":
            yield "that"
        elif child.tag_ == "VB":
            yield "oinf" if child_with(token, "dobj", "dative") is not None else "inf"
        elif child.dep_ == "dobj":
            yield "obj"
        elif child.dep_ == "prep":
            yield child.lower_


def _code_cue(token: Token, cue: Cue, finder: ActorFinder, book: Codebook) -> Iterator[Coded]:
    """Yield a demand, threat, promise ...; without an addressee only a promise or a refusal."""
    by = tuple(holder_of(token, finder))
    to, slot = _aimed_at(token, by, finder)
    if not by or not (to or cue.kind in ("promise", "refuse")):
        return
    undone = [step.kind for step in trace_cues(token, book).steps if step.kind in UNDOING]
    status = "possible" if undone else "denied" if cue.kind == "deny" else "actual"
    why = (
        f'"{token.text}": cue {cue.key}, and what it governs is no act of the codebook',
        f"source {finder.quote(by)}: who speaks",
        *([f"target {finder.quote(to)}: {slot}"] if to else []),
    )
    yield _code_word(token, token, cue.code, status, by, to, not undone, f"cue: {cue.key}", why, slot)


def _code_duty(verb: Token, modal: Token, finder: ActorFinder, book: Codebook) -> Iterator[Coded]:
    """Yield what somebody says that others ought to do as a request: "said the council should act"."""
    subject = subject_of(verb)
    if subject is None or verb.lemma_ == "be":
        return
    by = speaker_of(trace_cues(verb, book).steps[1:], finder)
    to = tuple(name for name in finder.of(subject, inside=False) if name not in by)
    asked = change_act(DUTIES[modal.lower_], "", "actual")
    if not (by and to) or asked is None:
        return
    why = (
        f'"{modal.text}": what {finder.quote(to)} ought to do is no act of the codebook',
        f"source {finder.quote(by)}: who speaks",
        f"target {finder.quote(to)}: who ought to act",
    )
    yield _code_word(modal, verb, asked.code, "actual", by, to, True, "cue: duty", why, "who ought to act")


def _code_word(
    cue: Token, word: Token, code: str, status: str, by: Names, to: Names, coded: bool, rule: str, why: Names,
    slot: str,
) -> Coded:  # fmt: skip
    match = Match(word, plain_pattern(rule, code))
    slots = ("who speaks", slot)
    return Coded(cue, word, code, code, status, by, to, coded, rule, 0.5, why, match, None, (cue,), slots)


def _aimed_at(token: Token, by: tuple[str, ...], finder: ActorFinder) -> tuple[tuple[str, ...], str]:
    """Return at whom a demand, promise or refusal is aimed, and where they stand."""
    for slot, found in (
        ("addressee", addressees_of(token, finder)),
        ("content", _actors_in_content(token, finder)),
        ("elsewhere in the clause", reach_actors(token, None, finder, list(by))),
    ):
        if others := tuple(name for name in found if name not in by):
            return others, slot
    return (), ""


def _actors_in_content(token: Token, finder: ActorFinder) -> list[str]:
    """Return who is to do what is asked, or promised: the subject of the clause that a word governs."""
    clauses = children_with(token, "ccomp", "xcomp", "acl", "relcl")
    own = next((c for clause in clauses if (c := child_with(clause, "nsubj", "nsubjpass")) is not None), None)
    return finder.of(own) if own is not None else []
