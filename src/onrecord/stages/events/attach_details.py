"""Casualty figures of an event, and the statement that reports it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.grammar import subtree, token_span
from onrecord.records import Event, Sentence
from onrecord.stages.events.match_entries import CLAUSES
from onrecord.stages.events.story import Story
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token


def attach_details(event: Event, item: Coded, sentence: Sentence, story: Story) -> Event:
    """Return an event with its numbers and the statement that reports it."""
    return replace(
        event,
        statement=find_statement(event, story),
        quantities=quantities_in(item, sentence, story, event.quantities),
    )


def clause_words_of(item: Coded) -> list[Token]:
    """Return the words that stand round an event: what depends on its word, its support verb, its trigger."""
    heads = [item.word, item.trigger, *([item.support] if item.support is not None else [])]
    seen: dict[int, Token] = {}
    for head in heads:
        for token in subtree(head, CLAUSES):
            seen.setdefault(token.i, token)
    return [seen[i] for i in sorted(seen)]


def find_statement(event: Event, story: Story) -> str | None:
    """Return the id of the innermost statement whose content covers the trigger."""
    start, end = event.trigger
    for span, statement in story.statements:
        if span[0] <= start and end <= span[1]:
            return statement.id
    return None


def quantities_in(item: Coded, sentence: Sentence, story: Story, counted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the quantities that stand in an event's clause."""
    if not story.draft.quantities:
        return ()
    spans = [token_span(sentence, token) for token in clause_words_of(item)]
    low, high = spans[0][0], spans[-1][1]
    found = list(counted)
    for quantity in story.draft.quantities:
        if low <= quantity.mention[0] and quantity.mention[1] <= high and quantity.id not in found:
            found.append(quantity.id)
    return tuple(sorted(found, key=lambda name: int(name[1:]) if name[1:].isdigit() else 0))
