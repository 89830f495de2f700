from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from onrecord.errors import FolderError
from onrecord.extras import import_extra
from onrecord.records import FollowedCommitment, Incident, Record, record_from_dict
from onrecord.store.close_off import check_question, close_off, set_limits
from onrecord.store.disk import PART_FILE, Disk
from onrecord.store.link_columns import LINK_TABLES
from onrecord.store.stop_query import stop_on_interrupt
from onrecord.store.tables import SCHEMAS

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa

    from onrecord.store.links import Links
    from onrecord.store.load_links import Report

SORTED = 5000
"""Pages whose records are sorted at a time: a sort of all would hold all of them."""
CHUNK = 200
"""Records that are held at a time while a folder is read through."""
BATCH = 10_000
"""Rows of a batch of a streamed query."""
PAGES = ("-", "http:", "https:")
"""How a source begins that can hold no record folder."""
QUESTIONS = (
    "coders",
    "daily_counts_by_dyad",
    "failed_checks",
    "history",
    "open_commitments",
    "quotes",
    "refusals_by_reason",
    "reports",
    "statements_about",
    "statements_by_actor",
    "unknown_names",
)
"""Views that answer a question: each is a .sql file of this name."""
NAMES = sorted({*SCHEMAS, *LINK_TABLES, *QUESTIONS} - {"linked"})
"""Tables and views that users may ask for."""
TELL_CURRENT = ("pages", "errors")
"""Tables that tell which coding of a page is the current one."""
TELLS = {
    "pages": "The pages, with their text and by what they were coded.",
    "records": "The record of each page as it is printed, in JSON.",
    "errors": "The inputs that gave no record, and why.",
    "copies": "Which page copies which other one, as linked last.",
    "commitment_states": "What became of each commitment by the last day of publication, as linked last.",
    "incidents": "What happened, once each, over all pages: linked by `onrecord incidents`.",
    "incident_reports": "The reports of each incident, and why each of them was joined to it.",
    "changes": "What the last coding of a page says otherwise than the one before.",
    "claims": "What commenters assert, in the form of events.",
    "stances": "For or against whom commenters are.",
    "refused": "Rejected candidates, and why they were rejected.",
}
"""What the tables hold that are not plainly a list of the record."""


def open_folder(path: str | Path) -> Folder:
    """Return a record folder for reading; raises FolderError if there is none at the path."""
    disk = Disk(path)
    disk.check()
    return Folder(disk)


def is_folder(path: str | Path) -> bool:
    """Return whether there is a record folder at a path; addresses of pages are not asked."""
    return not str(path).startswith(PAGES) and Disk(path).is_made()


class Folder:
    """A record folder: what all coded pages say, as tables and as whole records.

    Each call sees the parts that are whole at that moment; parts that come later are seen by the
    next call.
    """

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self._known: dict[str, dict[str, Any]] = {}

    @property
    def state(self) -> str:
        """A digest of what the folder holds now: equal states hold equal rows."""
        return hashlib.sha256("\n".join(self.disk.list_parts()).encode()).hexdigest()[:16]

    def parts(self) -> dict[str, dict[str, Any]]:
        """Return what each part says of itself, by name, in order."""
        names = self.disk.list_parts()
        for name in names:
            if name not in self._known:
                self._known[name] = self.disk.read_json("parts", name, PART_FILE)
        return {name: self._known[name] for name in names}

    def connect(
        self, as_of: str | None = None, before_run: int | None = None, only: Collection[str] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection with the views of the folder over its Parquet files.

        `as_of` is an ISO date: the views then show what the folder said at the end of that day;
        `before_run` shows what it said before a run began; `only` names the tables that will be
        asked: a view costs milliseconds, and most questions are about one.
        """
        connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
        set_limits(connection)
        if not self.disk.local:
            connection.register_filesystem(self.disk.fs)
        parts = self.parts()
        asked = {*NAMES} if only is None or {*QUESTIONS} & {*only} else {*only}  # a question joins tables
        needed = [name for name in SCHEMAS if name in asked or name in TELL_CURRENT]
        for name in needed:
            _create_source(connection, name, self._files(parts, name), _is_mixed(parts, name))
        _hide_old(connection, needed, as_of, before_run)
        for name in QUESTIONS:
            if name in asked:
                connection.execute(f"create view {name} as {read_view(name)}")
        if not asked <= SCHEMAS.keys():
            self._add_links(connection)
        return connection

    def _add_links(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Create the views of what links the pages, as it was worked out last."""
        from onrecord.store.links import LINKS, read_last

        about = read_last(self)
        for name, columns in LINK_TABLES.items():
            file = self.disk.address(LINKS, about["home"], f"{name}.parquet") if about else ""
            rest = "* exclude (json)" if "json" in columns else "*"
            if about:
                listed = file.replace("'", "''")
                connection.execute(f"create view {name} as select {rest} from read_parquet('{listed}')")
            else:
                create_empty(
                    connection, name, {column: kind for column, kind in columns.items() if column != "json"}
                )

    def query(self, sql: str, params: Sequence[Any] = (), as_of: str | None = None) -> pa.Table:
        """Return the rows of a query as an Arrow table; raises FolderError unless it is one SELECT.

        The query sees the views of the folder and nothing else of this machine.
        """
        with self.stream(sql, params, as_of) as batches:
            return batches.read_all()

    @contextmanager
    def stream(
        self, sql: str, params: Sequence[Any] = (), as_of: str | None = None
    ) -> Iterator[pa.RecordBatchReader]:
        """Give the rows of a query in batches, as `query` would, for results that are large."""
        with self.connect(as_of) as connection:
            close_off(connection, self.disk)
            check_question(connection, sql)
            try:
                with stop_on_interrupt(connection):
                    yield connection.sql(sql, params=list(params)).to_arrow_reader(BATCH)
            except (duckdb.InterruptException, RuntimeError) as error:
                if "interrupt" not in str(error).lower():
                    raise
                raise KeyboardInterrupt from error  # which DuckDB took for its own
            except duckdb.Error as error:
                raise FolderError(f"the query cannot be run: {error}") from error

    def describe_tables(self) -> list[tuple[str, str, list[str]]]:
        """Return the name of each table, the question that it answers, and its columns, in order of names."""
        with self.connect() as connection:
            found = _list_columns(connection)
        return [(name, TELLS.get(name) or tell_question(name), columns) for name, columns in found]

    def records(self, pages: Sequence[str] | None = None, as_of: str | None = None) -> Iterator[Record]:
        """Yield whole records in the order of their page ids, all of them or those of some pages."""
        with self.connect(as_of, only=("pages", "records")) as connection:
            if pages is not None:
                yield from _fetch(connection, "where page in (select unnest($1)) order by page", list(pages))
                return
            names = [
                name for (name,) in connection.execute("select page from pages order by page").fetchall()
            ]
            for begin in range(0, len(names), SORTED):
                some = names[begin : begin + SORTED]
                yield from _fetch(connection, "where page between $1 and $2 order by page", some[0], some[-1])

    def records_as_stored(self) -> Iterator[Record]:
        """Yield all whole records in the order of the parts: the quickest way through a large folder."""
        with self.connect(only=("records",)) as connection:
            yield from _fetch(connection, "")

    def record(self, page: str, as_of: str | None = None) -> Record | None:
        """Return the record of one page, or None if the folder has none."""
        return next(self.records([page], as_of), None)

    def links(self, report: Report | None = None) -> Links:
        """Return what links the pages: incidents, copies, commitments; new pages are linked first.

        `report` hears how far that is, if one is given.
        """
        from onrecord.store.load_links import load_links

        return load_links(self) if report is None else load_links(self, report)

    def unlinked(self) -> int:
        """Return how many pages are not linked yet: the tables of incidents do not know them."""
        from onrecord.store.links import count_unlinked

        return count_unlinked(self)

    def incidents(self) -> tuple[Incident, ...]:
        """Return what happened, once each, over all pages, in the order of the first reports."""
        return self.links().incidents

    def ledger(self, as_of: str | None = None) -> tuple[FollowedCommitment, ...]:
        """Return every commitment with what became of it by a day (ISO), the last day of publication."""
        from onrecord.store.load_links import settle_links

        found = self.links().commitments
        return found if as_of is None else settle_links(found, as_of)

    def to_arrow(self, name: str, as_of: str | None = None) -> pa.Table:
        """Return a table or view of the folder as an Arrow table."""
        if name not in NAMES:
            raise FolderError(f"no table named {name!r}: expected one of {', '.join(NAMES)}")
        with self.connect(as_of, only=(name,)) as connection:
            return connection.sql(f'select * from "{name}"').to_arrow_table()

    def to_pandas(self, name: str, as_of: str | None = None) -> pandas.DataFrame:
        """Return a table or view of the folder as a pandas data frame."""
        import_extra("pandas")
        frame: pandas.DataFrame = self.to_arrow(name, as_of).to_pandas()
        return frame

    def to_polars(self, name: str, as_of: str | None = None) -> polars.DataFrame:
        """Return a table or view of the folder as a polars data frame."""
        frame: polars.DataFrame = import_extra("polars").DataFrame(self.to_arrow(name, as_of))
        return frame

    def _files(self, parts: dict[str, dict[str, Any]], table: str) -> list[str]:
        """Return the files of a table, as DuckDB opens them."""
        return [
            self.disk.address("parts", name, f"{table}.parquet")
            for name, about in parts.items()
            if about["rows"].get(table)
        ]


def _list_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """Return the tables that users may ask for, in order of names, with their columns."""
    return connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where not internal and table_name not like 'all\\_%' escape '\\' "
        "and table_name not in ('hidden', 'linked') "
        "group by table_name order by table_name"
    ).fetchall()


def _is_mixed(parts: dict[str, dict[str, Any]], table: str) -> bool:
    """Return whether versions with different columns wrote a table."""
    return len({about["columns"][table] for about in parts.values() if table in about["columns"]}) > 1


def _create_source(connection: duckdb.DuckDBPyConnection, name: str, files: list[str], mixed: bool) -> None:
    """Create the view `all_NAME` over the files of a table, or an empty table if it has none."""
    if files:
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        connection.execute(
            f"create view all_{name} as from read_parquet([{listed}], union_by_name={str(mixed).lower()})"
        )
    else:
        create_empty(connection, f"all_{name}", SCHEMAS[name])


def create_empty(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str]) -> None:
    """Create a table without rows from the names of its columns and their types."""
    told = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f"create or replace table {name} ({told})")


def _fetch(connection: duckdb.DuckDBPyConnection, rest: str, *values: Any) -> Iterator[Record]:
    found = connection.execute(f"select json from records {rest}", list(values))
    while rows := found.fetchmany(CHUNK):
        for (text,) in rows:
            yield record_from_dict(json.loads(text))


def _hide_old(
    connection: duckdb.DuckDBPyConnection, names: Iterable[str], as_of: str | None, before_run: int | None
) -> None:
    """Create the table `hidden` of codings that are not current, and the view of current rows of each table.

    Of the codings of a page, and of those at one address, the last one is current.
    """
    connection.execute(read_view("hidden"), {"last_day": as_of, "next_run": before_run})
    some = connection.execute("select count(*) from hidden").fetchall()[0][0]
    for name in names:
        rest = "where coding not in (select coding from hidden)" if some else ""
        own = {"pages": ", run, position, input, address", "errors": ", run, position, input"}.get(name, "")
        connection.execute(f"create view {name} as select * exclude (coding{own}) from all_{name} {rest}")


@cache
def read_view(name: str) -> str:
    """Return the text of a .sql file of the views."""
    return files("onrecord.store").joinpath("views", f"{name}.sql").read_text(encoding="utf-8")


def tell_question(name: str) -> str:
    """Return the question that a view answers: the comment that its file begins with."""
    if name not in QUESTIONS:
        return ""
    lines = takewhile(lambda line: line.startswith("--"), read_view(name).splitlines())
    return " ".join(line.removeprefix("--").strip() for line in lines)
