from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from onrecord.cli.linking import as_linked

if TYPE_CHECKING:
    from onrecord.records import Incident


MOST_NAMES = 8
"""Actors that are offered where one was asked for that no incident has."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--actor",
    required=True,
    help="Code (RUS, RUSMIL) or name, or the beginning of a code or a part of a name.",
)
@click.option("--since", metavar="DATE", help="First day (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Last day (YYYY-MM-DD).")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
    help="A table, one JSON object, or one CSV row per incident.",
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
    from onrecord.sources import check_days
    from onrecord.store import open_folder

    since, until = check_days(since, until)
    first, last = since or "", until or "9999"
    incidents = load_links(open_folder(folder), as_linked).incidents
    taking = [one for one in incidents if takes_part(one, actor)]
    if not taking:
        raise click.ClickException(_miss(actor, incidents))
    found = sorted((one for one in taking if first <= tell_day(one) <= last), key=tell_day)
    if form == "json":
        shown = {"actor": actor, "incidents": to_plain(found)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    if form == "csv":
        click.echo(write_csv(INCIDENT_COLUMNS, incident_rows(found)), nl=False)
        return
    from onrecord.exports.plain_console import open_console

    open_console().print(render_timeline(found, actor))


def _miss(actor: str, incidents: Sequence[Incident]) -> str:
    """Return that no incident has an actor, with those who are in most of them."""
    from onrecord.exports.incidents import tell_parties

    parties = Counter(party for one in incidents for party in {*one.sources, *one.targets})
    most = [party for party, _ in sorted(parties.items(), key=lambda pair: (-pair[1], pair[0].name))]
    known = f"; most often it has {tell_parties(most[:MOST_NAMES])}" if most else ""
    return (
        f"no incident of this folder has an actor {actor!r}: "
        f"give a code such as RUS or a part of a name{known}"
    )


def takes_part(incident: Incident, actor: str) -> bool:
    """Return whether somebody with that code or name acts or is acted on."""
    from onrecord.exports.quotes import is_party

    return any(is_party(party, actor) for party in (*incident.sources, *incident.targets))
