from __future__ import annotations

import json

import click

from onrecord.cli.linking import as_linked


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
    help="A table, one JSON object, or one CSV row per commitment.",
)  # fmt: skip
@click.option(
    "--as-of", metavar="DATE",
    help="State of knowledge on this day (YYYY-MM-DD); default: the last day of publication in the folder.",
)  # fmt: skip
@click.option("--state", "states", multiple=True, help="Only commitments in this state; may be repeated.")
@as_linked
def commitments(folder: str, form: str, as_of: str | None, states: tuple[str, ...], as_linked: bool) -> None:
    """Print orders, promises, plans, threats, demands and predictions, and what became of them.

    Each is open, kept, partly kept, broken, overdue or disputed, with the later reports that show it.

    Example: onrecord commitments records --state overdue --as-of 2018-01-31
    """
    from onrecord.cli.linking import load_links
    from onrecord.records import COMMITMENT_STATES, to_plain
    from onrecord.sources import check_day
    from onrecord.store import open_folder
    from onrecord.store.load_links import settle_links

    for state in states:
        if state not in COMMITMENT_STATES:
            raise click.BadParameter(f"{state!r}: expected one of {', '.join(COMMITMENT_STATES)}")
    day = check_day(as_of, "as-of day")
    ledger = load_links(open_folder(folder), as_linked).commitments
    if day is not None:
        ledger = settle_links(ledger, day)
    found = [one for one in ledger if not states or one.state in states]
    if form == "json":
        click.echo(json.dumps({"commitments": to_plain(found)}, ensure_ascii=False, indent=1))
        return
    from onrecord.exports.incidents import (
        COMMITMENT_COLUMNS,
        commitment_rows,
        render_commitments,
        write_csv,
    )

    if form == "csv":
        click.echo(write_csv(COMMITMENT_COLUMNS, commitment_rows(found)), nl=False)
        return
    from onrecord.exports.plain_console import open_console

    open_console().print(render_commitments(found))
