"""What codebook and cue lexicon read from a sentence: proposals for the learned layer, or refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.grammar import token_span
from onrecord.ontology import is_act
from onrecord.ontology.entries import Codebook
from onrecord.records import Refusal, Sentence
from onrecord.stages.events.aim_home import aim_home
from onrecord.stages.events.assign_codes import assign_codes
from onrecord.stages.events.code_cues import code_cues
from onrecord.stages.events.drop_repeats import drop_repeats
from onrecord.stages.events.fill_roles import fill_roles
from onrecord.stages.events.match_entries import Match, absorbed_nouns, drop_absorbed, match_entries
from onrecord.stages.events.refuse_acts import Report, read_topic, refuse_act
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import Trace, trace_cues
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

STAGE = "events"
TOLD = "a mere statement, beside an event or by no official"
REPEATED = "another event of the sentence tells it"
PART_OF = "part of what is read as "


@dataclass(frozen=True, slots=True)
class Outcome:
    """An event that the codebook proposes at a word, or why it turned the word down."""

    token: Token
    coded: Coded | None
    refusal: Refusal | None = None

    @property
    def at(self) -> int:
        """Place of the word among those of its Doc."""
        return self.token.i


def propose_events(
    sentence: Sentence, finder: ActorFinder, book: Codebook, report: Report
) -> Iterator[Outcome]:
    """Yield what the codebook reads from a sentence of a report and what it turns down."""
    tokens = list(sentence.tokens)
    listed = list(match_entries(tokens, book))
    matches = drop_absorbed(listed)
    if topic := read_topic(tokens, book):
        yield from (refuse(match.token, sentence, topic) for match in matches)
        return
    outcomes = [_read_match(match, sentence, finder, book, report) for match in matches]
    finder.own = None
    coded = [aim_home(outcome.coded, finder) for outcome in outcomes if outcome.coded is not None]
    coded += code_cues(tokens, coded, finder, book)
    told = drop_repeats(_drop_cues(coded))
    found, statements = _drop_statements(told, finder)
    yield from (refuse(noun, sentence, PART_OF + key) for noun, key in absorbed_nouns(listed))
    yield from (outcome for outcome in outcomes if outcome.coded is None)
    yield from (refuse(word, sentence, TOLD) for word in statements)
    kept = {item.word.i for item in told}
    yield from (refuse(item.word, sentence, REPEATED) for item in coded if item.word.i not in kept)
    yield from (Outcome(item.trigger, item) for item in sorted(found, key=lambda item: item.trigger.i))


def refuse(token: Token, sentence: Sentence, reason: str) -> Outcome:
    """Return the outcome of a word that is turned down."""
    return Outcome(token, None, Refusal(token_span(sentence, token), STAGE, reason))


def _read_match(
    match: Match, sentence: Sentence, finder: ActorFinder, book: Codebook, report: Report
) -> Outcome:
    finder.own = token_span(sentence, match.token)
    trace: Trace = trace_cues(match.token, book)
    roles = fill_roles(match, trace, finder)
    verdict = assign_codes(match, trace, roles, finder)
    reason = refuse_act(match, trace, verdict, finder, report)
    if reason:
        return refuse(match.token, sentence, reason)
    return Outcome(match.token, Coded.of_match(match, trace, verdict))


def _drop_statements(found: list[Coded], finder: ActorFinder) -> tuple[list[Coded], list[Token]]:
    """Return the events without mere statements, and the words of those.

    A statement counts only where a sentence holds nothing else, and where someone political speaks.
    """
    acts = [item for item in found if not _is_statement(item)]
    kept = acts or [item for item in found if any(map(finder.is_official, item.by))]
    return kept, [item.word for item in found if item not in kept]


def _is_statement(item: Coded) -> bool:
    return item.match.pattern.entry.only == "alone"


def _drop_cues(found: list[Coded]) -> list[Coded]:
    """Leave out a demand, promise, threat or refusal whose content is an event of its own."""
    governing = {cue.i for item in found if item.coded for cue in item.cues if cue != item.word}
    return [item for item in found if item.word.i not in governing or not is_act(item.code, "word given")]
