"""Which candidates are events, and of which type: the codebook proposes, the learned layer decides.

An entry of the user's own codebook is never overruled.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.grammar import token_span
from onrecord.ontology.entries import Codebook
from onrecord.records import Act, Evidence, Refusal
from onrecord.stages.events.aim_home import aim_home
from onrecord.stages.events.fill_roles import fill_roles
from onrecord.stages.events.list_candidates import Candidate, Scan, type_of
from onrecord.stages.events.match_entries import Match, plain_pattern
from onrecord.stages.events.propose_events import PART_OF, STAGE
from onrecord.stages.events.story import ALONE
from onrecord.stages.events.trace_cues import trace_cues
from onrecord.stages.events.weigh_story import NONE
from onrecord.stages.events.weigh_types import DOUBT, EventModel, Judgement, Line
from onrecord.stages.events.write_event import Coded, plover_told
from onrecord.words import Token

WORTH_TELLING = 0.05
"""Probability of an event from which on a word that is no event is listed among the refusals."""
MOST_TERMS = 6
"""Weights that are told of a decision."""
VETO = 0.005
"""In a text that is no story the codebook's word stands unless the model is all but sure that it tells no
event; the model adds none of its own."""
HAPPENING = ("actual", "ongoing")
"""Statuses that no cue of an act has set: others tell of it, as ordered, promised, demanded."""
ORDERED = "ordered"
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


def decide_events(scans: Sequence[Scan], model: EventModel, book: Codebook) -> list[list[Decision]]:
    """Return for each sentence of a story its events and what was turned down, in text order."""
    is_alone = len(scans) <= ALONE
    judged = model.judge([line_of(scan) for scan in scans], -math.inf if is_alone else DOUBT)
    listed = [[_listed_acts(one, book) for one in scan.candidates] for scan in scans]
    if is_alone:
        verdicts = [judge_alone(some, named, model) for some, named in zip(judged, listed, strict=True)]
    else:
        verdicts = judge_together(judged, listed, model)
    return [
        list(_decide_sentence(scan, some, model, book)) for scan, some in zip(scans, verdicts, strict=True)
    ]


def judge_alone(
    judged: Sequence[Judgement], listed: Sequence[Sequence[Act]], model: EventModel
) -> list[Verdict]:
    """Return the verdicts on the words of a sentence in a text that is no story."""
    shares = [float(1 - one.shares[NONE]) for one in judged]
    modes = model.choose_modes(judged, listed, [share >= VETO for share in shares])
    return [
        Verdict(one, one.best, share, mode, float(model.thresholds[one.best]), is_alone=True)
        for one, share, mode in zip(judged, shares, modes, strict=True)
    ]


def judge_together(
    judged: Sequence[Sequence[Judgement]], listed: Sequence[Sequence[Sequence[Act]]], model: EventModel
) -> list[list[Verdict]]:
    """Return the verdicts on the words of each sentence of a story, which help one another."""
    flat = [one for some in judged for one in some]
    named = [acts for some in listed for acts in some]
    told = model.weigh_story(
        flat,
        [n for n, some in enumerate(judged) for _ in some],
        [model.places_of(act.type for act in acts) for acts in named],
    )
    bars = model.told_from(max(told, default=0.0))
    least = min(bars)
    shares, modes = iter(told), iter(model.choose_modes(flat, named, [share >= least for share in told]))
    return [
        [Verdict(one, one.best, next(shares), next(modes), bars[one.best]) for one in some] for some in judged
    ]


def line_of(scan: Scan) -> Line:
    """Return a sentence as the model reads it."""
    words = list(scan.sentence.tokens)
    first, vectors = words[0].i, words[0].doc.vectors
    places = [candidate.token.i for candidate in scan.candidates]
    return Line(
        [word.text for word in words],
        [place - first for place in places],
        [candidate.traits for candidate in scan.candidates],
        scan.shared,
        None if vectors is None else vectors[places],
    )


def _listed_acts(candidate: Candidate, book: Codebook) -> tuple[Act, ...]:
    """Return the types, with their modes, that the codebook has for a candidate."""
    items = (one.coded for one in candidate.outcomes if one.coded is not None)
    plovers = [plover_told(item, book) for item in items]
    return tuple(Act(one.type, one.mode) for one in plovers if one is not None)


def _decide_sentence(
    scan: Scan, verdicts: Sequence[Verdict], model: EventModel, book: Codebook
) -> Iterator[Decision]:
    """Yield the events of a sentence and what was turned down: first what the codebook proposes."""
    at = {one.token.i: verdict for one, verdict in zip(scan.candidates, verdicts, strict=True)}
    kept: list[Decision] = []
    for candidate in scan.candidates:
        for item in (outcome.coded for outcome in candidate.outcomes if outcome.coded is not None):
            decision = _settle(item, _strongest(item, candidate, at, model, book), scan, model, book)
            if decision.coded is None:
                yield decision
            else:
                kept.append(decision)
    named = [one.coded for one in kept if one.coded is not None]
    for candidate, verdict in zip(scan.candidates, verdicts, strict=True):
        if any(outcome.coded is not None for outcome in candidate.outcomes):
            continue
        new = _read_new(candidate, verdict, named, scan, model, book)
        if new is not None and new.coded is not None:
            kept.append(new)
        elif new is not None:
            yield new
    yield from _drop_doubles(sorted(kept, key=_place), scan)


def _place(decision: Decision) -> int:
    return decision.coded.trigger.i if decision.coded is not None else -1


def _strongest(
    item: Coded, candidate: Candidate, at: Mapping[int, Verdict], model: EventModel, book: Codebook
) -> Verdict:
    """Return the verdict that speaks most for an act: on its own word, or on a cue that governs it.

    In "threatened to attack", readers mark the threat at its first word, the codebook reads it at the last;
    in "held talks", readers mark the noun.
    """
    name = type_of(item, book)
    if name not in model.types.classes:
        return at[candidate.token.i]
    own = model.types.classes.index(name)
    inner = [
        word for head in (item.word, *item.word.children) for word in head.children if word.pos_ == "NOUN"
    ]
    places = [word.i for word in (candidate.token, item.word, *item.cues, *inner)]
    return max((at[place] for place in places if place in at), key=lambda one: one.share_of(own))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What sentence and story make of a word."""

    judged: Judgement
    best: int
    """The likeliest type, as its place among the classes."""
    share: float
    """Probability that an event of that type is told."""
    mode: str
    """Of that type; empty for none."""
    told_from: float
    """Probability from which on it is told."""
    is_alone: bool = False
    """Whether there is no story: a sentence or two that somebody picked out."""

    @property
    def believed(self) -> float:
        """The share that speaks for the codebook's proposal, raised by it where there is no story."""
        return (self.share + 1) / 2 if self.is_alone and self.share >= VETO else self.share

    def share_of(self, wanted: int) -> float:
        """Return the probability that an event of a type is told."""
        return self.share * float(self.judged.shares[wanted] / self.judged.shares[self.best])


def _read_new(
    candidate: Candidate, verdict: Verdict, named: Sequence[Coded], scan: Scan, model: EventModel,
    book: Codebook,
) -> Decision | None:  # fmt: skip
    """Return the event that only the model sees at a word, or its refusal; None for plain words."""
    if verdict.share < WORTH_TELLING and not candidate.outcomes:
        return None
    refused = [one.refusal.reason for one in candidate.outcomes if one.refusal is not None]
    best = model.types.classes[verdict.best]
    is_cue = any(
        candidate.token in item.cues and (type_of(item, book) == best or item.status not in HAPPENING)
        for item in named
    )
    is_part = any(reason == PART_OF + item.rule for item in named for reason in refused)
    if verdict.share >= verdict.told_from and not (verdict.is_alone or is_cue or is_part):
        item = _find_new(candidate.token, verdict, scan, model, book)
        return _tell(item, verdict, scan, model, verdict.best, "model", book)
    return Decision(None, _turn_down(candidate, verdict, scan, model))


def _settle(item: Coded, verdict: Verdict, scan: Scan, model: EventModel, book: Codebook) -> Decision:
    """Return what becomes of an event that the codebook proposes."""
    name, best = type_of(item, book), verdict.best
    classes = model.types.classes
    if item.match.pattern.own:
        return Decision(replace(item, confidence=item.match.pattern.entry.confidence), decided_by="user")
    if name not in classes and verdict.is_alone:
        return _tell(item, verdict, scan, model, best, "codebook", book)
    if verdict.believed >= verdict.told_from:
        is_order = name in classes and item.status == ORDERED and classes[best] == book.codes[item.act].type
        if verdict.is_alone or classes[best] == name or is_order:  # the model sees the deed, a cue the order
            return _tell(item, verdict, scan, model, classes.index(name), "codebook", book)
        return _tell(_retype(item, verdict, model, book), verdict, scan, model, best, "model", book)
    reason = f"{item.rule}: the word does not tell {name} here; {_nearest(verdict, model)}"
    return Decision(None, Refusal(token_span(scan.sentence, item.trigger), STAGE, reason))


def _tell(
    item: Coded, verdict: Verdict, scan: Scan, model: EventModel, wanted: int, by: str, book: Codebook
) -> Decision:
    sure = model.rate(verdict.believed)
    span = token_span(scan.sentence, item.trigger)
    weights = model.explain(verdict.judged, wanted, MOST_TERMS)
    evidence = tuple(Evidence(trait, "weight", span, weight) for trait, weight in weights)
    mode = "" if verdict.is_alone else verdict.mode
    return Decision(replace(item, confidence=sure, mode=mode), None, evidence, by)


def _nearest(verdict: Verdict, model: EventModel) -> str:
    return f"nearest type {model.types.classes[verdict.best]} at {verdict.share:.2f}"


def _turn_down(candidate: Candidate, verdict: Verdict, scan: Scan, model: EventModel) -> Refusal:
    nearest = _nearest(verdict, model)
    for outcome in candidate.outcomes:
        if outcome.refusal is not None:
            return replace(outcome.refusal, reason=f"{outcome.refusal.reason}; {nearest}")
    return Refusal(token_span(scan.sentence, candidate.token), STAGE, f"no event: {nearest}")


def _find_new(token: Token, verdict: Verdict, scan: Scan, model: EventModel, book: Codebook) -> Coded:
    """Return an event that the codebook does not know, its parties found as for any act of its type."""
    name = model.types.classes[verdict.best]
    match = _plain_match(token, name, verdict.mode, book)
    scan.finder.own = token_span(scan.sentence, token)
    trace = trace_cues(token, book)
    roles = fill_roles(match, trace, scan.finder)
    scan.finder.own = None
    status = model.choose_status(verdict.judged)
    why = (f'"{token.text}": told by the model', *roles.why)
    item = Coded(
        token, token, match.code, match.code, status, roles.by, roles.to, True, f"model: {name}", 0.5, why,
        match, trace.support, tuple(step.token for step in trace.steps), roles.slots, trace.asserted,
    )  # fmt: skip
    return aim_home(item, scan.finder)


def _retype(item: Coded, verdict: Verdict, model: EventModel, book: Codebook) -> Coded:
    """Return an event of the codebook with the type that the model gives it."""
    name = model.types.classes[verdict.best]
    match = _plain_match(item.word, name, verdict.mode, book)
    code = match.code
    status = model.choose_status(verdict.judged)
    why = (*item.why, f"{item.rule} proposed another type")
    return replace(
        item, code=code, act=code, status=status, coded=True, rule=f"model: {name}", match=match, why=why
    )


def _plain_match(token: Token, name: str, mode: str, book: Codebook) -> Match:
    """Return a word as an act of a type and mode that the codebook does not read from it."""
    act = f"{name}/{mode}".rstrip("/")
    return Match(token, plain_pattern(f"model: {name}", code_of(name, mode, book), act, name in JOINT))


def code_of(name: str, mode: str, book: Codebook) -> str:
    """Return the CAMEO code of any act of a type and mode: the broadest that the tables give to them."""
    ranked = (
        (row.mode != mode, len(row.code) != 3, not row.code.endswith("0"), row.code)
        for row in book.codes.values()
        if row.type == name
    )
    return min(ranked, default=("",))[-1]


def _drop_doubles(kept: Sequence[Decision], scan: Scan) -> Iterator[Decision]:
    """Yield the events of a sentence without those that name another one again: "held talks"."""
    items = [decision.coded for decision in kept if decision.coded is not None]
    for decision, item in zip(kept, items, strict=True):
        double = next((one for one in items if _is_told_by(item, one)), None)
        if double is None:
            yield decision
            continue
        span = token_span(scan.sentence, item.trigger)
        yield Decision(None, Refusal(span, STAGE, f'"{double.trigger.text}" tells the same event'))


def _is_told_by(item: Coded, other: Coded) -> bool:
    """Return whether another event of the same type, near it in the tree and as full, tells an event."""
    if item.code[:2] != other.code[:2]:
        return False
    if not (_hangs_on(item.word, other.word) or _hangs_on(other.word, item.word)):
        return False
    one, two = (len(each.by) + len(each.to) for each in (item, other))
    if _is_listed(item) and not set(item.by) | set(item.to) <= set(other.by) | set(other.to):
        return False
    return (_is_listed(other), two, other.confidence, -other.word.i) > (
        _is_listed(item), one, item.confidence, -item.word.i,
    )  # fmt: skip


def _is_listed(item: Coded) -> bool:
    """Return whether an entry of a codebook reads an event."""
    return not item.rule.startswith("model: ")


def _hangs_on(low: Token, high: Token) -> bool:
    word = low
    for _ in range(STEPS):
        if word.dep_ not in INNER:
            return False
        word = word.head
        if word is high:
            return True
    return False
