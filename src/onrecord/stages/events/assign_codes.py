from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.records import Act, Plover
from onrecord.stages.events.entries import Codebook
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.fill_roles import (
    VIOLENT,
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

FUTURE = {
    "promise": "promised",
    "plan": "planned",
    "future": "planned",
    "would": "planned",
    "want": "planned",
}
SPOKEN = ("02", "05", "10", "11")
"""Roots of acts that are done by speaking: who calls to congratulate has congratulated."""
TELLING = ("report", "threaten", "neutral", "announce")
SILENT = ("neutral", "light", "report")


@dataclass(frozen=True, slots=True)
class Verdict:
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


def assign_codes(match: Match, trace: Trace, roles: Roles, book: Codebook, finder: ActorFinder) -> Verdict:
    """Return what an act becomes under the cues that govern it, applied from the inmost outwards."""
    status = "ongoing" if _is_progressive(match.token) else "actual"
    verdict = Verdict(
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
        verdict = _apply(verdict, step, steps[number + 1 :], book, finder)
        if verdict.refusal:
            break
    return verdict


def _apply(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    kind = step.kind
    if kind == "report" and (blamed := _blame(v, step, finder)) is not None:
        return _note(blamed, f'"{step.token.text}" (says what was done to its own)', v)
    if kind in SILENT:
        return v
    line = f'"{step.token.text}" ({kind})'
    if kind in FUTURE and not (kind == "want" and step.form != "inf"):
        return _note(_intend(v, step, FUTURE[kind], book, finder), line, v)
    handler = {
        "threaten": _threaten,
        "ask": _ask,
        "demand": _ask,
        "want": _ask,
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
    }.get(kind)
    if handler is not None:
        return _note(handler(v, step, outer, book, finder), line, v)
    status = {"not": "denied", "prevent": "denied", "conditional": "conditional", "predict": "predicted"}.get(
        kind, "planned" if kind == "purpose" else "possible"
    )
    if kind == "conditional" and v.status in ("threatened", "promised", "planned"):
        return _note(v, line, v)
    if kind == "purpose" and step.token.head.lemma_ in event_words("calling") and v.code[:2] in SPOKEN:
        return _note(v, line, v)
    if kind == "prevent" and v.code == "185":
        return _note(v, line, v)
    return _note(replace(v, status=status, coded=False), line, v)


def _blame(v: Verdict, step: Step, finder: ActorFinder) -> Verdict | None:
    """Return the accusation that one state makes which says what another did to it; else None.

    "Chad said Niger had bombed its villages" is no evidence that Niger did.
    """
    if step.form != "that" or not is_verbal(step.token) or v.status not in ("actual", "ongoing"):
        return None
    if v.code[:2] not in VIOLENT or step.token.lemma_ not in event_words("saying") or v.content or not v.by:
        return None
    holder = tuple(holder_of(step.token, finder))
    lands = {finder.country_of(name) for name in holder}
    other = {finder.country_of(name) for name in v.by}
    if not all(map(finder.is_state, (*holder, *v.by))) or None in lands | other or lands & other:
        return None
    own = any(finder.country_of(name) in lands for name in v.to) and all(map(finder.is_country, holder))
    if not holder or not (own or is_done_to_own(v.trigger)):
        return None
    return replace(
        v, code="112", act="112", by=holder, to=_without(v.by, holder), trigger=step.token, content=True
    )


def _intend(v: Verdict, step: Step, status: str, book: Codebook, finder: ActorFinder) -> Verdict:
    if v.status not in ("actual", "ongoing"):
        return v
    code = shift_code(v.code, "intend", book)
    if not code and step.form == "obj":
        return v
    by = v.by
    if step.cue is not None and step.form not in ("inf", "amod"):
        by = tuple(holder_of(step.token, finder)) or v.by
    if v.code[:2] in VIOLENT and step.token.lemma_ in event_words("preparing") and is_verbal(step.token):
        return replace(v, code="150", act="150", trigger=step.token, to=_without(v.to, by), content=True)
    to = _without(v.to, by) or (_without(v.by, by) if step.form not in ("inf", "amod") else ())
    hostile = is_hostile(v.code)
    if hostile and status == "promised":
        status = "threatened"
    return replace(
        v, code=code or v.code, status=status, by=by, to=to, coded=v.coded and bool(code),
        content=True, base=v.base or v.code, owner=by,
    )  # fmt: skip


def _threaten(
    v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder
) -> Verdict:
    holder = tuple(holder_of(step.token, finder)) or v.by
    if step.token.lemma_ == "warn" and not set(holder) & set(v.by) and v.status not in ("planned",):
        return replace(v, status="possible", coded=False)
    base = v.base or v.code
    code = shift_code(base, "threaten", book) or "130"
    to = _without(v.to or tuple(addressees_of(step.token, finder)), holder)
    to = to or _without(
        tuple(bargained_with(step.token, finder) or bargained_with(v.trigger, finder)), holder
    )
    return replace(v, code=code, status="threatened", by=holder, to=to, content=True, base=base)


def _ask(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    holder = tuple(holder_of(step.token, finder))
    if v.status == "denied" and v.content and holder and not set(holder) & set(v.by):
        code = "100" if step.kind == "demand" else "020"
        return replace(v, code=code, status="demanded", by=holder, to=v.by, trigger=step.token, coded=True)
    if v.status not in ("actual", "ongoing"):
        return replace(v, content=True)
    code = shift_code(v.code, "demand" if step.kind == "demand" else "appeal", book)
    addressed = tuple(name for name in addressees_of(step.token, finder) if name not in holder)
    told = step.token.lemma_ == "tell" and step.form == "oinf" and bool(addressed)
    if told and all(finder.serves(name, holder) for name in addressed):
        return _order(v, step, outer, book, finder)
    to = addressed or _without(v.by, holder) or _without(v.to, holder)
    return replace(
        v, code=code or ("100" if step.kind == "demand" else "020"), status="demanded", by=holder, to=to,
        content=True, base=v.base or v.code, owner=holder,
    )  # fmt: skip


def _order(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    if v.status not in ("actual", "ongoing"):
        return v
    holder = tuple(holder_of(step.token, finder))
    addressed = tuple(name for name in addressees_of(step.token, finder) if name not in holder)
    own = bool(addressed) and all(finder.serves(name, holder) for name in addressed)
    if addressed and not own and step.form == "oinf" and not is_hostile(v.code):
        return _ask(v, replace(step, kind="demand"), outer, book, finder)
    base = v.code
    administrative = v.code[:2] in ("09", "16", "17")
    code = v.code if administrative else shift_code(v.code, "intend", book) or v.code
    return replace(
        v,
        code=code,
        status="ordered",
        by=holder or v.by,
        to=_without(v.to, (*holder, *addressed)) if own else _without(v.to, holder) or _without(v.by, holder),
        content=True,
        base=base,
    )


def _ultimatum(
    v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder
) -> Verdict:
    asked = _ask(v, replace(step, kind="demand"), outer, book, finder)
    return replace(asked, code="139", status="threatened")


def _must(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    speaker = speaker_of(outer, finder)
    agreed = v.status == "promised" and bool(v.base)
    if not speaker or set(speaker) & set(v.by) or not (agreed or v.status in ("actual", "ongoing")):
        return replace(v, status="possible", coded=False)
    code = shift_code(v.base if agreed else v.code, "demand", book) or "100"
    return replace(
        v, code=code, status="demanded", by=speaker, to=_without(v.by, speaker) or v.to, content=True,
        base=v.base or v.code,
    )  # fmt: skip


def speaker_of(outer: tuple[Step, ...], finder: ActorFinder) -> tuple[str, ...]:
    """Return who says what holds an act, if the text reports it as said."""
    speech = next((s for s in outer if s.kind in TELLING and s.form in ("that", "")), None)
    return tuple(holder_of(speech.token, finder)) if speech is not None else ()


def _refuse(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    base = v.base or v.code
    holder = tuple(holder_of(step.token, finder)) if step.cue is not None else v.by
    code = shift_code(base, "reject", book)
    if is_hostile(base) and base[:2] not in ("16",):
        return replace(v, status="denied", coded=False)
    verb = step.token if step.cue is not None else v.trigger
    to = _without(tuple(asked_by(step.token, finder)), holder) if step.form == "inf" else ()
    if not to and v.status == "demanded":
        to = _without(v.owner, holder)
    to = to or _without(v.to, holder) or _without(v.owner, holder) or _without(v.by, holder)
    to = to or _without(tuple(bargained_with(verb, finder)), holder)
    return replace(v, code=code or "120", status="denied", by=holder or v.by, to=to, content=True, base=base)


def _reject(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    base = v.base or v.code
    holder = tuple(holder_of(step.token, finder)) or speaker_of(outer, finder)
    code = shift_code(base, "reject", book) or "120"
    to = _without(tuple(asked_by(step.token, finder)), holder) or _without(v.owner, holder)
    to = to or _without(v.by, holder) or _without(v.to, holder)
    return replace(
        v,
        code=code,
        act=code,
        status="actual",
        by=holder,
        to=to,
        trigger=step.token,
        content=True,
        coded=True,
        base=base,
    )


def _accept(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    base = v.base or v.code
    holder = tuple(holder_of(step.token, finder))
    if not holder:
        return v
    yielding = base[:2] == "08" and base not in ("0871", "0874")
    code = base if yielding else shift_code(base, "intend", book) or "030"
    to = _without(v.owner, holder) or _without(v.by, holder) or _without(v.to, holder)
    return replace(
        v, code=code, status="promised", by=holder, to=to, content=True, coded=True, base=base
    )  # fmt: skip


def _stop(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    if v.code[:2] in ("04", "06") and step.token.lemma_ in event_words("ending"):
        return v
    code = shift_code(v.code, "stop", book)
    if not code or v.status not in ("actual", "ongoing"):
        return replace(v, refusal="stopped or undone, and no code for that")
    holder = tuple(holder_of(step.token, finder)) or v.by
    to = _without(v.to, holder) or _without(v.by, holder)
    return replace(v, code=code, act=code, by=holder, to=to, trigger=step.token, content=True)


def _deny(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    holder = tuple(holder_of(step.token, finder))
    return replace(
        v, code="016", status="denied", by=holder or v.by, to=_without(v.to, holder), content=True
    )  # fmt: skip


def _fail(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    if v.code[:3] in ("037", "040", "046", "057", "061", "030"):
        parties = is_verbal(step.token) and step.form == "inf"
        code = "127" if parties else "164"
        return replace(v, code=code, act=code, trigger=step.token, content=True)
    return replace(v, status="denied", coded=False)


def _attempt(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    if v.code == "186":
        return replace(v, code="185", act="185")
    if v.code[:2] in ("13", "14", "15", *VIOLENT) or v.code in ("045", "176"):
        return v
    return replace(v, status="planned", coded=False)


def _announce(
    v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder
) -> Verdict:
    holder = tuple(holder_of(step.token, finder))
    by = v.by or holder
    if v.code[:3] in ("084", "087") and v.code != "0871" and v.status == "actual":
        code = shift_code(v.code, "intend", book) or v.code
        return replace(v, code=code, status="planned", by=by, content=True, base=v.code)
    return replace(v, by=by, to=_without(v.to, by))


def _accuse(v: Verdict, step: Step, outer: tuple[Step, ...], book: Codebook, finder: ActorFinder) -> Verdict:
    if step.cue is not None and step.form in ("of", "for", "that", "ing", "over", "with", "inf"):
        return replace(v, refusal=f"only alleged: {step.token.text}")
    return v


def shift_code(code: str, column: str, book: Codebook) -> str:
    """Return what a code becomes under a promise, threat, demand ...; empty if there is no such code.

    The finest code that the table knows decides: 0874 asks its own row, then 087, then 08.
    """
    for length in (4, 3, 2):
        row = book.shifts.get(code[:length]) if len(code) >= length else None
        if row is not None:
            return str(getattr(row, column))
    return code if column == "intend" and code[:2] in ("02", "03", "10", "13") else ""


def is_hostile(code: str) -> bool:
    """Return whether a code stands for a conflict act."""
    return code[:2] >= "09"


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
    if code[:3] == "035" and status == "promised":
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


def _note(v: Verdict, line: str, before: Verdict) -> Verdict:
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
