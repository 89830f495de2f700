from __future__ import annotations

import click

from onrecord.exports.describe import count_of


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--pages", default=2000, show_default=True, type=click.IntRange(1), help="Most pages of a joined part."
)
def compact(folder: str, pages: int) -> None:
    """Join the small parts of a record folder: the same rows, fewer files to open.

    A folder that grows a few pages at a time gathers many small parts. Nothing that it says changes,
    and the same folder gives the same bytes. The parts that were joined are removed when the folder is
    next written to, so that nobody who reads them is cut off.

    Example: onrecord compact records
    """
    from onrecord.store import open_folder
    from onrecord.store.join_parts import join_parts

    done = join_parts(open_folder(folder).disk, pages)
    click.echo(f"{count_of(done.before, 'part')} before, {done.after:,} now")
