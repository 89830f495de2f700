from __future__ import annotations

from collections.abc import Iterator

import click

from onrecord.cli.show_progress import show_work
from onrecord.errors import InputError
from onrecord.exports.plain_console import tame
from onrecord.pipeline import read_pages
from onrecord.records import RawPage, Record, Settings
from onrecord.sources import open_sources


def _await_first(records: Iterator[Record]) -> Iterator[Record]:
    """Yield records; a sign of life is shown until the first, which waits for the language model."""
    with show_work("loading the language model, reading the first pages"):
        first = next(records, None)
    if first is not None:
        yield first
        yield from records


class Stream:
    """Reads sources for a command: records come out, what cannot be read goes to standard error."""

    def __init__(self, sources: tuple[str, ...], published: str | None, settings: Settings) -> None:
        self._sources, self._published, self._settings = sources, published, settings
        self.status = 0
        """Exit status for the command: 1 once a source could not be read."""

    def records(self) -> Iterator[Record]:
        """Yield the records of the sources that can be read."""
        for record in _await_first(read_pages(self._good(), self._settings)):
            for refusal in record.refused:
                if refusal.stage in ("input", "sentences"):
                    click.echo(tame(f"onrecord: {record.page.source}: {refusal.reason}"), err=True)
            if record.page.failure:
                self._report(f"{record.page.source}: {record.page.failure}")
            else:
                yield record

    def _good(self) -> Iterator[RawPage]:
        for raw in open_sources(self._sources, self._published):
            if isinstance(raw, InputError):
                self._report(str(raw))
            else:
                yield raw

    def _report(self, problem: str) -> None:
        self.status = 1
        click.echo(tame(f"onrecord: {problem}"), err=True)
