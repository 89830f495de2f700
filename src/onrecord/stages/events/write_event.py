"""A coded act as a record: PLOVER and CAMEO codes, Goldstein value, quad class, evidence."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.grammar import subtree, token_span, tokens_span
from onrecord.ontology import Code
from onrecord.ontology.entries import Codebook
from onrecord.records import Act, Event, Plover, Sentence
from onrecord.stages.events.assign_codes import Governed
from onrecord.stages.events.match_entries import CLAUSES, Match
from onrecord.stages.events.trace_cues import Trace
from onrecord.words import Token

UNCODED = Code("", "", None, None, "", "", (), "onrecord")
"""Stands for the code of an act that the codebooks give none with its status."""


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
    match: Match
    support: Token | None = None
    cues: tuple[Token, ...] = ()
    slots: tuple[str, str] = ("", "")
    asserted: bool = True
    mode: str = ""
    """PLOVER mode that the model gives; the tables go before it."""

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
    row = book.codes[item.code] if item.coded else UNCODED
    return Event(
        id="e0", act=act_told(item, book), status=item.status, plover=plover,
        cameo=row.code or None, quad=row.quad, goldstein=row.goldstein,
        sources=item.by, targets=item.to, place=None, time=None, start_date=None, end_date=None,
        statement=None, quantities=(), dead=None, injured=None, trigger=token_span(sentence, item.trigger),
        span=clause_span(item, sentence), part=sentence.part, rule=item.rule, confidence=item.confidence,
        why=(*item.why, _tell_code(item, plover)),
    )  # fmt: skip


def plover_told(item: Coded, book: Codebook) -> Plover | None:
    """Return the PLOVER type and mode of an event, else the model's mode; None if it has no code."""
    return plover_of(item.match, item.code, item.status, book, item.mode) if item.coded else None


def act_told(item: Coded, book: Codebook) -> Act:
    """Return the PLOVER act itself, whatever became of it; statements, which PLOVER lacks, are STATEMENT."""
    plover = plover_of(item.match, item.act, "actual", book)
    return Act(plover.type, plover.mode) if plover else Act("STATEMENT")


def plover_of(match: Match, code: str, status: str, book: Codebook, otherwise: str = "") -> Plover | None:
    """Return the PLOVER type, mode and contexts of a code; an entry may know better than the table.

    A concession that is announced or ordered is CONCEDE; one agreed to, offered or pledged is AGREE,
    as the table of 2021 has it: the word given is to another party.
    """
    row = book.codes[code]
    own = match.act if code == match.code else ""
    by_table = "AGREE" if status == "promised" else f"{row.type}/{row.mode}"
    type_, _, mode = (own or by_table).partition("/")
    contexts = (*row.contexts, *match.pattern.entry.contexts, *match.refinement.contexts)
    return Plover(type_, mode or otherwise or None, tuple(dict.fromkeys(contexts))) if type_ else None


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
