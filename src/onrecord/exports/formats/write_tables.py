"""Every table of a folder as CSV, TSV, Parquet, SQLite or Excel."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from typing import Any

import pyarrow.parquet as pq

from onrecord.errors import ExportError
from onrecord.exports.formats.cells import guard_cell, write_delimited
from onrecord.exports.formats.read_tables import TABLES, Table, read_arrow, read_tables
from onrecord.exports.formats.rows import Order, hash_text, read_records

SHEET_ROWS = 1_048_575
"""Rows of an Excel sheet under its header."""
CELL_LENGTH = 32_767
CUT = " … [cut]"
"""How a cell ends that Excel cannot hold."""


def write_csv(order: Order) -> int:
    """Write a CSV file for each table into a directory; return how many rows there are."""
    return _write_files(order, ",", "csv")


def write_tsv(order: Order) -> int:
    """Write a TSV file for each table into a directory; return how many rows there are."""
    return _write_files(order, "\t", "tsv")


def _write_files(order: Order, delimiter: str, ending: str) -> int:
    return sum(
        write_delimited(
            order.target / f"{table.name}.{ending}",
            table.columns,
            (row for batch in table.batches for row in batch),
            delimiter,
        )
        for table in read_tables(order)
    )


def write_parquet(order: Order) -> int:
    """Write a Parquet file for each table into a directory, nested columns kept."""
    count = 0
    for name in TABLES:
        table = read_arrow(order, name)
        pq.write_table(table, order.target / f"{name}.parquet", compression="zstd")
        count += table.num_rows
    return count


def write_sqlite(order: Order) -> int:
    """Write one SQLite file with a table for each table; lists are JSON texts, as Datasette shows them."""
    if order.target.exists() and not order.target.is_file():
        raise ExportError(f"{order.target}: is not a regular file; sqlite writes one, such as events.db")
    order.target.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(order.target)) as database, database:
            count = sum(_fill_table(database, table) for table in read_tables(order))
            database.execute("create index events_by_page on events (page)")
    except sqlite3.OperationalError as error:
        raise ExportError(
            f"{order.target}: {error}; check that there is room, and that you may write there"
        ) from error
    return count


def _fill_table(database: sqlite3.Connection, table: Table) -> int:
    names = ", ".join(f'"{name}"' for name in table.columns)
    database.execute(f'create table "{table.name}" ({names})')
    marks = ", ".join("?" * len(table.columns))
    count = 0
    for batch in table.batches:
        database.executemany(
            f'insert into "{table.name}" values ({marks})', [tuple(map(_plain_cell, row)) for row in batch]
        )
        count += len(batch)
    return count


def _plain_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


XLSX = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""A workbook that holds one row at a time, and whose cells are never run or followed."""


def write_xlsx(order: Order) -> int:
    """Write an Excel workbook with a sheet for each table, headers frozen; every cell is text or a number.

    Raises ExportError for a table with more rows than a sheet holds.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    fault = ""
    whole = io.BytesIO()
    try:
        count = _fill_book(order, xlsxwriter.Workbook(whole, XLSX))
    except XlsxWriterException as error:
        fault = str(error)
    if fault:  # raised out here: the unfinished file must be gone before its buffer
        raise ExportError(f"{order.target}: {fault}; check the room for temporary files")
    order.target.write_bytes(whole.getvalue())
    return count


def _fill_book(order: Order, book: Any) -> int:
    """Write the tables of an order into a workbook, close it, and return how many rows there are."""
    with book:
        bold = book.add_format({"bold": True})
        count = 0
        for table in read_tables(order):
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.columns, bold)
            rows = 0
            for batch in table.batches:
                for row in batch:
                    rows += 1
                    if rows > SHEET_ROWS:
                        raise ExportError(
                            f"{table.name} has more rows than a sheet of Excel holds ({SHEET_ROWS:,}): "
                            "take parquet or sqlite"
                        )
                    sheet.write_row(rows, 0, _short_cells(order, table, row))
            count += rows
    return count


def _short_cells(order: Order, table: Table, row: tuple[Any, ...]) -> list[Any]:
    """Return the cells of a row, none longer than Excel takes; the order notes each that is cut."""
    cells = [guard_cell(value) for value in row]
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > CELL_LENGTH:
            cells[place] = cell[: CELL_LENGTH - len(CUT)] + CUT
            where = f"{table.name}.{table.columns[place]}"
            order.notes[f"cells of {where} are cut: Excel holds {CELL_LENGTH:,} characters"] += 1
    return cells


def write_jsonl(order: Order) -> int:
    """Write whole records, one JSON object a line, as `onrecord read --format jsonl` prints them.

    Without text, `page.text` and `page.title` are null and `page.text_sha256` is added.
    """
    count = 0
    with order.target.open("w", encoding="utf-8") as file:
        for record in read_records(order):
            plain = record.to_dict()
            if not order.text:
                plain["page"] |= {"text_sha256": hash_text(record.page.text), "text": None, "title": None}
            file.write(json.dumps(plain, ensure_ascii=False) + "\n")
            count += 1
    return count
