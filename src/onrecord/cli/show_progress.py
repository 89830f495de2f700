"""Signs of life on standard error: a spinner where people look on, a line now and then where nobody does."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

FIRST, EVERY = 5.0, 30.0
"""Seconds after which a command that writes to a file or a pipe says what it does, and then says it again."""
PATIENCE = 0.3
"""Seconds after which the spinner appears: what is done by then needs none."""

Tell = Callable[[str], None]


@contextmanager
def show_work(what: str) -> Iterator[Tell]:
    """Show that something is being done until the block ends; the function it gives changes the words."""
    with (_spin if sys.stderr.isatty() else _write_lines)(what) as tell:
        yield tell


@contextmanager
def _spin(what: str) -> Iterator[Tell]:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from onrecord.exports.plain_console import open_console

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    progress = Progress(*columns, console=open_console(to_stderr=True), transient=True)
    task = progress.add_task(what)
    clock = threading.Timer(PATIENCE, progress.start)
    clock.daemon = True
    clock.start()
    try:
        yield lambda words: progress.update(task, description=words)
    finally:
        clock.cancel()
        clock.join()
        progress.stop()


@contextmanager
def _write_lines(what: str) -> Iterator[Tell]:
    said = [what]
    over = threading.Event()
    begun = time.monotonic()

    def write() -> None:
        wait = FIRST
        while not over.wait(wait):
            click.echo(f"onrecord: {said[0]} ({time.monotonic() - begun:.0f} s)", err=True)
            wait = EVERY

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield lambda words: said.__setitem__(0, words)
    finally:
        over.set()
        writer.join()
