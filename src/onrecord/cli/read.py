from __future__ import annotations

import sys

import click


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl", "html"]), default="text")
@click.option("--published", help="Publication date (YYYY-MM-DD) of pages that carry none.")
@click.option("--model", help="spaCy pipeline by name or path.")
def read(sources: tuple[str, ...], form: str, published: str | None, model: str | None) -> None:
    """Print the record of each page."""
    from onrecord.errors import InputError
    from onrecord.pipeline import read_pages
    from onrecord.records import Settings
    from onrecord.sources import open_sources

    failed = []

    def good() -> object:
        for raw in open_sources(sources, published):
            if isinstance(raw, InputError):
                failed.append(raw)
                click.echo(f"onrecord: {raw}", err=True)
            else:
                yield raw

    for record in read_pages(good(), Settings(model)):
        print(record.to_json())
    sys.exit(1 if failed else 0)
