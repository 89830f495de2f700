"""Every table of a folder as CSV, TSV, Parquet, SQLite or Excel."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from onrecord.errors import ExportError
from onrecord.exports.formats.cells import guard_cell, write_delimited
from onrecord.exports.formats.read_tables import TABLES, Table, read_arrow, read_tables
from onrecord.store import Folder

SHEET_ROWS = 1_048_575
"""Rows of an Excel sheet under its header."""
CELL_LENGTH = 32_767


def write_csv(folder: Folder, target: Path, text: bool) -> int:
    """Write a CSV file for each table into a directory; return how many rows there are."""
    return _write_files(folder, target, text, ",", "csv")


def write_tsv(folder: Folder, target: Path, text: bool) -> int:
    """Write a TSV file for each table into a directory; return how many rows there are."""
    return _write_files(folder, target, text, "\t", "tsv")


def _write_files(folder: Folder, target: Path, text: bool, delimiter: str, ending: str) -> int:
    target.mkdir(parents=True, exist_ok=True)
    return sum(
        write_delimited(
            target / f"{table.name}.{ending}",
            table.columns,
            (row for batch in table.batches for row in batch),
            delimiter,
        )
        for table in read_tables(folder, text)
    )


def write_parquet(folder: Folder, target: Path, text: bool) -> int:
    """Write a Parquet file for each table into a directory, nested columns kept."""
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    for name in TABLES:
        table = read_arrow(folder, name, text)
        pq.write_table(table, target / f"{name}.parquet", compression="zstd")
        count += table.num_rows
    return count


def write_sqlite(folder: Folder, target: Path, text: bool) -> int:
    """Write one SQLite file with a table for each table; lists are JSON texts, as Datasette shows them."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        count = sum(_fill_table(database, table) for table in read_tables(folder, text))
        database.execute("create index events_by_page on events (page)")
    database.close()
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


def write_xlsx(folder: Folder, target: Path, text: bool) -> int:
    """Write an Excel workbook with a sheet for each table, headers frozen; every cell is text or a number.

    Raises ExportError for a table with more rows than a sheet holds.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        bold = book.add_format({"bold": True})
        count = 0
        for table in read_tables(folder, text):
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
                    sheet.write_row(rows, 0, [_short_cell(value) for value in row])
            count += rows
    return count


def _short_cell(value: Any) -> Any:
    cell = guard_cell(value)
    return cell[:CELL_LENGTH] if isinstance(cell, str) else cell


def write_jsonl(folder: Folder, target: Path, text: bool) -> int:
    """Write whole records, one JSON object a line, as `onrecord read --format jsonl` prints them.

    Without text, `page.text` and `page.title` are null and `page.text_sha256` is added.
    """
    from onrecord.exports.formats.rows import hash_text

    count = 0
    with target.open("w", encoding="utf-8") as file:
        for record in folder.records():
            plain = record.to_dict()
            if not text:
                plain["page"] |= {"text_sha256": hash_text(record.page.text), "text": None, "title": None}
            file.write(json.dumps(plain, ensure_ascii=False) + "\n")
            count += 1
    return count
