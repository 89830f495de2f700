"""Code, status and parties of an act under the cues that govern it, from the inmost cue outwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from onrecord.ontology import change_act, is_act, is_hostile
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

PRESENTING = ("not", "prevent", "conditional", "predict", "purpose")
"""Senses with transitions of their own that leave the actors alone; the others make an act possible."""
TELLING = ("report", "threaten", "neutral", "announce")
Names = tuple[str, ...]


class Governed(NamedTuple):
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
    """Code of the act before the first cue that made it the content of a word given."""
    owner: tuple[str, ...] = ()
    """Who gave that word: asked, promised, planned."""

    @property
    def root(self) -> str:
        """The code before any word was given."""
        return self.base or self.code


def assign_codes(match: Match, trace: Trace, roles: Roles, finder: ActorFinder) -> Governed:
    """Return what an act becomes under the cues that govern it, applied from the inmost outwards."""
    status = "ongoing" if _is_progressive(match.token) else "actual"
    why = (*match.why, *roles.why)
    verdict = Governed(
        match.code, match.code, status, roles.by, roles.to, match.token, why=why, slots=roles.slots
    )
    for number, step in enumerate(trace.steps):
        handler = HANDLERS.get(step.kind, _present)
        after = handler(verdict, step, trace.steps[number + 1 :], finder)
        verdict = after if after is verdict else _note(after, step, verdict)
    return verdict


def _keep(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    """Return an act under a cue that says nothing of it."""
    return v


def _present(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    """Return an act as denied, feared, possible ... with the actors that it has."""
    if step.kind == "purpose" and step.token.head.lemma_ in event_words("calling"):
        return v  # who calls to congratulate has congratulated
    return _changed(v, step.kind if step.kind in PRESENTING else "possible")


def _changed(v: Governed, sense: str) -> Governed:
    """Return an act as the table of transitions has it under a cue that leaves its actors alone."""
    new = change_act(sense, v.code, v.status)
    return v if new is None else v._replace(code=new.code, status=new.status, coded=new.coded)


def _become(v: Governed, sense: str, code: str, **rest: Any) -> Governed:
    """Return what a code becomes under a cue, and the given fields of it changed; as it is if nothing."""
    new = change_act(sense, code, v.status)
    return v if new is None else v._replace(code=new.code, status=new.status, content=True, **rest)


def _holders(step: Step, finder: ActorFinder, otherwise: Names = ()) -> Names:
    """Return who says, plans or demands by a cue; `otherwise` if nobody is found."""
    return tuple(holder_of(step.token, finder)) or otherwise


def _first_others(holder: Names, *sides: Iterable[str]) -> Names:
    """Return of the first side that names others than those who give the word these others."""
    others = (_without(side, holder) for side in sides)
    return next(filter(None, others), ())


def _blame(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    """Return the accusation that one state makes which says what another did to it; else the act.

    "Chad said Niger had bombed its villages" is no evidence that Niger did.
    """
    blamed = change_act("blame", v.code, v.status)
    if blamed is None or not v.by:
        return v
    holder = _holders(step, finder)
    lands = {finder.country_of(name) for name in holder}
    is_other = lands.isdisjoint(map(finder.country_of, v.by))
    own = any(finder.country_of(name) in lands for name in v.to) or is_done_to_own(v.trigger)
    if not is_other or not own or not all(map(finder.is_state, (*holder, *v.by))):
        return v
    to = _without(v.by, holder)
    return v._replace(code=blamed.code, act=blamed.code, by=holder, to=to, trigger=step.token, content=True)


def _intend(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    new = change_act(step.kind, v.code, v.status)
    if new is None:
        return v
    is_apart = step.form not in ("inf", "amod")
    by = _holders(step, finder, v.by) if is_apart else v.by
    posture = change_act("prepare", v.code, v.status)
    if posture is not None and step.token.lemma_ in event_words("preparing"):
        to = _without(v.to, by)
        return v._replace(code=posture.code, act=posture.code, trigger=step.token, to=to, content=True)
    return v._replace(
        code=new.code or v.code, status=new.status, by=by,
        to=_first_others(by, v.to, v.by if is_apart else ()), coded=bool(new.code), content=True,
        base=v.root, owner=by,
    )  # fmt: skip


def _threaten(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = _holders(step, finder, v.by)
    spoken_to = v.to or addressees_of(step.token, finder)
    waited_for = (bargained_with(word, finder) for word in (step.token, v.trigger))
    to = _first_others(holder, spoken_to, *waited_for)
    return _become(v, "threaten", v.root, by=holder, to=to, base=v.root)


def _ask(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    sense = "demand" if step.kind == "demand" else "ask"
    holder = _holders(step, finder)
    if v.status == "denied" and v.content:
        return _become(v, sense, v.code, by=holder, to=v.by, trigger=step.token, coded=True)
    to = _first_others(holder, addressees_of(step.token, finder), v.by, v.to)
    return _become(v, sense, v.code, by=holder, to=to, base=v.root, owner=holder)


def _order(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = _holders(step, finder, v.by)
    addressed = _without(addressees_of(step.token, finder), holder)
    own = all(finder.serves(name, holder) for name in addressed)
    if not own and not is_hostile(v.code):
        return _ask(v, step._replace(kind="demand"), outer, finder)
    to = _first_others((*holder, *addressed), v.to, v.by)
    return _become(v, "order", v.code, by=holder, to=to, base=v.code)


def _ultimatum(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    return _changed(_ask(v, step._replace(kind="demand"), outer, finder), "ultimatum")


def _must(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    speaker = speaker_of(outer, finder)
    if not speaker or set(speaker) & set(v.by):
        return _changed(v, "possible")
    return _become(v, "must", v.root, by=speaker, to=_first_others(speaker, v.by, v.to), base=v.root)


def speaker_of(outer: tuple[Step, ...], finder: ActorFinder) -> Names:
    """Return who says what holds an act, if the text reports it as said."""
    speech = next((step for step in outer if step.kind in TELLING), None)
    return _holders(speech, finder) if speech is not None else ()


def _refuse(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = _holders(step, finder, v.by) if step.cue is not None else v.by
    if is_hostile(v.root):
        return _changed(v, "not")
    sides = (asked_by(step.token, finder), v.to, v.owner, v.by, bargained_with(v.trigger, finder))
    return _become(v, "refuse", v.root, by=holder, to=_first_others(holder, *sides), base=v.root)


def _reject(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = _holders(step, finder, speaker_of(outer, finder))
    to = _first_others(holder, asked_by(step.token, finder), v.owner, v.by, v.to)
    done = _become(v, "reject", v.root, by=holder, to=to, trigger=step.token, base=v.root)
    return done._replace(act=done.code, coded=True)


def _accept(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = _holders(step, finder)
    if not holder:
        return v
    to = _first_others(holder, v.owner, v.by, v.to)
    return _become(v, "accept", v.root, by=holder, to=to, coded=True, base=v.root)


def _stop(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    # a meeting that ends was held: "concluded talks" undoes nothing
    if is_act(v.code, "met") and step.token.lemma_ in event_words("ending"):
        return v
    new = change_act("stop", v.code, v.status)
    if new is None or not new.code:
        return v._replace(refusal="stopped or undone, and no code for that")
    holder = _holders(step, finder, v.by)
    to = _first_others(holder, v.to, v.by)
    return v._replace(code=new.code, act=new.code, by=holder, to=to, trigger=step.token, content=True)


def _deny(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    holder = _holders(step, finder, v.by)
    return _become(v, "deny", v.code, by=holder, to=_without(v.to, holder))


def _fail(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    # parties fail to agree, talks fail
    failed = _changed(v, "fail" if step.form == "inf" and is_verbal(step.token) else "collapse")
    if failed.code == v.code:
        return failed
    return failed._replace(act=failed.code, trigger=step.token, content=True)


def _attempt(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    tried = _changed(v, "attempt")
    return tried._replace(act=tried.code)


def _announce(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    by = v.by or _holders(step, finder)
    if change_act("announce", v.code, v.status) is not None:
        return _become(v, "announce", v.code, by=by, base=v.code)
    return v._replace(by=by, to=_without(v.to, by))


def _accuse(v: Governed, step: Step, outer: tuple[Step, ...], finder: ActorFinder) -> Governed:
    if step.form in ("of", "for", "that", "ing", "over", "with", "inf"):
        return v._replace(refusal=f"only alleged: {step.token.text}")
    return v


HANDLERS = {
    **dict.fromkeys(("neutral", "light"), _keep),
    **dict.fromkeys(("promise", "plan", "future", "would", "want"), _intend),
    **dict.fromkeys(("ask", "demand"), _ask),
    **dict.fromkeys(("refuse", "will not"), _refuse),
    "report": _blame,
    "threaten": _threaten,
    "order": _order,
    "must": _must,
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


def _without(names: Iterable[str], taken: Names) -> Names:
    return tuple(name for name in names if name not in taken)


def _note(v: Governed, step: Step, before: Governed) -> Governed:
    """Return a verdict with a line on what a cue changed."""
    changes = [v.status] if v.status != before.status else []
    changes += [f"{before.code} becomes {v.code}"] if v.code != before.code else []
    changes += ["no code"] if not v.coded else []
    told = ", ".join(changes) or "changes who takes part"
    return v._replace(why=(*v.why, f'"{step.token.text}" ({step.kind}): {told}'))


def _is_progressive(verb: Token) -> bool:
    if verb.tag_ != "VBG":
        return False
    return any(child.lower_ in ("is", "are", "am", "'s", "'re", "been") for child in verb.children)
