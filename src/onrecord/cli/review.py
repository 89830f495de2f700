from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
    help="A table, JSON, or CSV.",
)  # fmt: skip
FOLDER = click.argument("folder", metavar="DIR")


@click.group()
def review() -> None:
    """Show, measure and export what reviewers decided in the workbench (onrecord serve DIR).

    Example: onrecord review list records
    """


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return what makes a function a command that takes a folder and a format."""
    return lambda function: review.command(name)(FOLDER(FORMAT(function)))


@_command("list")
def list_(folder: str, form: str) -> None:
    """Print every judged event; those on which reviewers or the coder differ come first.

    Example: onrecord review list records --format csv
    """
    from onrecord.review import review_folder
    from onrecord.review.tabulate import tabulate_cases
    from onrecord.store import open_folder

    _print(tabulate_cases(review_folder(open_folder(folder)).cases), form, "Judged events")


@_command("log")
def log(folder: str, form: str) -> None:
    """Print every decision as it was made, the latest first.

    Example: onrecord review log records
    """
    from onrecord.review import open_log
    from onrecord.review.tabulate import tabulate_decisions
    from onrecord.store import open_folder

    _print(tabulate_decisions(open_log(open_folder(folder)).read()), form, "Decisions")


@_command("agreement")
def agreement(folder: str, form: str) -> None:
    """Print how far any two reviewers agree: Cohen's kappa, overall and by type.

    Example: onrecord review agreement records
    """
    from onrecord.review import measure_agreement, review_folder
    from onrecord.review.tabulate import tabulate_agreement
    from onrecord.store import open_folder

    found = measure_agreement(review_folder(open_folder(folder)))
    _print(tabulate_agreement(found), form, "Agreement of reviewers")


@_command("precision")
def precision(folder: str, form: str) -> None:
    """Print precision and recall of the coder by type, with 95 % Wilson intervals.

    Recall is computed over the pages that a reviewer marked as read in full.

    Example: onrecord review precision records
    """
    from onrecord.review import measure_precision, review_folder
    from onrecord.review.tabulate import tabulate_precision, tell_precision
    from onrecord.store import open_folder

    found = measure_precision(review_folder(open_folder(folder)))
    table = tell_precision(found) if form == "text" else tabulate_precision(found)
    _print(table, form, "Precision and recall")


@review.command()
@FOLDER
@click.option("--out", required=True, type=click.Path(file_okay=False), help="Folder to write the files to.")
def export(folder: str, out: str) -> None:
    """Write cases for the codebook tests and gold files for scorers: codes, factuality, incidents.

    The cases run with: onrecord codebook test OUT/cases.toml

    Example: onrecord review export records --out reviewed
    """
    from onrecord.review import export_review
    from onrecord.store import open_folder

    home = Path(out)
    home.mkdir(parents=True, exist_ok=True)
    for name, content in export_review(open_folder(folder)).items():
        (home / name).write_text(content, encoding="utf-8")
        is_empty = all(not line or line.startswith("#") for line in content.split("\n"))
        click.echo(f"{home / name}" + (": empty, no judgement belongs there" if is_empty else ""))


def _print(table: tuple[tuple[str, ...], tuple[tuple[object, ...], ...]], form: str, title: str) -> None:
    """Print columns and rows in a format."""
    from onrecord.exports.describe import count_of
    from onrecord.exports.incidents import write_csv

    columns, rows = table
    if form == "json":
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(write_csv(columns, rows), nl=False)
    else:
        from onrecord.exports.draw_table import build_table
        from onrecord.exports.plain_console import open_console

        shown = build_table(f"{title}: {count_of(len(rows), 'row')}", *columns)
        for row in rows:
            shown.add_row(*("" if cell is None else str(cell) for cell in row))
        open_console().print(shown)
