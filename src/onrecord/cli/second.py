from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.second import Outcome
    from onrecord.second.ask_questions import Item, Purse
    from onrecord.store import Folder


@click.command()
@click.argument("folder", metavar="DIR", required=False)
@click.option(
    "--endpoint", metavar="URL", help="Server that speaks the OpenAI chat API; there is no default."
)
@click.option("--model", metavar="NAME", help="Model to ask, as the server names it.")
@click.option("--below", type=float, default=1.01, metavar="P", help="Only events with a lower confidence.")
@click.option("--types", default="", metavar="TYPES", help="Only acts of these types, by commas.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="At most so many, drawn by a fixed seed.")
@click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help="Stop before more tokens are spent.")
@click.option("--missed", is_flag=True, help="Ask about paragraphs without an event, for the queue.")
@click.option(
    "--twice", type=click.FloatRange(0, 1), default=0.2, show_default=True, metavar="SHARE",
    help="Share that is asked twice, with the options turned.",
)  # fmt: skip
@click.option("--key-env", metavar="VARIABLE", help="Environment variable that holds the key of the service.")
@click.option("--timeout", type=click.FloatRange(1), default=120.0, show_default=True, metavar="SECONDS",
              help="For a whole answer.")  # fmt: skip
@click.option("--replay", is_flag=True, help="Use kept answers alone; nothing is sent.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--show-prompt", is_flag=True, help="Print the prompt and exit.")
def second(
    folder: str | None,
    endpoint: str | None,
    model: str | None,
    below: float,
    types: str,
    sample: int | None,
    budget: int | None,
    missed: bool,
    twice: float,
    key_env: str | None,
    timeout: float,
    replay: bool,
    yes: bool,
    show_prompt: bool,
) -> None:
    """Have a language model judge events of a record folder, as one more reviewer.

    Each event is one closed question. An answer counts only if it fits the schema and quotes the text word
    for word; all others are thrown away and counted. Answers are kept in DIR/second.sqlite and become lines
    of the review log under the name of the model; records never change. What a model says settles nothing.

    Example: onrecord second records --endpoint http://localhost:8080/v1 --model qwen3 --below .6 --sample 50
    """
    from onrecord import second as reader
    from onrecord.cli.show_progress import show_work
    from onrecord.second.ask_questions import Purse, ask_questions
    from onrecord.store import open_folder

    kind = "missed" if missed else "event"
    if show_prompt:
        click.echo(reader.show_prompt(kind), nl=False)
        return
    if folder is None or model is None or (endpoint is None and not replay):
        raise click.UsageError("expected DIR, --model NAME, and --endpoint URL or --replay")
    reader.name_reviewer(model, kind)
    opened = open_folder(folder)
    choice = reader.Choice(below, _read_types(types), sample, missed, twice)
    items, unsafe = reader.choose_questions(opened.records(), choice)
    asked = None
    if not replay and endpoint is not None:
        asked = reader.Endpoint(endpoint, model, _read_key(key_env), timeout)
        _ask_leave(items, opened, model, endpoint, budget, yes)
    purse = Purse(budget)
    with show_work("asking the second reader") as tell:
        outcome = ask_questions(
            items, model, reader.open_answers(opened), asked, purse,
            lambda number: tell(f"asking the second reader: {number + 1} of {len(items)}"),
        )  # fmt: skip
    _finish(opened, model, kind, outcome, purse, len(items), unsafe)


def _read_types(types: str) -> tuple[str, ...]:
    from onrecord.review.write_account import known_types

    chosen = tuple(name.strip().upper() for name in types.split(",") if name.strip())
    for name in chosen:
        if name not in known_types():
            raise click.UsageError(f"--types {name}: expected types of {', '.join(known_types())}")
    return chosen


def _read_key(variable: str | None) -> str | None:
    """Return the key that a variable of the environment holds: keys are taken from nowhere else."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise click.UsageError(f"--key-env {variable}: expected a variable of the environment with the key")
    return os.environ[variable]


def _ask_leave(
    items: list[Item], folder: Folder, model: str, endpoint: str, budget: int | None, yes: bool
) -> None:
    """Say what would be sent, and go on only if that is wanted."""
    from onrecord.second import MOST_TOKENS, open_answers
    from onrecord.second.ask_endpoint import find_address
    from onrecord.second.frame_question import key_question

    answers = open_answers(folder)
    new = [one for item in items for one in item if answers.find(key_question(one, model)) is None]
    if not new:
        return
    sent = sum(one.tokens for one in new)
    limit = f"; budget {budget:,}" if budget is not None else ""
    click.echo(
        f"To {find_address(endpoint)}: {len(new):,} requests, about {sent:,} tokens and at most "
        f"{len(new) * MOST_TOKENS:,} of answers{limit}.\n"
        "Sent of each page: the sentence and its neighbours in the paragraph; of each event: its words, "
        "type, status, names of sources and targets. Not sent: title, address, publisher, author.",
        err=True,
    )
    if not yes:
        click.confirm("Send?", abort=True, err=True)


def _finish(
    folder: Folder, model: str, kind: str, outcome: Outcome, purse: Purse, items: int, unsafe: int
) -> None:
    """Keep the decisions, print what came of the run, and say why it stopped if it did."""
    from onrecord.review import open_log, review_folder
    from onrecord.second import keep_decisions, measure_reader, name_reviewer

    added = keep_decisions(open_log(folder), model, outcome.kept)
    name = name_reviewer(model, kind)
    click.echo("\n".join(_tell_outcome(name, outcome, items, unsafe)))
    gain = measure_reader(review_folder(folder), name)
    if gain.before.total:
        click.echo(f"where persons have settled it: precision {_tell(gain.before)}")
        click.echo(
            f"  if its refusals were followed: {_tell(gain.after)}, right events held {_tell(gain.held)}"
        )
    click.echo(f"onrecord: {added} decisions added to the log; {purse.spent} tokens spent", err=True)
    if purse.fault:
        raise click.ClickException(f"{purse.fault}; the same command goes on from here")


def _tell_outcome(name: str, outcome: Outcome, items: int, unsafe: int) -> list[str]:
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


def _tell(share: object) -> str:
    from onrecord.review.measure_precision import Share

    assert isinstance(share, Share)
    if share.value is None:
        return "none"
    return f"{share.hits} of {share.total}: {share.value:.2f} ({share.low:.2f}-{share.high:.2f})"
