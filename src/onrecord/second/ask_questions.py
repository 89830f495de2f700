"""All questions of a run, one after the other: kept answers first, then the endpoint, within the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onrecord.second.ask_endpoint import Endpoint, NoAnswerError, ask_endpoint
from onrecord.second.check_answer import Answer, check_answer
from onrecord.second.frame_question import MOST_TOKENS, Question, key_question
from onrecord.second.keep_answers import Answers, Reply

PATIENCE = 3
"""Questions in a row without an answer after which a run stops: the endpoint is down."""
FLIPPED = "changed with the order of the options"

Item = tuple[Question, ...]
"""A question, and for some the same one with its options turned."""


@dataclass(slots=True)
class Outcome:
    """What a run came to; the same from kept answers as from an endpoint."""

    kept: list[tuple[Question, Answer]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    """Answers that were thrown away, by reason."""
    answered: int = 0
    """Requests that were answered, well or not."""
    unanswered: int = 0
    """Questions without an answer: over the budget, never asked, or an endpoint that was silent."""
    twice: int = 0
    """Questions asked twice with two answers that can be compared."""
    flipped: int = 0
    tokens: int = 0
    """Of all answers, whenever they were asked for."""


@dataclass(slots=True)
class Purse:
    """The tokens that this run may spend."""

    budget: int | None
    spent: int = 0
    silent: int = 0
    fault: str = ""
    """Why the run stopped, for people; empty if it did not."""

    def spend(self, tokens: int) -> bool:
        """Note tokens and return whether any are left."""
        self.spent += tokens
        return self.budget is None or self.spent < self.budget

    def may_ask(self, question: Question) -> bool:
        """Return whether a question with the longest answer is within the budget."""
        if self.budget is not None and self.spent + question.tokens + MOST_TOKENS > self.budget:
            self.fault = f"the budget of {self.budget} tokens is used up"
        return not self.fault


def ask_questions(
    items: Sequence[Item],
    model: str,
    answers: Answers,
    endpoint: Endpoint | None,
    purse: Purse,
    tell: Callable[[int], None] = lambda number: None,
) -> Outcome:
    """Return the answers to questions; without an endpoint only those that are kept already."""
    outcome = Outcome()
    for number, item in enumerate(items):
        tell(number)
        replies = [_find_reply(one, model, answers, endpoint, purse) for one in item]
        _take_item(outcome, item, replies)
    return outcome


def _find_reply(
    question: Question, model: str, answers: Answers, endpoint: Endpoint | None, purse: Purse
) -> Reply | None:
    key = key_question(question, model)
    found = answers.find(key)
    if found is not None or endpoint is None or not purse.may_ask(question):
        return found
    try:
        reply = ask_endpoint(endpoint, question, purse.spend)
    except NoAnswerError as error:
        purse.silent += 1
        if purse.silent == PATIENCE:
            purse.fault = f"{endpoint.url} gave no answer to {PATIENCE} questions: {error}"
        return None
    answers.keep(key, model, reply)
    purse.silent = 0
    purse.spend(reply.tokens)
    return reply


def _take_item(outcome: Outcome, item: Item, replies: Sequence[Reply | None]) -> None:
    """Count the replies to a question, and keep the answer if all of them hold and say the same."""
    outcome.unanswered += replies.count(None)
    checked = [check_answer(one, reply) for one, reply in zip(item, replies, strict=True) if reply]
    outcome.answered += len(checked)
    outcome.tokens += sum(reply.tokens for reply in replies if reply)
    outcome.refused.update(one for one in checked if isinstance(one, str))
    held = [one for one in checked if isinstance(one, Answer)]
    if len(held) == 2:
        outcome.twice += 1
        if _differ(*held):
            outcome.flipped += 1
            outcome.refused[FLIPPED] += 2
            return
    if held and len(held) == len(item):
        outcome.kept.append((item[0], held[0]))
    elif held:
        outcome.refused["the same question asked again had no answer that holds"] += len(held)


def _differ(one: Answer, other: Answer) -> bool:
    return (one.choice, one.type, one.status) != (other.choice, other.type, other.status)
