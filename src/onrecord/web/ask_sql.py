"""SQL in the browser: one SELECT over the tables of the folder, read-only, with a time limit."""

from __future__ import annotations

import threading

import duckdb

from onrecord.errors import FolderError
from onrecord.store import Folder
from onrecord.store.close_off import check_question, close_off
from onrecord.web.rows import Rows
from onrecord.web.shelf import SlowQuery

SECONDS = 10.0
"""After which a question is broken off."""
MOST_ROWS = 100_000
"""Rows that are given to a file; a screen shows the first of them."""
EXAMPLES = (
    (
        "Events by type and status",
        "select plover_type, status, count(*) as events\nfrom events\ngroup by all order by events desc",
    ),
    (
        "Who says most",
        "select a.name, count(*) as statements\nfrom statements s\n"
        "join actors a on a.page = s.page and a.id = s.speaker\n"
        "group by all order by statements desc limit 50",
    ),
    ("Figures that do not add up", "from failed_checks"),
    ("Rejected candidates by reason", "from refusals_by_reason"),
)
"""Questions to begin with."""


def ask_sql(folder: Folder, sql: str, most: int = MOST_ROWS, seconds: float = SECONDS) -> tuple[Rows, bool]:
    """Return the rows of a question, so many at most, and whether there are more.

    Raises FolderError unless it is one SELECT that can be run, SlowQuery if it takes too long.
    """
    with folder.connect() as connection:
        close_off(connection, folder.disk)
        check_question(connection, sql)
        clock = threading.Timer(seconds, connection.interrupt)
        clock.start()
        try:
            found = connection.execute(sql)
            columns = name_columns([column[0] for column in found.description or ()])
            rows = found.fetchmany(most + 1)
        except duckdb.InterruptException as error:
            raise SlowQuery(f"no answer within {seconds:g} s: narrow the question, or add a limit") from error
        except duckdb.Error as error:
            raise FolderError(f"the query cannot be run: {error}") from error
        finally:
            clock.cancel()
    return Rows(columns, tuple(rows[:most])), len(rows) > most


def name_columns(names: list[str]) -> tuple[str, ...]:
    """Return names that differ from one another: the second `page` is called `page_2`."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(found)
