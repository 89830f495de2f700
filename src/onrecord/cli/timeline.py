from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from onrecord.cli.linking import as_linked

if TYPE_CHECKING:
    from onrecord.records import Incident


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--actor", required=True, help="A code (RUS, RUSMIL) or a name, or a part of either.")
@click.option("--since", metavar="DATE", help="Only from this day on (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Only up to this day (YYYY-MM-DD).")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
    help="A table for people, one JSON object, or a row for each incident.",
)  # fmt: skip
@as_linked
def timeline(
    folder: str, actor: str, since: str | None, until: str | None, form: str, as_linked: bool
) -> None:
    """Print the incidents that an actor takes part in, day by day.

    Example: onrecord timeline records --actor RUS --since 2017-12-01
    """
    from onrecord.cli.linking import load_links
    from onrecord.exports.incidents import (
        INCIDENT_COLUMNS,
        incident_rows,
        render_timeline,
        tell_day,
        write_csv,
    )
    from onrecord.records import to_plain
    from onrecord.sources import check_day
    from onrecord.store import open_folder

    first, last = check_day(since, "first day") or "", check_day(until, "last day") or "9999"
    taking = [one for one in load_links(open_folder(folder), as_linked).incidents if takes_part(one, actor)]
    found = sorted((one for one in taking if first <= tell_day(one) <= last), key=tell_day)
    if form == "json":
        shown = {"actor": actor, "incidents": to_plain(found)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    if form == "csv":
        click.echo(write_csv(INCIDENT_COLUMNS, incident_rows(found)), nl=False)
        return
    from rich.console import Console

    Console().print(render_timeline(found, actor))


def takes_part(incident: Incident, actor: str) -> bool:
    """Return whether somebody with that code or name acts or is acted on."""
    from onrecord.exports.quotes import is_party

    return any(is_party(party, actor) for party in (*incident.sources, *incident.targets))
