"""Which candidates are events, and of which type: the codebook proposes, the learned layer decides.

An entry of the user's own codebook is never overruled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.grammar import token_span
from onrecord.records import Evidence, Refusal
from onrecord.stages.events.aim_home import aim_home
from onrecord.stages.events.entries import Codebook, Entry, Pattern
from onrecord.stages.events.fill_roles import fill_roles
from onrecord.stages.events.list_candidates import Candidate, Scan, type_of
from onrecord.stages.events.match_entries import Match
from onrecord.stages.events.propose_events import STAGE
from onrecord.stages.events.trace_cues import trace_cues
from onrecord.stages.events.weigh_types import EventModel, Judgement
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

WORTH_TELLING = 0.05
"""Probability of an event from which on a word that is no event is listed among the refusals."""
MOST_TERMS = 6
"""Weights that are told of a decision."""
RIVAL = 2.0
"""The codebook's type stands unless the model's is so many times as likely."""
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
    judged = [judge_words(scan, model) for scan in scans]
    shares = iter(
        model.weigh_story(
            [one for some in judged for one in some],
            [n for n, some in enumerate(judged) for _ in some],
            [_proposed(one, model, book) for scan in scans for one in scan.candidates],
        )
    )
    return [
        list(_decide_sentence(scan, [(one, next(shares)) for one in some], model, book))
        for scan, some in zip(scans, judged, strict=True)
    ]


def judge_words(scan: Scan, model: EventModel) -> list[Judgement]:
    """Return what the model makes of the candidates of a sentence, the sentence taken alone."""
    words = list(scan.sentence.tokens)
    if not scan.candidates:
        return []
    first, vectors = words[0].i, words[0].doc.vectors
    places = [candidate.token.i for candidate in scan.candidates]
    return model.judge(
        [candidate.traits for candidate in scan.candidates],
        None if vectors is None else vectors[places],
        [place - first for place in places],
        [word.text for word in words],
    )


def _proposed(candidate: Candidate, model: EventModel, book: Codebook) -> frozenset[int]:
    """Return the types that the codebook has for a candidate, as places among the classes."""
    names = [type_of(one.coded, book) for one in candidate.outcomes if one.coded is not None]
    return frozenset(model.types.classes.index(name) for name in names if name in model.types.classes)


def _decide_sentence(
    scan: Scan, judged: Sequence[tuple[Judgement, float]], model: EventModel, book: Codebook
) -> Iterator[Decision]:
    kept: list[Decision] = []
    for candidate, (one, share) in zip(scan.candidates, judged, strict=True):
        for decision in _decide(candidate, Verdict.of(one, share), scan, model, book):
            if decision.coded is None:
                yield decision
            else:
                kept.append(decision)
    yield from _drop_doubles(kept, scan)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What sentence and story make of a word."""

    judged: Judgement
    best: int
    """The likeliest type, as its place among the classes."""
    share: float
    """Probability that an event of that type is told."""

    @staticmethod
    def of(judged: Judgement, share: float) -> Verdict:
        """Return the verdict on a word by its judgement and what the story makes of it."""
        return Verdict(judged, int(judged.shares[1:].argmax()) + 1, share)

    def share_of(self, wanted: int) -> float:
        """Return the probability that an event of a type is told."""
        return self.share * float(self.judged.shares[wanted] / self.judged.shares[self.best])


def _decide(
    candidate: Candidate, verdict: Verdict, scan: Scan, model: EventModel, book: Codebook
) -> Iterator[Decision]:
    proposed = [outcome.coded for outcome in candidate.outcomes if outcome.coded is not None]
    for item in proposed:
        yield _settle(item, verdict, scan, model, book)
    if proposed:
        return
    if verdict.share >= model.threshold:
        item = _find_new(candidate.token, verdict, scan, model, book)
        yield _tell(item, verdict, scan, model, verdict.best, "model")
    elif verdict.share >= WORTH_TELLING or candidate.outcomes:
        yield Decision(None, _turn_down(candidate, verdict, scan, model))


def _settle(item: Coded, verdict: Verdict, scan: Scan, model: EventModel, book: Codebook) -> Decision:
    """Return what becomes of an event that the codebook proposes."""
    name, best = type_of(item, book), verdict.best
    classes = model.types.classes
    if item.match is not None and item.match.pattern.own:
        return Decision(replace(item, confidence=item.match.pattern.entry.confidence), decided_by="user")
    if name not in classes:
        return _tell(item, verdict, scan, model, best, "codebook")
    if verdict.share >= model.threshold:
        own = classes.index(name)
        if verdict.share_of(own) * RIVAL >= verdict.share:
            return _tell(item, verdict, scan, model, own, "codebook")
        return _tell(_retype(item, verdict, model, book), verdict, scan, model, best, "model")
    reason = f"{item.rule}: the word does not tell {name} here; {_nearest(verdict, model)}"
    return Decision(None, Refusal(token_span(scan.sentence, item.trigger), STAGE, reason))


def _tell(item: Coded, verdict: Verdict, scan: Scan, model: EventModel, wanted: int, by: str) -> Decision:
    sure = model.rate(verdict.share_of(wanted))
    span = token_span(scan.sentence, item.trigger)
    weights = model.explain(verdict.judged, wanted, MOST_TERMS)
    evidence = tuple(Evidence(trait, "weight", span, weight) for trait, weight in weights)
    return Decision(replace(item, confidence=sure), None, evidence, by)


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
    mode = _mode_of(name, verdict.judged, model)
    match = Match(token, plain_pattern(name, mode, code_of(name, mode, book)))
    scan.finder.own = token_span(scan.sentence, token)
    trace = trace_cues(token, book)
    roles = fill_roles(match, trace, scan.finder)
    scan.finder.own = None
    status = model.choose(model.statuses, verdict.judged, range(len(model.statuses.classes)))
    why = (f'"{token.text}": told by the model', *roles.why)
    code = match.pattern.entry.code
    item = Coded(
        token, token, code, code, status, roles.by, roles.to, True, f"model: {name}", 0.5, why, match,
        trace.support, tuple(step.token for step in trace.steps), roles.slots, trace.asserted,
    )  # fmt: skip
    return aim_home(item, scan.finder)


def _retype(item: Coded, verdict: Verdict, model: EventModel, book: Codebook) -> Coded:
    """Return an event of the codebook with the type that the model gives it."""
    name = model.types.classes[verdict.best]
    mode = _mode_of(name, verdict.judged, model)
    code = code_of(name, mode, book)
    status = model.choose(model.statuses, verdict.judged, range(len(model.statuses.classes)))
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
