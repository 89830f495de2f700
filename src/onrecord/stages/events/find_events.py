from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from onrecord.grammar import token_span
from onrecord.mentions import comment_parts, index_mentions, index_spans
from onrecord.records import Draft, Event, Found, Refusal, Sentence
from onrecord.stages.events.attach_details import Details, attach_details, index_statements
from onrecord.stages.events.decide_events import Decision, decide_events
from onrecord.stages.events.entries import Codebook
from onrecord.stages.events.list_candidates import Reading, list_candidates
from onrecord.stages.events.propose_events import STAGE
from onrecord.stages.events.read_codebook import read_codebook
from onrecord.stages.events.weigh_types import EventModel, read_model
from onrecord.stages.events.write_event import Coded, write_event


def find_events(draft: Draft) -> Found[Event]:
    """Return who did what to whom in a page, with how the text presents it; comments included.

    The codebook proposes events, a learned layer decides. Events of comments are numbered after those of
    the report and take part in no decision about it.
    """
    book = read_codebook(draft.settings.codebooks)
    model = read_model()
    details = Details(draft, index_spans(draft.times), index_mentions(draft.places), index_statements(draft))
    kept: list[Event] = []
    refused: list[Refusal] = []
    voices = comment_parts(draft)
    for reading, decisions in decide_stories(list_candidates(draft, book), voices, model, book):
        sentence = reading.sentence
        refused += [one.refusal for one in decisions if one.refusal is not None]
        for decision in decisions:
            item = decision.coded
            if item is None:
                continue
            if item.confidence < draft.settings.min_confidence:
                refused.append(_unsure(item, sentence, draft.settings.min_confidence))
                continue
            event = attach_details(write_event(item, sentence, book), item, sentence, details)
            kept.append(
                replace(event, decided_by=decision.decided_by, evidence=(*event.evidence, *decision.evidence))
            )
    return Found(tuple(replace(event, id=f"e{n}") for n, event in enumerate(kept, 1)), tuple(refused))


def decide_stories(
    readings: Sequence[Reading], voices: frozenset[str], model: EventModel, book: Codebook
) -> Iterator[tuple[Reading, list[Decision]]]:
    """Yield each sentence with its decisions; the report and each comment are stories of their own."""
    for _, some in groupby(
        readings, key=lambda one: one.sentence.part if one.sentence.part in voices else ""
    ):
        story = list(some)
        yield from zip(story, decide_events(story, model, book), strict=True)


def _unsure(item: Coded, sentence: Sentence, least: float) -> Refusal:
    reason = f"{item.rule}: confidence {item.confidence}, and {least} is asked for"
    return Refusal(token_span(sentence, item.trigger), STAGE, reason)
