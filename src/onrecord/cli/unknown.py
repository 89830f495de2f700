from __future__ import annotations

import json
from typing import Any

import click

QUERY = "select * from unknown_names where pages >= ? order by pages desc, mentions desc, name limit ?"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--least", type=click.IntRange(2), default=2, show_default=True, help="Minimum number of pages."
)
@click.option(
    "--most", type=click.IntRange(1), default=200, show_default=True, help="Maximum number of names."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "toml", "json"]), default="text", show_default=True
)
def unknown(folder: str, least: int, most: int, form: str) -> None:
    """List unrecognised names that recur in a record folder, with counts and contexts.

    The TOML form is an actor file to fill in: add country and sector, then use it with --actors.

    Example: onrecord unknown records --format toml > actors.toml
    """
    from onrecord.exports.plain_console import tame
    from onrecord.store import open_folder

    rows = open_folder(folder).query(QUERY, [least, most]).to_pylist()
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo(f"{'# ' * (form == 'toml')}No unrecognised name stands on {least} pages or more.")
    for row in rows:
        click.echo("\n".join(_write_entry(row) if form == "toml" else map(tame, _write_lines(row))))


def _write_lines(row: dict[str, Any]) -> list[str]:
    """Return a name with its counts, and the contexts below it."""
    return [
        f"{row['name']}  ({row['type']}, {_count(row)})",
        *(f"    … {context} …" for context in row["contexts"]),
    ]


def _count(row: dict[str, Any]) -> str:
    return f"{row['pages']} pages, {row['mentions']} mentions, {row['events']} events"


def _write_entry(row: dict[str, Any]) -> list[str]:
    """Return a name as an entry of an actor file whose country and sector are left to fill in."""
    from onrecord.exports.plain_console import tame

    quote = json.dumps
    return [
        f"# {_count(row)}",
        *(f"# … {' '.join(tame(context).split())} …" for context in row["contexts"]),
        "[[actor]]",
        f"name = {quote(row['name'], ensure_ascii=False)}",
        "aliases = []",
        f"type = {quote(row['type'])}",
        '# country = ""  # ISO 3166-1 alpha-3, as "FRA"',
        '# sector = ""   # PLOVER sector, as "GOV", "MIL", "REB"',
        "",
    ]
