"""A coded act as a record: PLOVER and CAMEO codes, Goldstein value, quad class, evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.grammar import subtree, token_span, tokens_span
from onrecord.ontology.entries import Codebook
from onrecord.records import Act, Event, Plover, Sentence
from onrecord.stages.events.assign_codes import Governed, act_of, plover_of
from onrecord.stages.events.match_entries import CLAUSES, Match
from onrecord.stages.events.trace_cues import Trace
from onrecord.words import Token


@dataclass(frozen=True, slots=True)
class Coded:
    """An event before it is written down: its words, actors, codes and status."""

    trigger: Token
    word: Token
    """The word that names the act; the trigger may be the cue that governs it."""
    code: str
    act: str
    status: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    coded: bool
    rule: str
    confidence: float
    """Of the words alone, until the event is rated."""
    why: tuple[str, ...]
    match: Match | None
    support: Token | None = None
    cues: tuple[Token, ...] = ()
    slots: tuple[str, str] = ("", "")
    asserted: bool = True
    mode: str = ""
    """PLOVER mode that the model gives; empty where the tables decide."""

    @property
    def clause(self) -> Token:
        """The verb at the head of the clause that the trigger stands in."""
        return clause_of(self.trigger)

    @staticmethod
    def of_match(match: Match, trace: Trace, verdict: Governed) -> Coded:
        entry = match.pattern.entry
        return Coded(
            verdict.trigger, match.token, verdict.code, verdict.act, verdict.status, verdict.by, verdict.to,
            verdict.coded, entry.key, entry.confidence, verdict.why, match, trace.support,
            tuple(step.token for step in trace.steps), verdict.slots, trace.asserted,
        )  # fmt: skip


def write_event(item: Coded, sentence: Sentence, book: Codebook) -> Event:
    """Return the record of an event, its place, time, numbers and statement still to be filled."""
    plover = plover_told(item, book)
    if plover is not None and item.mode:
        plover = replace(plover, mode=item.mode)
    row = book.codes.get(item.code) if item.coded else None
    return Event(
        id="e0", act=act_told(item, book), status=item.status, plover=plover,
        cameo=item.code if item.coded else None, quad=row.quad if row else None,
        goldstein=row.goldstein if row else None,
        sources=item.by, targets=item.to, place=None, time=None, start_date=None, end_date=None,
        statement=None, quantities=(), dead=None, injured=None, trigger=token_span(sentence, item.trigger),
        span=clause_span(item, sentence), part=sentence.part, rule=item.rule, confidence=item.confidence,
        why=(*item.why, _tell_code(item, plover)),
    )  # fmt: skip


def plover_told(item: Coded, book: Codebook) -> Plover | None:
    """Return the PLOVER type and mode that the codebook gives an event; None where it gives none."""
    if not item.coded:
        return None
    shifted = item.match is not None and item.code != item.match.code
    return plover_of(item.code, item.match, book, shifted=shifted, status=item.status)


def act_told(item: Coded, book: Codebook) -> Act:
    """Return the PLOVER type and mode of the act itself, whatever became of it."""
    own = item.match is not None and item.act == item.match.code
    return act_of(item.act, item.match, book, own=own)


def _tell_code(item: Coded, plover: Plover | None) -> str:
    """Return the line that says which codes an act with its status has."""
    if not item.coded:
        return f"no code for {item.code} that is {item.status}"
    kind = "/".join(filter(None, (plover.type, plover.mode))) if plover else "no PLOVER type"
    own = "as it happens" if item.code == item.act else f"for {item.act} that is {item.status}"
    return f"CAMEO {item.code}, {kind}: {own}"


def clause_of(token: Token) -> Token:
    """Return the verb at the head of the clause that a word stands in, or the top of its phrase."""
    current = token
    while current.pos_ not in ("VERB", "AUX") and current.head != current:
        current = current.head
    return current


def clause_span(item: Coded, sentence: Sentence) -> tuple[int, int]:
    """Return the span from the first to the last word of the event's clause."""
    words = list(subtree(item.clause, CLAUSES))
    return tokens_span(sentence, [*words, item.word, item.trigger])
