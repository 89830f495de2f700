"""Links asked for at the command line: what is not linked yet is linked first, with progress, and said so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.store import Folder
    from onrecord.store.load_links import Links, Progress

as_linked = click.option(
    "--as-linked", is_flag=True, help="Show what is linked so far, without linking new pages first."
)


def load_links(folder: Folder, only_linked: bool = False) -> Links:
    """Return the links of a folder; says on standard error what is linked for it, or what is not."""
    from onrecord.store.load_links import last_links, no_links

    if only_linked:
        links = last_links(folder) or no_links()
        tell_unlinked(folder)
        return links
    with _progress() as report:
        return folder.links(report)


def tell_unlinked(folder: Folder) -> None:
    """Say on standard error how many pages of a folder are not linked yet, if there are any."""
    rest = folder.unlinked()
    if rest:
        pages = "1 page is" if rest == 1 else f"{rest:,} pages are"
        click.echo(f"{pages} not linked yet: onrecord incidents {folder.disk.name} links them", err=True)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how far linking is, if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns: tuple[Any, ...] = (
        TextColumn("linking"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda progress: bar.update(task, completed=progress.pages, total=progress.of)
