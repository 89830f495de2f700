from __future__ import annotations

import duckdb

from onrecord.errors import FolderError
from onrecord.store.disk import Disk

MEMORY = "400MB"
"""What DuckDB may hold; beyond it, it sorts and groups on disk."""


def set_limits(connection: duckdb.DuckDBPyConnection) -> None:
    """Bound what a connection holds in memory, the rest goes to a temporary directory; it prints nothing."""
    import tempfile

    connection.execute(f"set memory_limit = '{MEMORY}'")
    connection.execute("set temp_directory = ?", [f"{tempfile.gettempdir()}/onrecord-duckdb"])
    connection.execute("set preserve_insertion_order = true")
    draw_no_bar(connection)


def draw_no_bar(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep a long query from drawing a bar into the output, as DuckDB does where no script is run."""
    # In a notebook without widgets the setting is off already and must not be touched.
    if connection.sql("select current_setting('enable_progress_bar')").fetchall() != [(False,)]:
        connection.execute("set enable_progress_bar = false")


def close_off(connection: duckdb.DuckDBPyConnection, disk: Disk) -> None:
    """Take from a connection every file but the parts and the links of its folder, for good."""
    homes = {"parts": disk.address("parts") + "/", "links": disk.address("links") + "/"}
    connection.execute("set allowed_directories = [$parts, $links]", homes)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def check_question(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise FolderError unless the text is one statement that only reads."""
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise FolderError(f"the query cannot be run: {error}") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        found = ", ".join(statement.type.name for statement in statements) or "nothing"
        raise FolderError(f"a record folder is only read: expected one SELECT, found {found}")
