from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.records import Settings


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path())
@click.option("--all", "everything", is_flag=True, help="Show consistent figures as well.")
@page_options
def check(sources: tuple[str, ...], everything: bool, published: str | None, settings: Settings) -> None:
    """Print the figures of each page that do not add up; exit status 1 if there are any.

    Example: onrecord check page.txt
    """
    from onrecord.cli.stream import Stream
    from onrecord.exports.describe import Describer
    from onrecord.exports.plain_console import tame

    stream = Stream(sources, published, settings)
    failed = 0
    for record in stream.records():
        tell = Describer(record)
        for one in record.checks:
            wrong = one.verdict == "inconsistent"
            failed += wrong
            if wrong or everything:
                mark = "✗" if wrong else "✓"
                where = record.page.source or record.page.id
                found = f"{one.kind}: {tell.figures(one)}: {one.note}"
                click.echo(tame(f"{mark} {where}:{one.spans[0][0]}: {found}"))
    sys.exit(1 if failed else stream.status)
