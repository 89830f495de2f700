from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.cli.stream import Stream
    from onrecord.exports.quotes import Row
    from onrecord.records import Settings


@click.command()
@click.argument("source", metavar="PAGE|DIR", type=click.Path())
@click.option(
    "--actor",
    help="Only statements made or passed on by this actor: code (RUS) or name, or a part of either.",
)
@click.option("--about", help="Only statements that mention this actor: code or name, or a part of either.")
@click.option("--since", metavar="DATE", help="Only pages published on this day or later (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Only pages published on this day or before.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
    help="A table, one CSV row per statement, or one JSON object.",
)  # fmt: skip
@page_options
def quotes(
    source: str,
    actor: str | None,
    about: str | None,
    since: str | None,
    until: str | None,
    form: str,
    published: str | None,
    settings: Settings,
) -> None:
    """Print who said what about whom, when, and through whom, from pages or a record folder.

    Unnamed speakers are shown in the words of the page ("two officials"). In a record folder,
    `onrecord sql` has the same rows in the view `statements_about`.

    Example: onrecord quotes records --actor RUS --about TUR
    """
    from onrecord.cli.stream import Stream
    from onrecord.exports.quotes import is_asked
    from onrecord.sources import check_days
    from onrecord.store import is_folder

    first, last = check_days(since, until)
    stream = Stream((source,), published, settings)
    rows = _ask_folder(source) if is_folder(source) else _read_pages(stream)
    found = [
        row for row in rows if is_asked(row, actor, about) and _is_between(row["published"], first, last)
    ]
    if found or form != "table" or not stream.status:
        _print_rows(found, form)
    sys.exit(stream.status)


def _ask_folder(folder: str) -> Iterator[Row]:
    from onrecord.store import open_folder

    with open_folder(folder).stream("from statements_about") as batches:
        for batch in batches:
            yield from batch.to_pylist()


def _read_pages(stream: Stream) -> Iterator[Row]:
    from onrecord.exports.quotes import quote_rows

    for record in stream.records():
        yield from quote_rows(record)


def _is_between(day: str | None, first: str | None, last: str | None) -> bool:
    """Return whether a day lies in a stretch of days; a page without a day does in the open stretch only."""
    if first is None and last is None:
        return True
    return day is not None and (first or "") <= day <= (last or "9999")


def _print_rows(rows: list[Row], form: str) -> None:
    from onrecord.exports.incidents import write_csv
    from onrecord.exports.quotes import QUOTE_COLUMNS, flatten_quotes, render_quotes

    if form == "json":
        click.echo(json.dumps({"statements": rows}, ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(write_csv(QUOTE_COLUMNS, flatten_quotes(rows)), nl=False)
    else:
        from onrecord.exports.plain_console import open_console

        open_console().print(render_quotes(rows))
