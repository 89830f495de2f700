from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.ask_model import Asking, ask_model, asking_options, find_endpoint, tell_outcome, tell_stop

if TYPE_CHECKING:
    from onrecord.review.measure_precision import Share
    from onrecord.second import Outcome
    from onrecord.second.ask_questions import Purse
    from onrecord.store import Folder


@click.command()
@click.argument("folder", metavar="DIR", required=False)
@click.option("--model", metavar="NAME", help="Model to ask, as the server names it.")
@asking_options
@click.option("--types", default="", metavar="TYPES", help="Only acts of these types, separated by commas.")
@click.option("--missed", is_flag=True, help="Ask about paragraphs without an event, for the queue.")
@click.option("--show-prompt", is_flag=True, help="Print the prompt and exit.")
def second(
    folder: str | None, model: str | None, types: str, missed: bool, show_prompt: bool, asking: Asking
) -> None:
    """Have a language model judge events of a record folder, as one more reviewer.

    Each event is one closed question. An answer counts only if it fits the schema and quotes the text word
    for word; all others are thrown away and counted. Answers are kept in DIR/second.sqlite and become lines
    of the review log under the name of the model; records never change. A model never settles a case.

    Example: onrecord second records --endpoint http://localhost:8080/v1 --model qwen3 --below .6 --sample 50
    """
    from onrecord import second as reader
    from onrecord.second.ask_questions import Purse
    from onrecord.store import open_folder

    kind = "missed" if missed else "event"
    if show_prompt:
        click.echo(reader.show_prompt(kind), nl=False)
        return
    if folder is None or model is None:
        raise click.UsageError("expected DIR, --model NAME, and --endpoint URL or --replay")
    endpoint = find_endpoint(model, asking)
    reader.name_reviewer(model, kind)
    opened = open_folder(folder)
    choice = reader.Choice(asking.below, _read_types(types), asking.sample, missed, asking.twice)
    items, unsafe = reader.choose_questions(opened.records(), choice)
    purse = Purse(asking.budget)
    outcome = ask_model(items, model, reader.open_answers(opened), endpoint, purse, yes=asking.yes)
    _finish(opened, model, kind, outcome, purse, len(items), unsafe)


def _read_types(types: str) -> tuple[str, ...]:
    from onrecord.review.write_account import known_types

    chosen = tuple(name.strip().upper() for name in types.split(",") if name.strip())
    for name in chosen:
        if name not in known_types():
            raise click.UsageError(f"--types {name}: expected types of {', '.join(known_types())}")
    return chosen


def _finish(
    folder: Folder, model: str, kind: str, outcome: Outcome, purse: Purse, items: int, unsafe: int
) -> None:
    """Keep the decisions, print what came of the run, and say why it stopped if it did."""
    from onrecord.review import open_log, review_folder
    from onrecord.second import keep_decisions, measure_reader, name_reviewer

    added = keep_decisions(open_log(folder), model, outcome.kept)
    name = name_reviewer(model, kind)
    click.echo("\n".join(tell_outcome(name, outcome, items, unsafe)))
    gain = measure_reader(review_folder(folder), name)
    if gain.before.total:
        click.echo(f"where persons have settled it: precision {_tell(gain.before)}")
        click.echo(
            f"  if its refusals were followed: {_tell(gain.after)}, right events held {_tell(gain.held)}"
        )
    if gain.recall_before.total:
        click.echo(f"on pages read in full: recall {_tell(gain.recall_before)}")
        click.echo(f"  if its refusals were followed: {_tell(gain.recall_after)}")
    click.echo(f"onrecord: {added} decisions added to the log; {purse.spent} tokens spent", err=True)
    tell_stop(purse)


def _tell(share: Share) -> str:
    if share.value is None:
        return "none"
    return f"{share.hits} of {share.total}: {share.value:.2f} ({share.low:.2f}-{share.high:.2f})"
