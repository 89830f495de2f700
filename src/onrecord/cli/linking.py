"""Links asked for at the command line: what is not linked yet is linked first, with progress, and said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.show_progress import show_work

if TYPE_CHECKING:
    from onrecord.store import Folder
    from onrecord.store.links import Links

as_linked = click.option(
    "--as-linked", is_flag=True, help="Show what is linked so far, without linking new pages first."
)


def load_links(folder: Folder, only_linked: bool = False) -> Links:
    """Return the links of a folder; says on standard error what is linked for it, or what is not."""
    from onrecord.store.links import last_links, no_links

    if only_linked:
        links = last_links(folder) or no_links()
        tell_unlinked(folder)
        return links
    with show_work("linking the reports of the folder") as tell:
        return folder.links(lambda done: tell(f"linking reports: {done.pages:,} of {done.of:,} pages"))


def tell_unlinked(folder: Folder) -> None:
    """Say on standard error how many pages of a folder are not linked yet, if there are any."""
    rest = folder.unlinked()
    if rest:
        pages = "1 page is" if rest == 1 else f"{rest:,} pages are"
        click.echo(f"{pages} not linked yet: onrecord incidents {folder.disk.name} links them", err=True)
