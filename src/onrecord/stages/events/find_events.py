from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.grammar import token_span
from onrecord.records import Draft, Event, Found, Refusal, Sentence
from onrecord.stages.events.aim_home import aim_home
from onrecord.stages.events.assign_codes import assign_codes
from onrecord.stages.events.attach_details import attach_details
from onrecord.stages.events.code_cues import code_cues
from onrecord.stages.events.drop_repeats import drop_repeats
from onrecord.stages.events.entries import Codebook
from onrecord.stages.events.fill_roles import fill_roles
from onrecord.stages.events.match_entries import Match, drop_absorbed, match_entries
from onrecord.stages.events.rank_parties import RuleRoles
from onrecord.stages.events.rate_events import rate_events
from onrecord.stages.events.read_codebook import read_codebook
from onrecord.stages.events.refuse_acts import read_topic, refuse_act, refuse_by_topic
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.settle_roles import Reading, settle_roles
from onrecord.stages.events.story import Story, index_stories
from onrecord.stages.events.trace_cues import Trace, trace_cues
from onrecord.stages.events.weigh_mishaps import HARM, is_about_mishap, tells_of_mishap
from onrecord.stages.events.write_event import Coded, write_event
from onrecord.words import Token

STAGE = "events"
TOLD = "a mere statement, beside an event or by no official"
MISHAP = "harm by a disaster, an accident or a disease, not by somebody"
WORDS_GIVEN = ("01", "02", "03", "10", "12", "13")
"""Roots of acts that are words about another act."""


@dataclass(frozen=True, slots=True)
class Outcome:
    coded: Coded | None
    refusal: Refusal | None = None


def find_events(draft: Draft) -> Found[Event]:
    """Return who did what to whom in a page, with how the text presents it; comments included.

    Events of comments are numbered after those of the report and take part in no decision about it.
    """
    kept: list[Event] = []
    refused: list[Refusal] = []
    for story in index_stories(draft):
        readings, turned_down = read_story(story)
        refused += turned_down
        settled = settle_roles([reading for reading, _ in readings], story)
        kept += [
            attach_details(event, item, reading.sentence, story)
            for event, (reading, item) in zip(settled, readings, strict=True)
        ]
    return Found(tuple(replace(event, id=f"e{n}") for n, event in enumerate(kept, 1)), tuple(refused))


def read_story(story: Story) -> tuple[list[tuple[Reading, Coded]], list[Refusal]]:
    """Return the events of a story as its sentences tell them, one by one, and what was turned down."""
    settings = story.draft.settings
    book = read_codebook(settings.codebooks)
    readings: list[tuple[Reading, Coded]] = []
    refused: list[Refusal] = []
    mishap = is_about_mishap(story.sentences, book)
    for sentence in story.sentences:
        finder = ActorFinder(sentence, story.actors, story.known)
        for outcome in read_sentence(sentence, finder, book, mishap=mishap):
            item = outcome.coded
            if outcome.refusal is not None:
                refused.append(outcome.refusal)
            if item is not None and item.confidence < settings.min_confidence:
                refused.append(_unsure(item, sentence, settings.min_confidence))
            elif item is not None:
                rules = RuleRoles(item.by, item.to, item.slots, read=True)
                readings.append((Reading(write_event(item, sentence, book), sentence, rules), item))
    return readings, refused


def _unsure(item: Coded, sentence: Sentence, least: float) -> Refusal:
    reason = f"{item.rule}: confidence {item.confidence}, and {least} is asked for"
    return Refusal(token_span(sentence, item.trigger), STAGE, reason)


def read_sentence(
    sentence: Sentence, finder: ActorFinder, book: Codebook, *, mishap: bool = False
) -> Iterator[Outcome]:
    """Yield the events of a sentence and what was turned down, in text order.

    `mishap` says that the report is about a disaster, an accident or a disease and tells of no violence.
    """
    tokens = list(sentence.tokens)
    matches = drop_absorbed(list(match_entries(tokens, book)))
    topic = read_topic(tokens, book)
    outcomes = [
        Outcome(None, Refusal(token_span(sentence, match.token), STAGE, topic))
        if refuse_by_topic(match.code, topic)
        else _read_match(match, sentence, finder, book)
        for match in matches
    ]
    if any(match.code[:2] in HARM for match in matches) and (mishap or tells_of_mishap(tokens, book)):
        outcomes = [_refuse_mishap(outcome, sentence, finder) for outcome in outcomes]
    finder.own = None
    outcomes = [
        outcome if outcome.coded is None else replace(outcome, coded=aim_home(outcome.coded, finder))
        for outcome in outcomes
    ]
    coded = [outcome.coded for outcome in outcomes if outcome.coded is not None]
    if not refuse_by_topic("", topic):
        outcomes += [Outcome(item) for item in code_cues(tokens, coded, finder, book)]
    found = drop_repeats(_drop_cues([outcome.coded for outcome in outcomes if outcome.coded is not None]))
    found, told = _drop_statements(found, finder)
    yield from (Outcome(None, Refusal(token_span(sentence, word), STAGE, TOLD)) for word in told)
    for outcome in outcomes:
        if outcome.coded is None:
            yield outcome
    yield from map(Outcome, rate_events(sorted(found, key=lambda item: item.trigger.i), finder))


def _refuse_mishap(outcome: Outcome, sentence: Sentence, finder: ActorFinder) -> Outcome:
    """Return an outcome without harm that nobody is said to do; a factory that burns does none."""
    item = outcome.coded
    if item is None or item.match is None or item.match.code[:2] not in HARM:
        return outcome
    if any(not finder.is_business(name) for name in item.by):
        return outcome
    return Outcome(None, Refusal(token_span(sentence, item.match.token), STAGE, MISHAP))


def _read_match(match: Match, sentence: Sentence, finder: ActorFinder, book: Codebook) -> Outcome:
    finder.own = token_span(sentence, match.token)
    trace: Trace = trace_cues(match.token, book)
    roles = fill_roles(match, trace, finder)
    verdict = assign_codes(match, trace, roles, book, finder)
    reason = refuse_act(match, trace, verdict, finder)
    if reason:
        return Outcome(None, Refusal(token_span(sentence, match.token), STAGE, reason))
    return Outcome(Coded.of_match(match, trace, verdict))


def _drop_statements(found: list[Coded], finder: ActorFinder) -> tuple[list[Coded], list[Token]]:
    """Return the events without mere statements, and the words of those: they count only where
    a sentence holds nothing else, and where someone political speaks."""
    acts = [item for item in found if not _is_statement(item)]
    kept = acts or [item for item in found if any(map(finder.is_official, item.by))]
    return kept, [item.word for item in found if item not in kept]


def _is_statement(item: Coded) -> bool:
    return item.match is not None and item.match.pattern.entry.only == "alone"


def _drop_cues(found: list[Coded]) -> list[Coded]:
    """Leave out a demand, promise, threat or refusal whose content is an event of its own."""
    governing = {cue.i for item in found if item.coded for cue in item.cues if cue != item.word}
    return [item for item in found if item.word.i not in governing or item.code[:2] not in WORDS_GIVEN]
