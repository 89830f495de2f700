"""A closed question about an event or a paragraph, as it is sent: page text is data between marks."""

from __future__ import annotations

import hashlib
import json
import random
import string
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.errors import ReviewError
from onrecord.records import STATUSES, Span
from onrecord.review import Account, Anchor
from onrecord.review.decisions import LONGEST_NAME
from onrecord.review.write_account import known_types

PROMPTS = {"event": "event-1", "missed": "missed-1"}
"""The prompt of each kind of question, with its version: a changed prompt gets a new number and file."""
MOST_TOKENS = 200
"""Tokens that an answer may take: a quote, a letter, a type and a status take some 60."""
CHARACTERS = 3
"""Characters of a token, for an estimate that is rather too high: English text has about four."""
NONE = "none"
CHOICES = {
    "right": "The entry is right.",
    "sense": "The words do not tell such an act at all.",
    "type": "The words tell an act, but of another type.",
    "status": "The act is right, but its status is wrong.",
    "source": "The act is right, but not those under sources did it.",
    "target": "The act is right, but it was not done to those under targets.",
    "told": "Yes, it tells such an act.",
    "nothing": "No, it tells no such act.",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, before its options have an order."""

    kind: str
    page: str
    anchor: Anchor
    coded: Account | None
    """What the coder says; None for a paragraph in which it found nothing."""
    window: Span
    """The characters of the page that are sent."""
    text: str
    """Of the window."""
    definition: str
    """Of the type that the coder gave; empty for a paragraph in which it found nothing."""
    coder: str
    """Version and codebook that had coded the page."""


@dataclass(frozen=True, slots=True)
class Question(Subject):
    """One request: what is asked, and what the answer is held against."""

    choices: tuple[str, ...]
    """In the order in which they are lettered."""
    body: str
    """The message, as it is sent."""

    @property
    def tokens(self) -> int:
        """Tokens that the message takes, estimated."""
        return -(-len(self.body) // CHARACTERS)


def frame_question(subject: Subject, seed: int, *, turned: bool = False) -> Question:
    """Return a question with its options shuffled by the seed; `turned` has them the other way round."""
    choices = _offer_choices(subject)
    random.Random(f"{seed} {subject.page} {subject.anchor.trigger}").shuffle(choices)
    if turned:
        choices.reverse()
    options = "\n".join(f"{letter}. {CHOICES[one]}" for letter, one in zip("ABCDEF", choices, strict=False))
    body = string.Template(read_prompt(subject.kind)).substitute(
        mark=mark_text(subject.text),
        data=json.dumps(_write_data(subject), ensure_ascii=False, indent=0),
        definition=subject.definition,
        options=options,
        types=", ".join(known_types()),
        statuses=", ".join(STATUSES),
    )
    return Question(
        subject.kind, subject.page, subject.anchor, subject.coded, subject.window, subject.text,
        subject.definition, subject.coder, tuple(choices), body,
    )  # fmt: skip


def mark_text(text: str) -> str:
    """Return the mark around a text: its own digest, which no text can hold.

    >>> mark_text("Troops left.")
    '=====c63b7a55ce7e2b2f====='
    """
    return f"====={hashlib.sha256(text.encode()).hexdigest()[:16]}====="


def _offer_choices(subject: Subject) -> list[str]:
    if subject.coded is None:
        return ["told", "nothing"]
    sides = {"source": subject.coded.sources, "target": subject.coded.targets}
    return ["right", "sense", "type", "status", *(name for name, side in sides.items() if side)]


def _write_data(subject: Subject) -> dict[str, Any]:
    """Return what is sent of a page: the sentence, what stands beside it, and the entry."""
    start = subject.anchor.sentence[0] - subject.window[0]
    end = start + len(subject.anchor.text)
    data: dict[str, Any] = {
        "before": subject.text[:start],
        "sentence": subject.text[start:end],
        "after": subject.text[end:],
    }
    if (coded := subject.coded) is not None:
        data |= {"words": subject.anchor.words, "type": coded.type, "status": coded.status}
        data |= {"sources": [one.name for one in coded.sources]}
        data |= {"targets": [one.name for one in coded.targets]}
    return data


def answer_schema(question: Question) -> dict[str, Any]:
    """Return the JSON Schema of an answer: the quote comes first, so that it is not made up for a verdict."""
    fields = {
        "quote": {"type": "string", "maxLength": len(question.text)},
        "answer": {"enum": list("ABCDEF"[: len(question.choices)])},
        "type": {"enum": [NONE, *known_types()]},
        "status": {"enum": [NONE, *STATUSES]},
    }
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def key_question(question: Question, model: str) -> str:
    """Return the digest under which an answer is kept: of model, prompt, text and form of the answer."""
    told = [model, PROMPTS[question.kind], question.body, answer_schema(question), MOST_TOKENS]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def name_reviewer(model: str, kind: str) -> str:
    """Return the name in the log: the model and the version of the prompt; raises ReviewError if too long."""
    name = f"{model} ({PROMPTS[kind]})"
    if not model.strip() or len(name) > LONGEST_NAME:
        raise ReviewError(f"model {model!r}: expected a name of 1 to {LONGEST_NAME - 12} characters")
    return name


@cache
def read_prompt(kind: str) -> str:
    """Return the prompt of a kind of question, as its file has it."""
    return (files("onrecord.second") / "prompts" / f"{PROMPTS[kind]}.txt").read_text(encoding="utf-8")


def show_prompt(kind: str) -> str:
    """Return the name and the words of a prompt."""
    return f"# {PROMPTS[kind]}\n{read_prompt(kind)}"
