"""The options of the commands that ask a language model, and how such a command asks."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import Range

if TYPE_CHECKING:
    from onrecord.second import Answers, Endpoint, Outcome
    from onrecord.second.ask_questions import Item, Purse


@dataclass(frozen=True, slots=True)
class Asking:
    """How a model is asked, as the options say."""

    endpoint: str | None
    below: float
    sample: int | None
    budget: int | None
    twice: float
    key_env: str | None
    timeout: float
    replay: bool
    yes: bool


def asking_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how a model is asked; it gets them as `asking`."""

    @click.option(
        "--endpoint", metavar="URL", help="Server that speaks the OpenAI chat API; there is no default."
    )
    @click.option(
        "--below", type=Range(0), default=1.01, metavar="P", help="Only events with a lower confidence."
    )
    @click.option("--sample", type=click.IntRange(1), metavar="N",
                  help="At most this many, drawn by a fixed seed: events, or gold pages.")  # fmt: skip
    @click.option(
        "--budget", type=click.IntRange(1), metavar="TOKENS", help="Stop before more tokens are spent."
    )
    @click.option("--twice", type=Range(0, 1), default=0.2, show_default=True, metavar="SHARE",
                  help="Share that is asked twice, its options in another order.")  # fmt: skip
    @click.option(
        "--key-env", metavar="VARIABLE", help="Environment variable that holds the key of the service."
    )
    @click.option("--timeout", type=Range(1), default=120.0, show_default=True, metavar="SECONDS",
                  help="Time limit for a whole answer.")  # fmt: skip
    @click.option("--replay", is_flag=True, help="Use stored answers only; nothing is sent.")
    @click.option("--yes", is_flag=True, help="Send without asking.")
    @wraps(command)
    def run(*args: Any, **given: Any) -> None:
        asking = Asking(**{name: given.pop(name) for name in Asking.__slots__})
        command(*args, asking=asking, **given)

    return run


def find_endpoint(model: str, asking: Asking) -> Endpoint | None:
    """Return where questions go; None for a replay. Raises UsageError if there is neither."""
    from onrecord.second import Endpoint

    if asking.replay:
        return None
    if asking.endpoint is None:
        raise click.UsageError("expected --endpoint URL or --replay")
    return Endpoint(asking.endpoint, model, _read_key(asking.key_env), asking.timeout)


def ask_model(
    items: Sequence[Item],
    model: str,
    answers: Answers,
    endpoint: Endpoint | None,
    purse: Purse,
    *,
    yes: bool,
) -> Outcome:
    """Return the answers of a model, kept ones first; what would be sent is said, and sent only if wanted."""
    from onrecord.cli.show_progress import show_work
    from onrecord.second.ask_questions import ask_questions

    if endpoint is not None and not purse.fault:
        _ask_leave(items, answers, endpoint, purse, yes)
    with show_work("asking the second reader") as tell:
        return ask_questions(
            items, model, answers, endpoint, purse,
            lambda number: tell(f"asking the second reader: {number + 1} of {len(items)}"),
        )  # fmt: skip


def tell_stop(purse: Purse) -> None:
    """Raise ClickException with the reason why a run stopped, if it did."""
    if purse.fault:
        raise click.ClickException(f"{purse.fault}; the same command goes on from here")


def tell_outcome(name: str, outcome: Outcome, items: int, unsafe: int) -> list[str]:
    """Return what came of a run: what was kept, thrown away and not asked, and what was said how often."""
    refused = sum(outcome.refused.values())
    lines = [
        f"{name}: {items} questions, {len(outcome.kept)} kept",
        f"answers: {outcome.answered}, of {outcome.tokens} tokens; thrown away: {refused}",
        *(f"  {reason}: {number}" for reason, number in sorted(outcome.refused.items())),
        f"asked twice: {outcome.twice}, changed with the order of the options: {outcome.flipped}",
        f"without an answer: {outcome.unanswered}; not sent, since the text speaks to a model: {unsafe}",
    ]
    chosen: dict[str, int] = {}
    for _, answer in outcome.kept:
        chosen[answer.choice] = chosen.get(answer.choice, 0) + 1
    return [*lines, *(f"said {choice}: {number}" for choice, number in sorted(chosen.items()))]


def _read_key(variable: str | None) -> str | None:
    """Return the key that a variable of the environment holds: keys are taken from nowhere else."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise click.UsageError(f"--key-env {variable}: expected a variable of the environment with the key")
    return os.environ[variable]


def _ask_leave(items: Sequence[Item], answers: Answers, endpoint: Endpoint, purse: Purse, yes: bool) -> None:
    """Say what would be sent, and go on only if that is wanted."""
    from onrecord.second import MOST_TOKENS
    from onrecord.second.ask_endpoint import find_address
    from onrecord.second.frame_question import key_question

    new = [one for item in items for one in item if answers.find(key_question(one, endpoint.model)) is None]
    if not new:
        return
    sent = sum(one.tokens for one in new)
    limit = f"; budget {purse.budget:,}, spent {purse.spent:,}" if purse.budget is not None else ""
    click.echo(
        f"To {find_address(endpoint.url)}: {len(new):,} requests, about {sent:,} tokens and at most "
        f"{len(new) * MOST_TOKENS:,} of answers{limit}.\n"
        "Sent of each page: the sentence and its neighbours in the paragraph; of each event: its words, "
        "type, status, names of sources and targets. Not sent: title, address, publisher, author.",
        err=True,
    )
    if not yes:
        click.confirm("Send?", abort=True, err=True)
