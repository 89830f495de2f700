from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import Range, page_options

if TYPE_CHECKING:
    from onrecord.records import Record, Settings


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="A readable summary, indented JSON, one JSON object per line, or a self-contained HTML page.",
)
@click.option(
    "--min-confidence",
    type=Range(0, 1),
    default=0.0,
    help="Leave out events with a lower confidence; docs/calibration.md relates it to precision.",
)
@page_options
def read(
    sources: tuple[str, ...], form: str, min_confidence: float, published: str | None, settings: Settings
) -> None:
    """Print the record of each page, in input order.

    SOURCES are files (text, HTML, .jsonl, WARC, WET, feeds, also compressed), folders and patterns of
    these, http and https addresses, or - for standard input. A source that cannot be read is reported,
    the others are read, and the exit status is 1.

    Example: onrecord read page.txt --published 2017-12-11 --format json
    """
    from onrecord.cli.stream import Stream

    stream = Stream(sources, published, replace(settings, min_confidence=min_confidence))
    show = {"text": _print_text, "html": _print_html}.get(form, _print_json)
    show(stream.records(), form)
    sys.exit(stream.status)


def _print_json(records: Iterator[Record], form: str) -> None:
    for record in records:
        click.echo(record.to_json(indent=1 if form == "json" else None))


def _print_text(records: Iterator[Record], form: str) -> None:
    from onrecord.exports.plain_console import open_console
    from onrecord.exports.terminal import print_reading

    console = open_console()
    for record in records:
        print_reading(record, console)


def _print_html(records: Iterator[Record], form: str) -> None:
    from onrecord.exports.html import render_page

    click.echo(render_page(list(records)))
