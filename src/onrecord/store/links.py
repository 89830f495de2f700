"""What links the pages of a folder, as it was worked out last: kept beside the folder, read in parts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from onrecord.lexicons.digest_rules import digest_rules
from onrecord.records import Copy, FollowedCommitment, Incident, record_maker
from onrecord.store.link_columns import LINK_TABLES, digest_columns

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store.disk import Disk

LINKS = "links"
LAST = "last.json"
SCHEMA = f"onrecord-links/{digest_columns()}"
"""Changes with the columns of the tables."""
CODINGS = "select page, coding from all_pages where coding not in (select coding from hidden)"
UNLINKED = """
    select count(*) from all_pages
    where coding not in (select coding from hidden) and coding not in (select coding from linked)
"""


class Linked(Protocol):
    """A record folder as far as its links need it: where it lies, what it holds, its views."""

    @property
    def disk(self) -> Disk: ...
    @property
    def state(self) -> str: ...
    def connect(self, *, only: Collection[str]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far linking is."""

    pages: int
    """Pages that are linked."""
    of: int
    """Pages that the folder holds."""


@dataclass(frozen=True)
class Links:
    """Incidents, copies and commitments over the pages of a folder, each read when first asked for."""

    tables: Mapping[str, pa.Table]
    changes: tuple[str, ...] = ()
    """What became of incidents that stood before the last pages came and have no namesake now."""
    progress: Progress = Progress(0, 0)
    home: str = ""
    """Name of the directory that the tables stand in, which tells these links from others."""

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, in the order of their first reports."""
        return tuple(_make(Incident, self.tables["incidents"].column("json").to_pylist()))

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Which page copies which, in order of publication."""
        return tuple(Copy(**row) for row in self.tables["copies"].to_pylist())

    @cached_property
    def commitments(self) -> tuple[FollowedCommitment, ...]:
        """All commitments as they stood on the last day of publication."""
        return tuple(_make(FollowedCommitment, self.tables["commitment_states"].column("json").to_pylist()))

    def incident(self, name: str) -> Incident | None:
        """Return an incident by its id without reading the others."""
        place = self._places.get(name)
        if place is None:
            return None
        one: Incident
        (one,) = _make(Incident, [self.tables["incidents"].column("json")[place].as_py()])
        return one

    def bare(self, name: str) -> pa.Table:
        """Return a table without the JSON of its rows."""
        if isinstance(self.tables, _Files):
            return self.tables.bare(name)
        table = self.tables[name]
        return table.drop_columns(["json"]) if "json" in table.column_names else table

    @property
    def is_empty(self) -> bool:
        """Whether no page is linked yet."""
        return isinstance(self.tables, _NoRows)

    def file(self, name: str) -> str | None:
        """Return the file of this machine that a table stands in; None if there is none."""
        tables = self.tables
        return tables.path(name) if isinstance(tables, _Files) and tables.disk.local else None

    def incidents_of(self, pages: Sequence[str]) -> list[str]:
        """Return the ids of the incidents that some pages report, in order."""
        import pyarrow as pa
        import pyarrow.compute

        reports = self.bare("incident_reports")
        found = reports.filter(pa.compute.is_in(reports.column("page"), pa.array(pages, pa.string())))
        return list(dict.fromkeys(found.column("incident").to_pylist()))

    @cached_property
    def names(self) -> list[str]:
        """The ids of all incidents, in order."""
        found: list[str] = self.bare("incidents").column("id").to_pylist()
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}


def no_links() -> Links:
    """Return the links of a folder of which no page is linked yet."""
    return Links(_NoRows())


def last_links(folder: Linked) -> Links | None:
    """Return the links that were written last, also if pages have come since; None if there are none."""
    about = read_last(folder)
    if about is None:
        return None
    files = _Files(folder.disk, about["home"])
    if not all(folder.disk.fs.exists(files.path(name)) for name in LINK_TABLES):
        return None
    return Links(files, tuple(about["changes"]), Progress(about["pages"], about["of"]), about["home"])


def read_last(folder: Linked) -> dict[str, Any] | None:
    """Return what the links that were written last say of themselves; None for those of another version."""
    try:
        about = folder.disk.read_json(LINKS, LAST)
    except (OSError, ValueError):
        return None
    is_ours = (about.get("schema"), about.get("rules")) == (SCHEMA, digest_rules())
    return about if is_ours else None


def count_unlinked(folder: Linked) -> int:
    """Return how many pages of a folder are not linked yet."""
    about = read_last(folder)
    if about is not None and about["state"] == folder.state:
        return 0
    with folder.connect(only=("linked",)) as connection:
        count = int(connection.sql(UNLINKED).fetchall()[0][0])
        extra = 0 if count else _count_gone(connection)
    return count or extra


def _count_gone(connection: Any) -> int:
    """Return how many linked codings are current no more: their links stand until the next linking."""
    return int(
        connection.sql(
            f"select count(*) from linked where coding not in (select coding from ({CODINGS}))"
        ).fetchall()[0][0]
    )


class _Files(Mapping[str, "pa.Table"]):
    """The tables of links as they stand in files, each read when it is first asked for."""

    def __init__(self, disk: Disk, home: str) -> None:
        self.disk = disk
        self.home = home
        self._held: dict[tuple[str, bool], pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        return self._read(name, bare=False)

    def __iter__(self) -> Iterator[str]:
        return iter(LINK_TABLES)

    def __len__(self) -> int:
        return len(LINK_TABLES)

    def path(self, name: str) -> str:
        """Return where a table stands."""
        return self.disk.path(LINKS, self.home, f"{name}.parquet")

    def bare(self, name: str) -> pa.Table:
        """Return a table without the JSON of its rows."""
        return self._read(name, bare=True)

    def _read(self, name: str, *, bare: bool) -> pa.Table:
        import pyarrow.parquet as pq

        if (name, bare) not in self._held:
            columns = [column for column in LINK_TABLES[name] if not bare or column != "json"]
            with self.disk.fs.open(self.path(name), "rb") as file:
                self._held[name, bare] = pq.read_table(file, columns=columns)
        return self._held[name, bare]


class _NoRows(Mapping[str, "pa.Table"]):
    """The tables of links without a row, each made when it is asked for."""

    def __getitem__(self, name: str) -> pa.Table:
        from onrecord.store.arrow_types import make_schema

        return make_schema(LINK_TABLES[name]).empty_table()

    def __iter__(self) -> Iterator[str]:
        return iter(LINK_TABLES)

    def __len__(self) -> int:
        return len(LINK_TABLES)


def _make(kind: Any, texts: Iterable[str]) -> Iterator[Any]:
    make = record_maker(kind)
    return (make(json.loads(text)) for text in texts)
