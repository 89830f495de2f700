from __future__ import annotations

from dataclasses import replace

from onrecord.grammar import token_span
from onrecord.mentions import index_mentions, index_spans
from onrecord.records import Draft, Event, Found, Refusal, Sentence
from onrecord.stages.events.attach_details import Details, attach_details, index_statements
from onrecord.stages.events.decide_events import decide_events
from onrecord.stages.events.list_candidates import list_candidates
from onrecord.stages.events.propose_events import STAGE
from onrecord.stages.events.read_codebook import read_codebook
from onrecord.stages.events.weigh_types import read_model
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
    for reading in list_candidates(draft, book):
        sentence = reading.sentence
        decisions = list(decide_events(reading, model, book))
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


def _unsure(item: Coded, sentence: Sentence, least: float) -> Refusal:
    reason = f"{item.rule}: confidence {item.confidence}, and {least} is asked for"
    return Refusal(token_span(sentence, item.trigger), STAGE, reason)
