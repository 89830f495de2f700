from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

KINDS = {"text": "half the text", "day": "no day", "comments": "no comments"}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(folder: str, form: str) -> None:
    """Name the publishers whose pages suddenly give half the text, no day, or no comments.

    A page that is laid out anew is read wrongly without an error. The last pages of each publisher are
    compared with those coded before them; exit status 1 if any publisher is named.

    Example: onrecord doctor records
    """
    from onrecord.store import find_alarms, open_folder

    alarms = find_alarms(open_folder(folder))
    if form == "json":
        click.echo(json.dumps([asdict(alarm) for alarm in alarms], ensure_ascii=False, indent=1))
    for alarm in alarms if form == "text" else ():
        click.echo(
            f"{alarm.publisher}: {KINDS[alarm.kind]} on its last {alarm.late} pages, since {alarm.since} "
            f"(coded {alarm.coded_on}): {alarm.note}"
        )
    if not alarms and form == "text":
        click.echo("no publisher's pages changed")
    sys.exit(1 if alarms else 0)
