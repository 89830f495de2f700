"""The stage: reads each sentence with the codebook, weighs the proposals, settles roles over the story."""

from __future__ import annotations

from dataclasses import replace

from onrecord.grammar import token_span
from onrecord.ontology.read_codebook import read_codebook
from onrecord.records import Draft, Event, Found, Refusal, Sentence
from onrecord.stages.events.attach_details import attach_details
from onrecord.stages.events.decide_events import Decision, decide_events
from onrecord.stages.events.list_candidates import list_candidates
from onrecord.stages.events.propose_events import STAGE
from onrecord.stages.events.rank_parties import RuleRoles
from onrecord.stages.events.settle_roles import Reading, settle_roles
from onrecord.stages.events.story import Story, index_stories
from onrecord.stages.events.weigh_types import read_model
from onrecord.stages.events.write_event import Coded, write_event


def find_events(draft: Draft) -> Found[Event]:
    """Return who did what to whom in a page, with how the text presents it; comments included.

    The codebook proposes, a learned layer decides, and who, whom, where and when are settled when the whole
    story has been read. Events of comments are numbered after those of the report and take part in no
    decision about it.
    """
    kept: list[Event] = []
    refused: list[Refusal] = []
    for story in index_stories(draft):
        readings, turned_down = read_story(story)
        refused += turned_down
        settled = settle_roles([reading for reading, _ in readings], story)
        for event, (reading, item) in zip(settled, readings, strict=True):
            kept.append(attach_details(event, item, reading.sentence, story))
    return Found(tuple(replace(event, id=f"e{n}") for n, event in enumerate(kept, 1)), tuple(refused))


def read_story(story: Story) -> tuple[list[tuple[Reading, Coded]], list[Refusal]]:
    """Return the events of a story as its sentences tell them, one by one, and what was turned down."""
    settings = story.draft.settings
    book = read_codebook(settings.codebooks)
    scans = list_candidates(story, book)
    readings: list[tuple[Reading, Coded]] = []
    refused: list[Refusal] = []
    for scan, decisions in zip(scans, decide_events(scans, read_model(), book), strict=True):
        for decision in decisions:
            if decision.refusal is not None:
                refused.append(decision.refusal)
            item = decision.coded
            if item is not None and item.confidence < settings.min_confidence:
                refused.append(_unsure(item, scan.sentence, settings.min_confidence))
            elif item is not None:
                event = _decided(write_event(item, scan.sentence, book), decision)
                rules = RuleRoles(item.by, item.to, item.slots, read=True)
                readings.append((Reading(event, scan.sentence, rules), item))
    return readings, refused


def _decided(event: Event, decision: Decision) -> Event:
    """Return an event with who decided on it, and by what."""
    return replace(event, decided_by=decision.decided_by, evidence=(*event.evidence, *decision.evidence))


def _unsure(item: Coded, sentence: Sentence, least: float) -> Refusal:
    reason = f"{item.rule}: confidence {item.confidence}, and {least} is asked for"
    return Refusal(token_span(sentence, item.trigger), STAGE, reason)
