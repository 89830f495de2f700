"""Which events and paragraphs of a folder are asked about, and what goes with each."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.codebooks.show_entries import entry_rows
from onrecord.records import Event, Record, Span
from onrecord.review import describe_event, point_at
from onrecord.review.describe_event import anchor_words, find_sentence, name_code
from onrecord.review.write_account import known_codes
from onrecord.second.ask_questions import Item
from onrecord.second.frame_question import Subject, frame_question

CONTEXT = 320
"""Characters before and after the sentence, within its paragraph: as the queue of the workbench shows."""
LONGEST = 1500
"""Characters of a paragraph that is asked about as missed; of a sentence with its neighbours, with ease."""
EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """What to ask about."""

    below: float = 1.01
    """Events that are less sure than this."""
    types: tuple[str, ...] = ()
    """Types of act, or all."""
    sample: int | None = None
    """How many at most, drawn by the digest of page and place: the same for every model."""
    missed: bool = False
    """Ask about paragraphs without an event, not about events."""
    twice: float = 0.2
    """Share that is asked again with the options turned."""
    seed: int = 1


def choose_questions(records: Iterable[Record], choice: Choice) -> tuple[list[Item], int]:
    """Return the questions to ask, and how many were left out since their text speaks to a model."""
    find = _find_missed if choice.missed else _find_events
    subjects = [subject for record in records for subject in find(record, choice)]
    subjects.sort(key=lambda one: _draw(one, choice.seed))
    safe = [one for one in subjects if not gives_orders(one.text)]
    chosen = safe[: choice.sample] if choice.sample is not None else safe
    chosen.sort(key=lambda one: (one.page, one.anchor.trigger))
    return [_frame_item(one, choice) for one in chosen], len(subjects) - len(safe)


def _frame_item(subject: Subject, choice: Choice) -> Item:
    first = frame_question(subject, choice.seed)
    if int(_draw(subject, choice.seed)[-8:], 16) / 0xFFFFFFFF >= choice.twice:
        return (first,)
    return first, frame_question(subject, choice.seed, turned=True)


def _draw(subject: Subject, seed: int) -> str:
    told = f"{seed} {subject.page} {subject.anchor.trigger} {subject.anchor.act}"
    return hashlib.sha256(told.encode()).hexdigest()


def _find_events(record: Record, choice: Choice) -> Iterator[Subject]:
    """Yield the events of a page that are asked about."""
    for event in record.events:
        if event.confidence < choice.below and (not choice.types or event.act.type in choice.types):
            anchor = point_at(record, event)
            window = _find_window(record, anchor.sentence)
            yield Subject(
                "event", record.page.id, anchor, describe_event(record, event), window,
                record.page.text[slice(*window)], define_type(event), _name_coder(record),
            )  # fmt: skip


def _find_missed(record: Record, choice: Choice) -> Iterator[Subject]:
    """Yield the paragraphs of a page in which no event was found."""
    for part in record.parts:
        held = any(part.start <= event.trigger[0] < part.end for event in record.events)
        words = record.page.text[part.start : part.end].rstrip()
        if part.kind == "paragraph" and not held and 20 <= len(words) <= LONGEST:
            span = (part.start, part.start + len(words))
            anchor = anchor_words(record, span, span, "")
            yield Subject("missed", record.page.id, anchor, None, span, words, "", _name_coder(record))


def _find_window(record: Record, sentence: Span) -> Span:
    """Return a sentence with its neighbours, as far as its paragraph goes, cut between words."""
    part = next((one for one in record.parts if one.start <= sentence[0] < one.end), None)
    start, end = (part.start, part.end) if part else sentence
    text = record.page.text
    if sentence[0] - start > CONTEXT:
        start = find_sentence(record, (sentence[0] - CONTEXT, sentence[0] - CONTEXT + 1))[0]
    if end - sentence[1] > CONTEXT:
        end = find_sentence(record, (sentence[1] + CONTEXT - 1, sentence[1] + CONTEXT))[1]
    end = max(end, sentence[1])
    return start, start + len(text[start:end].rstrip()) if end > sentence[1] else end


def _name_coder(record: Record) -> str:
    return f"{record.coder.version} {record.coder.codebook}"


def define_type(event: Event) -> str:
    """Return what the codebook says of the kind of act: its code's name, sentences that are and are not."""
    code = known_codes().get(event.cameo or "")
    told = [f"{name_code(event.act)}{f': {code.name}' if code else ''}"]
    row = _rows().get(event.rule, {})
    told += [f"Such an act: {one}" for one in row.get("yes", ())[:EXAMPLES]]
    told += [f"Not such an act: {one}" for one in row.get("no", ())[:EXAMPLES]]
    return "\n".join(told)


@cache
def _rows() -> Mapping[str, dict[str, Any]]:
    return entry_rows(())


@cache
def order_patterns() -> Sequence[re.Pattern[str]]:
    """Return the patterns of words by which a text speaks to a model."""
    with (files("onrecord.second") / "orders.toml").open("rb") as file:
        return [re.compile(row["pattern"], re.IGNORECASE | re.DOTALL) for row in tomllib.load(file)["entry"]]


def gives_orders(text: str) -> bool:
    """Return whether a text speaks to a language model, so that it is not sent."""
    return any(pattern.search(text) for pattern in order_patterns())
