from __future__ import annotations

import click


def _list_formats(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    """Print the formats and end, as --help does."""
    if not wanted or context.resilient_parsing:
        return
    from onrecord.exports.formats import FORMATS

    for form in FORMATS:
        click.echo(f"{form.name:15} {form.about}")
    context.exit()


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--to", "form", required=True, metavar="FORMAT", help="The format; see --formats.")
@click.option("--out", required=True, metavar="PATH", help="The file or directory that is written.")
@click.option("--no-text", is_flag=True, help="Leave the words of the pages out: offsets and hashes stay.")
@click.option(
    "--formats", is_flag=True, is_eager=True, expose_value=False, callback=_list_formats,
    help="List the formats and end.",
)  # fmt: skip
def export(folder: str, form: str, out: str, no_text: bool) -> None:
    """Write a record folder in a format of another tool.

    Example: onrecord export records --to parquet --out tables
    """
    from pathlib import Path

    from onrecord.exports.formats import export_folder
    from onrecord.store import open_folder

    rows = export_folder(open_folder(folder), form, Path(out), not no_text)
    click.echo(f"{out}: {rows} rows", err=True)
