"""Demands, promises, threats and refusals whose content the codebook does not know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.grammar import subject_of
from onrecord.lexicons import load
from onrecord.ontology import change_act
from onrecord.ontology.entries import Codebook, Cue
from onrecord.stages.events.assign_codes import speaker_of
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.fill_roles import (
    addressees_of,
    holder_of,
    reach_actors,
    support_targets,
)
from onrecord.stages.events.match_entries import has_particle
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import Trace, is_verbal, trace_cues
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

UNDOING = ("not", "prevent", "conditional", "predict", "possible", "accuse", "fail", "would")
"""What governs a demand or promise that was not made."""
CLAUSES_TAKEN = ("inf", "that")
"""What an adjective or a noun must govern to count: "ready to send", "a demand that"."""
DUTIES = {"should": "ask", "must": "demand"}
"""Modals that ask (a closed class), and the sense of the cue that each of them is."""
STATUS = {
    "ask": "actual", "demand": "actual", "order": "actual", "refuse": "actual", "reject": "actual",
    "threaten": "actual", "promise": "actual", "deny": "denied", "plan": "actual",
}  # fmt: skip


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
    duties = {token.head.i: token for token in tokens if token.lower_ in DUTIES and token.tag_ == "MD"}
    for token in tokens:
        if token.i in used:
            continue
        cue = _cue_of(token, book) if token.lemma_.lower() in telling_words() else None
        modal = duties.get(token.i) if cue is None else None
        item = None if cue is None else _code_cue(token, cue, finder, book)
        item = item if modal is None else _code_duty(token, modal, finder, book)
        if item is not None:
            yield item


def _cue_of(token: Token, book: Codebook) -> Cue | None:
    lemma = token.lemma_.lower()
    tag = "verb" if is_verbal(token) else {"ADJ": "adj", "NOUN": "noun"}.get(token.pos_, "")
    for form in _forms_taken(token):
        if tag != "verb" and form not in CLAUSES_TAKEN:
            continue
        for particle, cue in book.cues.get((tag, lemma, form), ()):
            if cue.code and _counts(cue, form, particle, token):
                return cue
    return None


def _counts(cue: Cue, form: str, particle: str, token: Token) -> bool:
    """Return whether a cue counts as an event of its own with that form; with a particle all forms do."""
    if particle:
        return has_particle(token, particle)
    if form == "to" and token.lemma_ not in event_words("consenting"):
        return False
    return not cue.alone or form in cue.alone


def _forms_taken(token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ in ("xcomp", "advcl", "acl", "relcl") and child.tag_ == "VB":
            yield "oinf" if any(c.dep_ in ("dobj", "dative") for c in token.children) else "inf"
        elif child.dep_ == "ccomp" or (child.dep_ in ("acl", "relcl") and _is_that_clause(child)):
            yield "that"
            if child.tag_ == "VB":
                yield "oinf"
        elif child.dep_ == "xcomp" and child.tag_ == "VBG":
            yield "ing"
        elif child.dep_ == "dobj":
            yield "obj"
        elif child.dep_ == "prep":
            yield child.lower_
            if any(other.dep_ in ("xcomp", "advcl") and other.tag_ == "VB" for other in token.children):
                yield "oinf"


def _is_that_clause(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)


def _code_cue(token: Token, cue: Cue, finder: ActorFinder, book: Codebook) -> Coded | None:
    by = tuple(holder_of(token, finder))
    if not by:
        return None
    to, slot = _aimed_at(token, by, finder)
    political = all(map(finder.is_political, by))
    if not to and not (cue.kind in ("promise", "refuse") and political):
        return None
    if slot == "elsewhere in the clause" and not political:
        return None
    if not any(map(finder.is_public, (*by, *to))):
        return None
    trace = trace_cues(token, book)
    if token.pos_ == "NOUN" and not _is_given(cue, trace):
        return None
    status, coded = STATUS.get(cue.kind, "actual"), True
    for step in trace.steps:
        if step.kind in UNDOING:
            status, coded = ("denied" if step.kind in ("not", "prevent", "fail") else "possible"), False
    why = (
        f'"{token.text}": cue {cue.key}, and what it governs is no act of the codebook',
        f"source {finder.quote(by)}: who speaks",
        *([f"target {finder.quote(to)}: {slot}"] if to else []),
    )
    return Coded(
        token, token, cue.code, cue.code, status, by, to, coded, f"cue: {cue.key}", 0.5, why, None, None,
        (token,), ("who speaks", slot),
    )  # fmt: skip


def _code_duty(verb: Token, modal: Token, finder: ActorFinder, book: Codebook) -> Coded | None:
    """Return what somebody says that an official ought to do as a request: "said the council should act"."""
    subject = subject_of(verb) if verb.dep_ == "ccomp" and verb.lemma_ != "be" else None
    if subject is None or subject.pos_ == "PRON":
        return None
    steps = trace_cues(verb, book).steps
    by = speaker_of(steps[1:], finder)
    to = tuple(name for name in finder.of(subject, inside=False) if name not in by)
    if not by or not all(map(finder.is_official, to)) or not to or any(s.kind in UNDOING for s in steps[1:]):
        return None
    asked = change_act(DUTIES[modal.lower_], "", "actual")
    code = asked.code if asked is not None else ""
    why = (
        f'"{modal.text}": what {finder.quote(to)} ought to do is no act of the codebook',
        f"source {finder.quote(by)}: who speaks",
        f"target {finder.quote(to)}: who ought to act",
    )
    return Coded(
        modal, verb, code, code, "actual", by, to, True, "cue: duty", 0.5, why, None, None, (modal,),
        ("who speaks", "who ought to act"),
    )  # fmt: skip


def _is_given(cue: Cue, trace: Trace) -> bool:
    """Return whether a noun tells of a demand or promise made, not of one that is only spoken of."""
    if cue.kind == "plan":
        return False
    return cue.kind != "promise" or (trace.support is not None and trace.support.lemma_ != "sign")


def _aimed_at(token: Token, by: tuple[str, ...], finder: ActorFinder) -> tuple[tuple[str, ...], str]:
    """Return at whom a demand, promise or refusal is aimed, and where they stand."""
    support = token.head if token.dep_ == "dobj" and is_verbal(token.head) else None
    given = support_targets(support, token, finder) if support is not None else []
    for slot, found in (
        ("addressee", addressees_of(token, finder) or given),
        ("content", _actors_in_content(token, finder)),
        ("elsewhere in the clause", reach_actors(token, support, finder, list(by))),
    ):
        if others := tuple(name for name in found if name not in by):
            return others, slot
    return (), ""


def _actors_in_content(token: Token, finder: ActorFinder) -> list[str]:
    """Return who is to do what is asked, or promised: the subject of the clause that a word governs."""
    for child in token.children:
        if child.dep_ in ("ccomp", "xcomp", "acl", "relcl"):
            own = next((c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if own is not None and (found := finder.of(own)):
                return found
    return []
