from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from onrecord.cli.linking import load_links, tell_unlinked

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
@click.option("--no-text", is_flag=True, help="Leave the words of the pages out: offsets and hashes stay.")
@click.option(
    "--unit", type=click.Choice(["reports", "incidents"]), default="reports", show_default=True,
    help="What a row of events is: each report, or what happened, once each.",
)  # fmt: skip
@click.option(
    "--formats", is_flag=True, is_eager=True, expose_value=False, callback=_list_formats,
    help="List the formats and end.",
)  # fmt: skip
def export(folder: str, form: str, out: str, no_text: bool, unit: str) -> None:
    """Write a record folder in a format of another tool.

    Example: onrecord export records --to parquet --out tables
    """
    from pathlib import Path

    from onrecord.exports.formats import export_folder
    from onrecord.store import open_folder

    records = open_folder(folder)
    if unit == "incidents":
        load_links(records)
    elif form in LINKED:
        tell_unlinked(records)
    rows = export_folder(records, form, Path(out), not no_text, unit)
    click.echo(f"{out}: {rows} rows", err=True)
