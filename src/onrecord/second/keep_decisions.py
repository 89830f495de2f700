"""Answers as lines of the review log, under the name of the model; each is kept once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.records import Span
from onrecord.review import Account, Decision, Log
from onrecord.second.check_answer import Answer
from onrecord.second.frame_question import Question, name_reviewer

VERDICTS = {"right": "accept", "sense": "refuse", "told": "add"}


def keep_decisions(log: Log, model: str, kept: Iterable[tuple[Question, Answer]]) -> int:
    """Add to a log what a model said, unless it stands there as its last word; return how many were added."""
    last = {_place_of(one): _content_of(one) for one in log.read()}
    added = 0
    for question, answer in kept:
        if answer.choice == "nothing":
            continue
        one = write_decision(model, question, answer)
        if last.get(_place_of(one)) != _content_of(one):
            log.add(one)
            last[_place_of(one)] = _content_of(one)
            added += 1
    return added


def write_decision(model: str, question: Question, answer: Answer) -> Decision:
    """Return an answer as a decision; its note holds the words that it rests on."""
    name, note = name_reviewer(model, question.kind), f"{answer.choice}: “{answer.quote}”"[:2000]
    if question.coded is None:
        return _suggest_event(name, note, question, answer)
    verdict = VERDICTS.get(answer.choice, "correct")
    account = _correct_account(question.coded, answer) if verdict == "correct" else None
    return Decision(
        name, verdict, question.page, question.anchor, question.coded, account,
        note=note, coder=question.coder, by_model=True,
    )  # fmt: skip


def _correct_account(coded: Account, answer: Answer) -> Account:
    """Return an account with what is wrong replaced; a side that is wrong is left unknown."""
    if answer.choice == "type" and answer.type:
        known = None if answer.type == "STATEMENT" else answer.type
        return replace(coded, type=answer.type, mode=None, plover=known, cameo=None)
    if answer.choice == "status" and answer.status:
        return replace(coded, status=answer.status, cameo=None)
    return replace(coded, sources=()) if answer.choice == "source" else replace(coded, targets=())


def _suggest_event(name: str, note: str, question: Question, answer: Answer) -> Decision:
    assert answer.type is not None
    assert answer.status is not None
    start = question.anchor.sentence[0] + question.anchor.text.index(answer.quote)
    at: Span = (start, start + len(answer.quote))
    known = None if answer.type == "STATEMENT" else answer.type
    account = Account(
        answer.type, None, answer.status, known, None, (), (), at, question.anchor.sentence
    )  # fmt: skip
    anchor = replace(question.anchor, trigger=at, words=answer.quote, act=answer.type)
    return Decision(
        name, "add", question.page, anchor, None, account, note=note, coder=question.coder, by_model=True
    )


def _place_of(one: Decision) -> tuple[object, ...]:
    anchor = one.anchor
    return one.by, one.page, anchor and (anchor.trigger, anchor.act, anchor.text)


def _content_of(one: Decision) -> tuple[object, ...]:
    return one.verdict, one.coded, one.account, one.note
