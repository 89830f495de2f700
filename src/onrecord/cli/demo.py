from __future__ import annotations

import click


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
def demo(form: str) -> None:
    """Read the sample page that comes with onrecord.

    Example: onrecord demo --format html > demo.html
    """
    from onrecord.api import read_text
    from onrecord.exports.html import render_page
    from onrecord.exports.plain_console import open_console
    from onrecord.exports.terminal import print_reading
    from onrecord.samples import SAMPLE_DAY, sample_page

    record = read_text(sample_page(), published=SAMPLE_DAY)
    if form == "json":
        click.echo(record.to_json(indent=1))
    elif form == "html":
        click.echo(render_page([record]))
    else:
        print_reading(record, open_console())
