"""Casualty figures of an event, and the statement that reports it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.grammar import subtree, tokens_span
from onrecord.records import Event, Sentence
from onrecord.stages.events.match_entries import CLAUSES
from onrecord.stages.events.story import Story
from onrecord.stages.events.write_event import Coded


def attach_details(event: Event, item: Coded, sentence: Sentence, story: Story) -> Event:
    """Return an event with its numbers and the statement that reports it."""
    return replace(
        event,
        statement=find_statement(event, story),
        quantities=quantities_in(item, sentence, story, event.quantities),
    )


def find_statement(event: Event, story: Story) -> str | None:
    """Return the id of the innermost statement whose content covers the trigger."""
    start, end = event.trigger
    for span, statement in story.statements:
        if span[0] <= start and end <= span[1]:
            return statement.id
    return None


def quantities_in(item: Coded, sentence: Sentence, story: Story, counted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the quantities that stand in an event's clause, those that are counted among them."""
    words = (*subtree(item.word, CLAUSES), *subtree(item.trigger, CLAUSES))
    near = (one.id for one in story.numbers_in(tokens_span(sentence, words)))
    return tuple(sorted({*counted, *near}, key=lambda name: int(name[1:])))
