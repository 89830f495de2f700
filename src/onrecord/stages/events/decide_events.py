"""Which candidates are events, and of which type: the codebook proposes, the learned layer decides.

An entry of the user's own codebook is never overruled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.grammar import token_span
from onrecord.records import Evidence, Refusal
from onrecord.stages.events.aim_home import aim_home
from onrecord.stages.events.entries import Codebook, Entry, Pattern
from onrecord.stages.events.fill_roles import fill_roles
from onrecord.stages.events.list_candidates import Candidate, Reading, type_of
from onrecord.stages.events.match_entries import Match
from onrecord.stages.events.propose_events import STAGE
from onrecord.stages.events.trace_cues import trace_cues
from onrecord.stages.events.weigh_types import NONE, EventModel, Judgement
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

WORTH_TELLING = 0.05
"""Probability of an event from which on a word that is no event is listed among the refusals."""
TERMS = 6
"""Weights that are told of a decision."""
JOINT = ("CONSULT", "COOPERATE")
"""Types whose parties all act."""
INNER = ("dobj", "nsubj", "nsubjpass", "pobj", "prep", "agent", "xcomp", "acl", "compound", "attr", "advcl")
"""Labels through which one event may be named twice: "held talks", "met for talks", "killed in an attack"."""
STEPS = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """An event that was decided on, or a word turned down."""

    coded: Coded | None
    refusal: Refusal | None = None
    evidence: tuple[Evidence, ...] = ()
    decided_by: str = "codebook"


def decide_events(reading: Reading, model: EventModel, book: Codebook) -> Iterator[Decision]:
    """Yield the events of a sentence and what was turned down, in text order."""
    judged = judge_words(reading, model)
    kept: list[tuple[Decision, Judgement]] = []
    for candidate, one in zip(reading.candidates, judged, strict=True):
        for decision in _decide(candidate, one, reading, model, book):
            if decision.coded is None:
                yield decision
            else:
                kept.append((decision, one))
    yield from _drop_doubles(kept, reading)


def judge_words(reading: Reading, model: EventModel) -> list[Judgement]:
    """Return what the model makes of the candidates of a sentence."""
    words = list(reading.sentence.tokens)
    if not reading.candidates:
        return []
    first, vectors = words[0].i, words[0].doc.vectors
    places = [candidate.token.i for candidate in reading.candidates]
    return model.judge(
        [candidate.traits for candidate in reading.candidates],
        None if vectors is None else vectors[places],
        [place - first for place in places],
        [word.text for word in words],
    )


def _decide(
    candidate: Candidate, judged: Judgement, reading: Reading, model: EventModel, book: Codebook
) -> Iterator[Decision]:
    proposed = [outcome.coded for outcome in candidate.outcomes if outcome.coded is not None]
    shares = judged.shares
    is_event = 1 - shares[NONE] >= model.threshold
    best = max(range(1, len(shares)), key=lambda n: (shares[n], -n))
    for item in proposed:
        yield _settle(item, judged, reading, model, book, best=best, is_event=is_event)
    if not proposed and is_event:
        item = _find_new(candidate.token, model.types.classes[best], judged, reading, model, book)
        yield _tell(item, judged, reading, model, best, "model")
    elif not proposed and (1 - shares[NONE] >= WORTH_TELLING or candidate.outcomes):
        yield Decision(None, _turn_down(candidate, judged, reading, model, best))


def _settle(
    item: Coded, judged: Judgement, reading: Reading, model: EventModel, book: Codebook, *, best: int,
    is_event: bool,
) -> Decision:  # fmt: skip
    """Return what becomes of an event that the codebook proposes."""
    name = type_of(item, book)
    own = model.types.classes.index(name) if name in model.types.classes else NONE
    if item.match is not None and item.match.pattern.own:
        return Decision(replace(item, confidence=item.match.pattern.entry.confidence), decided_by="user")
    if own == NONE:
        sure = model.rate(judged, best)
        return Decision(replace(item, confidence=sure), evidence=_weights(judged, reading, item, model, best))
    if is_event and judged.shares[own] * 2 >= judged.shares[best]:
        return _tell(item, judged, reading, model, own, "codebook")
    if is_event:
        return _tell(
            _retype(item, model.types.classes[best], judged, model, book),
            judged,
            reading,
            model,
            best,
            "model",
        )
    nearest = f"nearest type {model.types.classes[best]} at {judged.shares[best]:.2f}"
    reason = f"{item.rule}: the word does not tell {name} here; {nearest}"
    return Decision(None, Refusal(token_span(reading.sentence, item.trigger), STAGE, reason))


def _tell(
    item: Coded, judged: Judgement, reading: Reading, model: EventModel, wanted: int, by: str
) -> Decision:
    sure = model.rate(judged, wanted)
    return Decision(
        replace(item, confidence=sure),
        evidence=_weights(judged, reading, item, model, wanted),
        decided_by=by,
    )


def _weights(
    judged: Judgement, reading: Reading, item: Coded, model: EventModel, wanted: int
) -> tuple[Evidence, ...]:
    span = token_span(reading.sentence, item.trigger)
    return tuple(
        Evidence(trait, "weight", span, weight) for trait, weight in model.explain(judged, wanted, TERMS)
    )


def _turn_down(
    candidate: Candidate, judged: Judgement, reading: Reading, model: EventModel, best: int
) -> Refusal:
    nearest = f"nearest type {model.types.classes[best]} at {judged.shares[best]:.2f}"
    for outcome in candidate.outcomes:
        if outcome.refusal is not None:
            return replace(outcome.refusal, reason=f"{outcome.refusal.reason}; {nearest}")
    return Refusal(token_span(reading.sentence, candidate.token), STAGE, f"no event: {nearest}")


def _find_new(
    token: Token, name: str, judged: Judgement, reading: Reading, model: EventModel, book: Codebook
) -> Coded:
    """Return an event that the codebook does not know, its parties found as for any act of its type."""
    mode = _mode_of(name, judged, model)
    match = Match(token, plain_pattern(name, mode, code_of(name, mode, book)))
    reading.finder.own = token_span(reading.sentence, token)
    trace = trace_cues(token, book)
    roles = fill_roles(match, trace, reading.finder)
    reading.finder.own = None
    status = model.choose(model.statuses, judged, range(len(model.statuses.classes)))
    why = (f'"{token.text}": told by the model', *roles.why)
    code = match.pattern.entry.code
    item = Coded(
        token, token, code, code, status, roles.by, roles.to, True, f"model: {name}", 0.5, why, match,
        trace.support, tuple(step.token for step in trace.steps), roles.slots, trace.asserted,
    )  # fmt: skip
    return aim_home(item, reading.finder)


def _retype(item: Coded, name: str, judged: Judgement, model: EventModel, book: Codebook) -> Coded:
    """Return an event of the codebook with the type that the model gives it."""
    mode = _mode_of(name, judged, model)
    code = code_of(name, mode, book)
    status = model.choose(model.statuses, judged, range(len(model.statuses.classes)))
    match = Match(item.word, plain_pattern(name, mode, code))
    why = (*item.why, f"{item.rule} proposed another type")
    return replace(
        item, code=code, act=code, status=status, coded=True, rule=f"model: {name}", match=match, why=why
    )


def _mode_of(name: str, judged: Judgement, model: EventModel) -> str:
    allowed = [n for n, one in enumerate(model.modes.classes) if one.startswith(f"{name}/")]
    return model.choose(model.modes, judged, allowed).partition("/")[2] if allowed else ""


@cache
def plain_pattern(name: str, mode: str, code: str) -> Pattern:
    """Return the pattern of any act of a type, for words that the codebook does not list."""
    entry = Entry(
        key=f"model: {name}", code=code, source="onrecord", act=f"{name}/{mode}".rstrip("/"),
        joint=name in JOINT,
    )  # fmt: skip
    none: frozenset[str] = frozenset()
    return Pattern(entry, "", none, none, none, none)


def code_of(name: str, mode: str, book: Codebook) -> str:
    """Return the CAMEO code of any act of a type and mode: the broadest that the tables give to them."""
    ranked = sorted(
        (len(row.code) != 3, row.mode != mode, not row.code.endswith("0"), row.code)
        for row in book.codes.values()
        if row.type == name and row.mode in (mode, "")
    )
    fitting = [row for row in ranked if not row[1]] or ranked
    return min(fitting)[3] if fitting else ""


def _drop_doubles(kept: list[tuple[Decision, Judgement]], reading: Reading) -> Iterator[Decision]:
    """Yield the events of a sentence without those that name another one again: "held talks"."""
    for number, (decision, _) in enumerate(kept):
        others = [other for n, (other, _) in enumerate(kept) if n != number]
        item = decision.coded
        double = next((one for one in others if item and one.coded and _is_told_by(item, one.coded)), None)
        if item is None or double is None or double.coded is None:
            yield decision
            continue
        span = token_span(reading.sentence, item.trigger)
        yield Decision(None, Refusal(span, STAGE, f'"{double.coded.trigger.text}" tells the same event'))


def _is_told_by(item: Coded, other: Coded) -> bool:
    """Return whether another event of the same type, near it in the tree and as full, tells an event."""
    if (
        item.match is None
        or other.match is None
        or item.code[:2] != other.code[:2]
        or item.word is other.word
    ):
        return False
    if not (_hangs_on(item.word, other.word) or _hangs_on(other.word, item.word)):
        return False
    one, two = (len(each.by) + len(each.to) for each in (item, other))
    if not set(item.by) | set(item.to) <= set(other.by) | set(other.to):
        return False
    return (two, other.confidence, -other.word.i) > (one, item.confidence, -item.word.i)


def _hangs_on(low: Token, high: Token) -> bool:
    word = low
    for _ in range(STEPS):
        if word.dep_ not in INNER or word.head is word:
            return False
        word = word.head
        if word is high:
            return True
    return False
