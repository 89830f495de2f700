from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from onrecord.cli.linking import load_links, tell_unlinked
from onrecord.cli.options import Range
from onrecord.cli.show_progress import show_work

LINKED = ("csv", "parquet", "sqlite", "tsv", "xlsx")
"""Formats that hold the tables of incidents too, as they were linked last."""


def _list_formats(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    """Print the formats and end, as --help does."""
    if not wanted or context.resilient_parsing:
        return
    from onrecord.exports.formats import FORMATS

    for form in FORMATS:
        click.echo(f"{form.name:15} {form.about}")
    context.exit()


def _complete_formats(context: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the formats that begin like that, for a shell that completes words."""
    from onrecord.exports.formats import FORMATS

    return [CompletionItem(form.name, help=form.about) for form in FORMATS if form.name.startswith(begun)]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--to", "form", required=True, metavar="FORMAT", shell_complete=_complete_formats,
    help="The format; see --formats.",
)  # fmt: skip
@click.option("--out", required=True, type=click.Path(), metavar="PATH", help="File or directory to write.")
@click.option("--no-text", is_flag=True, help="Leave out the words of the pages; offsets and hashes stay.")
@click.option(
    "--min-confidence", type=Range(0, 1), default=0.0,
    help="Leave out events with a lower confidence; docs/calibration.md relates it to precision.",
)  # fmt: skip
@click.option(
    "--unit", type=click.Choice(["reports", "incidents"]), default="reports", show_default=True,
    help="What a row of events is: each report, or what happened, once each.",
)  # fmt: skip
@click.option(
    "--formats", is_flag=True, is_eager=True, expose_value=False, callback=_list_formats,
    help="List the formats and exit.",
)  # fmt: skip
def export(folder: str, form: str, out: str, no_text: bool, min_confidence: float, unit: str) -> None:
    """Export a record folder in the format of another tool.

    What was written, and what was left out and why, is reported on standard error.

    Example: onrecord export records --to parquet --out tables
    """
    from pathlib import Path

    from onrecord.exports.formats import Order, export_folder
    from onrecord.store import open_folder

    records = open_folder(folder)
    if unit == "incidents":
        load_links(records)
    elif form in LINKED:
        tell_unlinked(records)
    order = Order(records, Path(out), not no_text, min_confidence)
    with show_work(f"writing {form}"):
        rows = export_folder(order, form, unit)
    click.echo(f"{out}: {rows:,} {'row' if rows == 1 else 'rows'} written", err=True)
    for heading, counts in (("left out", order.left_out), ("note", order.notes)):
        for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            if count:
                words = reason.replace("events", unit, 1) if unit == "incidents" else reason
                click.echo(f"{heading}: {words} ({count:,})", err=True)
