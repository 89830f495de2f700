from __future__ import annotations

import json

import click

from onrecord.cli.linking import as_linked


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
    help="A table for people, one JSON object, or a row for each incident.",
)  # fmt: skip
@click.option(
    "--least", type=click.IntRange(1), default=1, show_default=True, help="Only what so many reports tell."
)
@click.option("--differing", is_flag=True, help="Only those on which the reports differ.")
@click.option(
    "--reviewed", is_flag=True, help="With the merges and splits of persons (kept beside the folder)."
)
@as_linked
def incidents(folder: str, form: str, least: int, differing: bool, reviewed: bool, as_linked: bool) -> None:
    """Print what happened, once each, over all pages of a record folder.

    Says how many reports tell it and how many publishers did not copy one another, which page copies
    which, and on what they differ. JSON has the reason of each join. Pages that have come since the last
    time are linked first, with progress; --as-linked shows what there is.

    Example: onrecord incidents records --least 2
    """
    from onrecord.cli.linking import load_links
    from onrecord.records import to_plain
    from onrecord.store import open_folder

    records = open_folder(folder)
    links = load_links(records, as_linked)
    joined = links.incidents
    if reviewed:
        from onrecord.review import join_folder, review_folder

        joined = join_folder(records, links, review_folder(records))
    found = [one for one in joined if len(one.reports) >= least and (one.conflicts or not differing)]
    if form == "json":
        shown = {"incidents": to_plain(found), "copies": to_plain(links.copies), "changes": links.changes}
        shown["linked"] = to_plain(links.progress)
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    from onrecord.exports.incidents import INCIDENT_COLUMNS, incident_rows, render_incidents, write_csv

    if form == "csv":
        click.echo(write_csv(INCIDENT_COLUMNS, incident_rows(found)), nl=False)
        return
    from rich.console import Console

    Console().print(render_incidents(found))
