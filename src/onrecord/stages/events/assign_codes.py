"""Code, status and parties of an act under the cues that govern it, from the inmost cue outwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from onrecord.ontology import change_act, is_act, is_hostile
from onrecord.ontology.entries import Codebook
from onrecord.records import Act, Plover
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.fill_roles import (
    Roles,
    addressees_of,
    asked_by,
    bargained_with,
    holder_of,
    is_done_to_own,
)
from onrecord.stages.events.match_entries import Match
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import Step, Trace, is_verbal
from onrecord.words import Token

FUTURE = ("promise", "plan", "future", "would", "want")
PRESENTING = ("not", "prevent", "conditional", "predict", "purpose")
"""Senses with transitions of their own that leave the actors alone; the others make an act possible."""
HAPPENING = ("actual", "ongoing")
TELLING = ("report", "threaten", "neutral", "announce")
SILENT = ("neutral", "light", "report")


@dataclass(frozen=True, slots=True)
class Governed:
    """An act under all that governs it: its codes, status, actors and the trace of how they came about."""

    code: str
    act: str
    """CAMEO code of the act itself, before promises and demands shift it."""
    status: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    trigger: Token
    coded: bool = True
    """Whether the codebooks give a code to the act with that status."""
    refusal: str = ""
    content: bool = False
    """Whether something governs the act that makes it the content of a word given."""
    why: tuple[str, ...] = ()
    slots: tuple[str, str] = ("", "")
    """Where those who act, and those acted upon, stand to the word of the act."""
    base: str = ""
    owner: tuple[str, ...] = ()


def assign_codes(match: Match, trace: Trace, roles: Roles, finder: ActorFinder) -> Governed:
    """Return what an act becomes under the cues that govern it, applied from the inmost outwards."""
    status = "ongoing" if _is_progressive(match.token) else "actual"
    verdict = Governed(
        match.code,
        match.code,
        status,
        roles.by,
        roles.to,
        match.token,
        why=(*match.why, *roles.why),
        slots=roles.slots,
    )
    steps = trace.steps
    for number, step in enumerate(steps):
        verdict = _apply(verdict, step, steps[number + 1 :], finder)
        if verdict.refusal:
            break
    return verdict


def _apply(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    kind = step.kind
    if kind == "report" and (blamed := _blame(v, step, finder)) is not None:
        return _note(blamed, f'"{step.token.text}" (says what was done to its own)', v)
    if kind in SILENT:
        return v
    line = f'"{step.token.text}" ({kind})'
    if kind in FUTURE and not (kind == "want" and step.form != "inf"):
        return _note(_intend(v, step, finder), line, v)
    handler = HANDLERS.get(kind, _present)
    return _note(handler(v, step, outer, finder), line, v)


def _present(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    """Return an act as denied, feared, possible ... with the actors that it has."""
    calling = step.kind == "purpose" and step.token.head.lemma_ in event_words("calling")
    if calling and is_act(v.code, "spoken"):  # who calls to congratulate has congratulated
        return v
    return _changed(v, step.kind if step.kind in PRESENTING else "possible")


def _changed(v: Governed, sense: str) -> Governed:
    """Return an act as the table of transitions has it under a cue that leaves its actors alone."""
    new = change_act(sense, v.code, v.status)
    return v if new is None else replace(v, code=new.code, status=new.status, coded=v.coded and new.coded)


def _blame(v: Governed, step: Step, finder: ActorFinder) -> Governed | None:
    """Return the accusation that one state makes which says what another did to it; else None.

    "Chad said Niger had bombed its villages" is no evidence that Niger did.
    """
    blamed = change_act("blame", v.code, v.status)
    if blamed is None or step.form != "that" or not is_verbal(step.token):
        return None
    if step.token.lemma_ not in event_words("saying") or v.content or not v.by:
        return None
    holder = tuple(holder_of(step.token, finder))
    lands = {finder.country_of(name) for name in holder}
    other = {finder.country_of(name) for name in v.by}
    if not all(map(finder.is_state, (*holder, *v.by))) or None in lands | other or lands & other:
        return None
    own = any(finder.country_of(name) in lands for name in v.to) and all(map(finder.is_country, holder))
    if not holder or not (own or is_done_to_own(v.trigger)):
        return None
    to = _without(v.by, holder)
    return replace(v, code=blamed.code, act=blamed.code, by=holder, to=to, trigger=step.token, content=True)


def _intend(v: Governed, step: Step, finder: ActorFinder) -> Governed:
    new = change_act(step.kind, v.code, v.status)
    if new is None or (not new.code and step.form == "obj"):
        return v
    is_apart = step.form not in ("inf", "amod")
    by = (tuple(holder_of(step.token, finder)) if step.cue is not None and is_apart else ()) or v.by
    posture = change_act("prepare", v.code, v.status)
    if posture is not None and step.token.lemma_ in event_words("preparing") and is_verbal(step.token):
        return replace(
            v, code=posture.code, act=posture.code, trigger=step.token, to=_without(v.to, by), content=True
        )
    to = _without(v.to, by) or (_without(v.by, by) if is_apart else ())
    return replace(
        v, code=new.code or v.code, status=new.status, by=by, to=to, coded=v.coded and bool(new.code),
        content=True, base=v.base or v.code, owner=by,
    )  # fmt: skip


def _threaten(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = tuple(holder_of(step.token, finder)) or v.by
    if step.token.lemma_ == "warn" and not set(holder) & set(v.by) and v.status != "planned":
        return _changed(v, "possible")
    base = v.base or v.code
    to = _without(v.to or tuple(addressees_of(step.token, finder)), holder)
    to = to or _without(
        tuple(bargained_with(step.token, finder) or bargained_with(v.trigger, finder)), holder
    )
    return _become(v, "threaten", base, by=holder, to=to, content=True, base=base)


def _become(v: Governed, sense: str, code: str, **rest: Any) -> Governed:
    """Return what a code becomes under a cue, and the given fields of it changed; as it is if nothing."""
    new = change_act(sense, code, v.status)
    if new is None:
        return v
    return replace(v, code=new.code, status=new.status, **rest)


def _ask(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    sense = "demand" if step.kind == "demand" else "ask"
    holder = tuple(holder_of(step.token, finder))
    if v.status == "denied" and v.content and holder and not set(holder) & set(v.by):
        return _become(v, sense, v.code, by=holder, to=v.by, trigger=step.token, coded=True)
    if v.status not in HAPPENING:
        return replace(v, content=True)
    addressed = tuple(name for name in addressees_of(step.token, finder) if name not in holder)
    told = step.token.lemma_ == "tell" and step.form == "oinf" and bool(addressed)
    if told and all(finder.serves(name, holder) for name in addressed):
        return _order(v, step, outer, finder)
    to = addressed or _without(v.by, holder) or _without(v.to, holder)
    return _become(v, sense, v.code, by=holder, to=to, content=True, base=v.base or v.code, owner=holder)


def _order(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    if v.status not in HAPPENING:
        return v
    holder = tuple(holder_of(step.token, finder))
    addressed = tuple(name for name in addressees_of(step.token, finder) if name not in holder)
    own = bool(addressed) and all(finder.serves(name, holder) for name in addressed)
    if addressed and not own and step.form == "oinf" and not is_hostile(v.code):
        return _ask(v, replace(step, kind="demand"), outer, finder)
    to = _without(v.to, (*holder, *addressed)) if own else _without(v.to, holder) or _without(v.by, holder)
    return _become(v, "order", v.code, by=holder or v.by, to=to, content=True, base=v.code)


def _ultimatum(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    return _changed(_ask(v, replace(step, kind="demand"), outer, finder), "ultimatum")


def _must(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    speaker = speaker_of(outer, finder)
    agreed = v.status == "promised" and bool(v.base)
    if not speaker or set(speaker) & set(v.by) or not (agreed or v.status in HAPPENING):
        return _changed(v, "possible")
    to = _without(v.by, speaker) or v.to
    base = v.base or v.code
    return _become(v, "must", v.base if agreed else v.code, by=speaker, to=to, content=True, base=base)


def speaker_of(outer: tuple[Step, ...], finder: ActorFinder) -> tuple[str, ...]:
    """Return who says what holds an act, if the text reports it as said."""
    speech = next((s for s in outer if s.kind in TELLING and s.form in ("that", "")), None)
    return tuple(holder_of(speech.token, finder)) if speech is not None else ()


def _refuse(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    base = v.base or v.code
    holder = tuple(holder_of(step.token, finder)) if step.cue is not None else v.by
    new = change_act("refuse", base, v.status)
    if new is None or not new.coded:
        return _changed(v, "not")
    verb = step.token if step.cue is not None else v.trigger
    to = _without(tuple(asked_by(step.token, finder)), holder) if step.form == "inf" else ()
    if not to and v.status == "demanded":
        to = _without(v.owner, holder)
    to = to or _without(v.to, holder) or _without(v.owner, holder) or _without(v.by, holder)
    to = to or _without(tuple(bargained_with(verb, finder)), holder)
    return _become(v, "refuse", base, by=holder or v.by, to=to, content=True, base=base)


def _reject(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    base = v.base or v.code
    holder = tuple(holder_of(step.token, finder)) or speaker_of(outer, finder)
    to = _without(tuple(asked_by(step.token, finder)), holder) or _without(v.owner, holder)
    to = to or _without(v.by, holder) or _without(v.to, holder)
    done = _become(v, "reject", base, by=holder, to=to, trigger=step.token, content=True, base=base)
    return replace(done, act=done.code, coded=True)


def _accept(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    base = v.base or v.code
    holder = tuple(holder_of(step.token, finder))
    if not holder:
        return v
    to = _without(v.owner, holder) or _without(v.by, holder) or _without(v.to, holder)
    return _become(v, "accept", base, by=holder, to=to, content=True, coded=True, base=base)


def _stop(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    # a meeting that ends was held: "concluded talks" undoes nothing
    if is_act(v.code, "met") and step.token.lemma_ in event_words("ending"):
        return v
    new = change_act("stop", v.code, v.status)
    if new is None or not new.code:
        return replace(v, refusal="stopped or undone, and no code for that")
    holder = tuple(holder_of(step.token, finder)) or v.by
    to = _without(v.to, holder) or _without(v.by, holder)
    return replace(v, code=new.code, act=new.code, by=holder, to=to, trigger=step.token, content=True)


def _deny(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = tuple(holder_of(step.token, finder))
    return _become(v, "deny", v.code, by=holder or v.by, to=_without(v.to, holder), content=True)


def _fail(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    # parties fail to agree, talks fail
    failed = _changed(v, "fail" if is_verbal(step.token) and step.form == "inf" else "collapse")
    if failed.code == v.code:
        return failed
    return replace(failed, act=failed.code, trigger=step.token, content=True)


def _attempt(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    tried = _changed(v, "attempt")
    return replace(tried, act=tried.code) if tried.code != v.code else tried


def _announce(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    by = v.by or tuple(holder_of(step.token, finder))
    if change_act("announce", v.code, v.status) is not None:
        return _become(v, "announce", v.code, by=by, content=True, base=v.code)
    return replace(v, by=by, to=_without(v.to, by))


def _accuse(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    if step.cue is not None and step.form in ("of", "for", "that", "ing", "over", "with", "inf"):
        return replace(v, refusal=f"only alleged: {step.token.text}")
    return v


HANDLERS = {
    "threaten": _threaten,
    "ask": _ask,
    "demand": _ask,
    "order": _order,
    "must": _must,
    "refuse": _refuse,
    "will not": _refuse,
    "reject": _reject,
    "accept": _accept,
    "stop": _stop,
    "deny": _deny,
    "fail": _fail,
    "attempt": _attempt,
    "announce": _announce,
    "ultimatum": _ultimatum,
    "accuse": _accuse,
}
"""Who takes part in an act under a cue of each sense; the code and status are those of the transitions."""


def plover_of(
    code: str, match: Match | None, book: Codebook, shifted: bool, status: str = "actual"
) -> Plover | None:
    """Return the PLOVER type, mode and contexts of a code; an entry may know better than the table.

    A concession that is announced or ordered is CONCEDE; one agreed to, offered or pledged is AGREE,
    as the table of 2021 has it: the word given is to another party.
    """
    row = book.codes.get(code)
    contexts = list(row.contexts if row else ())
    type_, mode = (row.type, row.mode) if row else ("", "")
    if is_act(code, "concession") and status == "promised":
        type_, mode = "AGREE", ""
    if match is not None and not shifted:
        given = (match.refinement.act if match.refinement else "") or match.pattern.entry.act
        if given:
            type_, _, own_mode = given.partition("/")
            mode = own_mode or (mode if row and row.type == type_ else "")
    if match is not None:
        extra = (*match.pattern.entry.contexts, *(match.refinement.contexts if match.refinement else ()))
        contexts += [item for item in extra if item not in contexts]
    return Plover(type_, mode or None, tuple(contexts)) if type_ else None


def act_of(code: str, match: Match | None, book: Codebook, own: bool) -> Act:
    """Return the act that a code stands for; statements, which PLOVER lacks, are STATEMENT."""
    plover = plover_of(code, match if own else None, book, shifted=not own)
    return Act(plover.type, plover.mode) if plover else Act("STATEMENT")


def _without(names: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in taken)


def _note(v: Governed, line: str, before: Governed) -> Governed:
    """Return a verdict with a line on what a cue changed."""
    changes = [v.status] if v.status != before.status else []
    changes += [f"{before.code} becomes {v.code}"] if v.code != before.code else []
    changes += ["no code"] if before.coded and not v.coded else []
    return replace(v, why=(*v.why, f"{line}: {', '.join(changes) or 'changes nothing'}"))


def _is_progressive(verb: Token) -> bool:
    if verb.tag_ != "VBG":
        return False
    return any(
        child.dep_ == "aux" and child.lower_ in ("is", "are", "am", "'s", "'re", "been")
        for child in verb.children
    )
