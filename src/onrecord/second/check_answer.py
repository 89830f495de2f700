"""Whether an answer may be kept: it fits the schema, and its quote stands in the text that was sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from onrecord.records import STATUSES
from onrecord.review.write_account import known_types
from onrecord.second.frame_question import NONE, Question
from onrecord.second.keep_answers import Reply

REFUSALS = ("sense", "type")
"""Choices that leave nothing of an event: the words tell no such act."""
FIELDS = {"quote", "answer", "type", "status"}
WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model chose, and the words that it rests on."""

    choice: str
    quote: str
    type: str | None
    status: str | None

    @property
    def refuses(self) -> bool:
        """Whether it says that the event is none of its type."""
        return self.choice in REFUSALS


def check_answer(question: Question, reply: Reply) -> Answer | str:
    """Return the answer that a reply holds, or the reason why it is thrown away."""
    if reply.ended != "whole":
        return reply.ended
    try:
        said = json.loads(reply.text)
    except (ValueError, RecursionError):
        return "no JSON"
    if not _fits_schema(question, said):
        return "not of the schema"
    answer = Answer(
        question.choices["ABCDEF".index(said["answer"])],
        said["quote"],
        None if said["type"] == NONE else said["type"],
        None if said["status"] == NONE else said["status"],
    )
    return _find_fault(question, answer) or answer


def _fits_schema(question: Question, said: Any) -> bool:
    if not isinstance(said, dict) or set(said) != FIELDS:
        return False
    if not all(isinstance(value, str) for value in said.values()):
        return False
    letters = "ABCDEF"[: len(question.choices)]
    known = said["type"] in (NONE, *known_types()) and said["status"] in (NONE, *STATUSES)
    return known and len(said["answer"]) == 1 and said["answer"] in letters


def _find_fault(question: Question, answer: Answer) -> str | None:
    """Return why an answer cannot be followed: an invented quote, or a choice that says nothing new."""
    held = question.text if question.coded is not None else question.anchor.text
    if not WORD.search(answer.quote) or answer.quote not in held:
        return "quote not in the text"
    if answer.choice == "told" and (answer.type is None or answer.status is None):
        return "incomplete"
    coded = question.coded
    if coded is not None and answer.choice == "type" and answer.type in (None, coded.type):
        return "names no other type"
    if coded is not None and answer.choice == "status" and answer.status in (None, coded.status):
        return "names no other status"
    return None
