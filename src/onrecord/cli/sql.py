from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.linking import tell_unlinked

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 200
"""Rows of a table for people; the other formats give all."""
LINKED = ("incidents", "incident_reports", "copies", "commitment_states")
"""Tables that say what was linked last; what is not linked yet is told beside an answer from them."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path())
@click.argument("query", required=False)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.option(
    "--as-of", metavar="DATE", help="Query the folder as it was at the end of that day (YYYY-MM-DD)."
)
def sql(folder: str, query: str | None, form: str, as_of: str | None) -> None:
    """Query a record folder in SQL (DuckDB), read-only; no other file can be reached.

    Without a QUERY, list the tables with their columns and what they hold.

    Example: onrecord sql records "select * from daily_counts_by_dyad where source = 'RUS'"
    """
    from onrecord.sources import check_day
    from onrecord.store import open_folder

    opened = open_folder(folder)
    if query is None:
        _print_tables(opened.describe_tables())
        return
    if any(name in query for name in LINKED):
        tell_unlinked(opened)
    with opened.stream(query, as_of=check_day(as_of, "--as-of")) as batches:
        {"table": _print_table, "csv": _print_csv, "json": _print_json}[form](batches)


def _print_tables(described: list[tuple[str, str, list[str]]]) -> None:
    for name, question, columns in described:
        click.echo(click.style(name, bold=True) + (f"  {question}" if question else ""))
        click.echo(f"    {', '.join(columns)}")


def _print_table(batches: pa.RecordBatchReader) -> None:
    """Print the first rows aligned for people, and how many more there are."""
    from rich import box

    from onrecord.exports.draw_table import TextTable
    from onrecord.exports.plain_console import open_console

    names = batches.schema.names
    numeric = {
        field.name for field in batches.schema if str(field.type).startswith(("int", "double", "float"))
    }
    table = TextTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in numeric else "left", overflow="fold")
    count = 0
    for batch in batches:
        for row in batch.to_pylist():
            count += 1
            if count <= MOST_ROWS:
                table.add_row(*(_show(row[name]) for name in names))
    open_console().print(table)
    click.echo(
        ("1 row" if count == 1 else f"{count:,} rows")
        + (f", {MOST_ROWS} shown; --format csv gives all" if count > MOST_ROWS else "")
    )


def _print_csv(batches: pa.RecordBatchReader) -> None:
    import csv
    import sys

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(batches.schema.names)
    for batch in batches:
        for row in batch.to_pylist():
            writer.writerow([_show(value) for value in row.values()])


def _print_json(batches: pa.RecordBatchReader) -> None:
    import json

    click.echo("[", nl=False)
    first = True
    for batch in batches:
        for row in batch.to_pylist():
            click.echo(
                ("" if first else ",") + "\n" + json.dumps(row, ensure_ascii=False, default=str), nl=False
            )
            first = False
    click.echo("\n]")


def _show(value: Any) -> str:
    """Return a cell as text: nothing for what is not known, JSON for lists and objects."""
    import json

    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
