from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.records import Settings


@click.command()
@click.argument("page", type=click.Path())
@click.option(
    "--at", type=int, help="Offset into the text of the page; by default, every event is explained."
)
@click.option("--id", "name", help="Id of the page, if the source has several; default: the first.")
@page_options
def why(page: str, at: int | None, name: str | None, published: str | None, settings: Settings) -> None:
    """Explain why events were read from a PAGE: rule, roles, status cues, codes.

    With --at, explain the sentence at that offset, including its rejected candidates.

    Example: onrecord why page.txt --at 120
    """
    from onrecord.errors import InputError
    from onrecord.exports.plain_console import tame
    from onrecord.exports.why import explain_offset, explain_page
    from onrecord.pipeline import read_pages
    from onrecord.sources import open_sources

    for raw in open_sources([page], published):
        if isinstance(raw, InputError):
            raise raw
        if name is None or raw.id == name:
            record = next(iter(read_pages([raw], settings)))
            click.echo(tame(explain_page(record) if at is None else explain_offset(record, at)))
            return
    raise InputError(f"{page}: holds no page" + (f" with the id {name!r}" if name else ""))
