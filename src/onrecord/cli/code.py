from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.records import Settings


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("--out", required=True, metavar="DIR", help="The record folder; made if it is not there.")
@click.option("--recode", is_flag=True, help="Code again what another version, model or codebook coded.")
@click.option(
    "--day", metavar="DATE", help="The day of coding that the folder keeps (YYYY-MM-DD); default: today."
)
@click.option(
    "--pages-per-part", type=click.IntRange(1), default=200, show_default=True, help="Pages of a shard."
)
@page_options
def code(
    inputs: tuple[str, ...],
    out: str,
    recode: bool,
    day: str | None,
    pages_per_part: int,
    published: str | None,
    settings: Settings,
) -> None:
    """Code many pages into a record folder; pages that are in it already are not coded again.

    Example: onrecord code news/ more.jsonl --out records
    """
    import datetime

    from onrecord.scale import Job, code_folder
    from onrecord.sources import check_day

    today = check_day(day, "day of coding") or datetime.date.today().isoformat()
    done = code_folder(Job(inputs, out, today, published, settings, recode, pages_per_part))
    click.echo(
        f"{done.pages} pages coded, {done.events} events, {done.errors} errors, {done.known} known", err=True
    )
