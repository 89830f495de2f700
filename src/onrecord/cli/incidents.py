from __future__ import annotations

import json

import click

from onrecord.cli.linking import as_linked


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
    help="A table, one JSON object, or one CSV row per incident.",
)  # fmt: skip
@click.option(
    "--least",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Only incidents with at least this many reports.",
)
@click.option("--differing", is_flag=True, help="Only incidents whose reports differ.")
@click.option("--reviewed", is_flag=True, help="Apply the merges and splits of reviewers.")
@as_linked
def incidents(folder: str, form: str, least: int, differing: bool, reviewed: bool, as_linked: bool) -> None:
    """Print what happened, once each, over all pages of a record folder.

    Each incident has its reports, the number of independent publishers (those that did not copy one
    another), and what the reports differ on. JSON adds copies and the reasons for each join. New pages are
    linked first.

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
    from onrecord.exports.plain_console import open_console

    open_console().print(render_incidents(found))
