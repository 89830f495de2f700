"""Linking the pages of a folder as they come, and keeping what links them beside it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from onrecord.incidents import (
    Index,
    Linker,
    index_pages,
    read_commitments,
    read_copies,
    read_incident_texts,
    read_incidents,
    settle,
    sketch_page,
    sketch_pages,
)
from onrecord.lexicons.digest_rules import digest_rules
from onrecord.records import (
    Copy,
    FollowedCommitment,
    Incident,
    Record,
    record_from_dict,
    record_maker,
    to_plain,
)
from onrecord.store.link_tables import (
    fill_table,
    sort_incidents,
    tabulate_commitments,
    tabulate_copies,
    tabulate_incidents,
)
from onrecord.store.links import (
    CODINGS,
    LAST,
    LINKS,
    SCHEMA,
    Linked,
    Links,
    Progress,
    count_unlinked,
    last_links,
    no_links,
    read_last,
)

INDEX = "index.sqlite"
BATCH = 1000
"""Pages that are linked at a time; after each batch the job could be ended and taken up again."""
SHOWN = 8.0
"""How many times as long as writing the tables a job works before it writes them again."""
RECORDS = "select json from all_records where coding in (select unnest($1))"
Report = Callable[[Progress], None]


def load_links(folder: Linked, report: Report = lambda progress: None) -> Links:
    """Return the links of a folder as it stands; pages that are not linked yet are linked first.

    `report` hears how far that is. Raises FolderError if another process is linking the folder.
    """
    kept = last_links(folder)
    if kept is not None and count_unlinked(folder) == 0:
        _note_state(folder)
        return kept
    return link_folder(folder, report)


def _note_state(folder: Linked) -> None:
    """Note that the links are of what the folder holds now: its parts were joined, its pages are the same."""
    about = read_last(folder)
    if about is not None and about["state"] != folder.state:
        with suppress(OSError):
            about["state"] = folder.state
            folder.disk.write(f"{LINKS}/{LAST}", json.dumps(about, ensure_ascii=False).encode())


def link_folder(folder: Linked, report: Report = lambda progress: None) -> Links:
    """Link the pages of a folder that are not linked yet, batch by batch, and keep the links beside it.

    The tables of links are written now and then on the way, so that readers see what there is.
    """
    state = folder.state
    with _open_index(folder) as index, folder.connect(only=("records",)) as connection:
        now = dict(connection.execute(CODINGS).fetchall())
        known = index.codings()
        new = {page: coding for page, coding in now.items() if known.get(page) != coding}
        gone = [page for page, coding in known.items() if now.get(page) != coding]
        days = dict(connection.execute("select page, published from pages").fetchall())
        order = sorted(new, key=lambda page: (days.get(page) or "9999", page))
        linker = Linker(index)
        writer = _Writer(folder, linker, len(now), is_fresh=not known)
        for begin in range(0, max(len(order), 1), BATCH):
            some = order[begin : begin + BATCH]
            pages = [
                (sketch_page(record), new[record.page.id])
                for record in _read_records(connection, [new[page] for page in some])
            ]
            dropped = set(some) & known.keys() | (set(gone) - new.keys() if not begin else set())
            writer.note(linker.update(pages, sorted(dropped)))
            index.commit()
            report(Progress(len(index.orders), len(now)))
            writer.write_now_and_then(begin + BATCH >= len(order), state)
        return writer.links


def _read_records(connection: Any, codings: Sequence[int]) -> list[Record]:
    rows = connection.execute(RECORDS, [list(codings)]).fetchall()
    return [record_from_dict(json.loads(text)) for (text,) in rows]


@contextmanager
def _open_index(folder: Linked) -> Iterator[Index]:
    """Give the index of a folder; one in memory if the folder cannot be written to."""
    disk = folder.disk
    if disk.local:
        home = Path(disk.path(LINKS))
        try:
            home.mkdir(exist_ok=True)
            is_open = os.access(home, os.W_OK)
        except OSError:
            is_open = False
        index = Index(home / INDEX if is_open else None)
        try:
            yield index
        finally:
            index.close()
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / INDEX
        if disk.fs.exists(disk.path(LINKS, INDEX)):
            path.write_bytes(disk.fs.cat_file(disk.path(LINKS, INDEX)))
        index = Index(path)
        try:
            yield index
        finally:
            index.close()
        disk.write(f"{LINKS}/{INDEX}", path.read_bytes())


class _Writer:
    """Writes the tables of links, those rows anew that have changed."""

    def __init__(self, folder: Linked, linker: Linker, count: int, *, is_fresh: bool) -> None:
        self.folder = folder
        self.linker, self.index = linker, linker.index
        self.count = count
        before = None if is_fresh else last_links(folder)
        self.links = before or no_links()
        self.changed: set[str] | None = set() if before else None
        self.notes: list[str] = []
        self.cost, self.written = 0.0, time.monotonic()

    def note(self, change: Any) -> None:
        """Remember which incidents have changed."""
        if self.changed is not None:
            self.changed |= change.incidents
        self.notes += change.notes

    def write_now_and_then(self, is_last: bool, state: str) -> None:
        """Write the tables if this is the end, or if work went on long enough since the last time."""
        began = time.monotonic()
        if not is_last and began - self.written < 1.0 + SHOWN * self.cost:
            return
        self.linker.finish()
        self.index.commit()
        self.links = self._tabulate()
        self.changed = set()
        write_links(self.folder, self.links, state if is_last else "")
        self.written = time.monotonic()
        self.cost = self.written - began

    def _tabulate(self) -> Links:
        tables = self._tabulate_incidents()
        tables["copies"] = tabulate_copies(read_copies(self.index))
        tables["commitment_states"] = tabulate_commitments(read_commitments(self.index))
        tables["linked"] = fill_table("linked", sorted(self.index.codings().items()))
        return Links(tables, tuple(self.notes), Progress(len(self.index.orders), self.count))

    def _tabulate_incidents(self) -> dict[str, pa.Table]:
        """Return the rows of all incidents: those that stand as they were written, the changed ones anew."""
        if self.changed is None:
            return tabulate_incidents(_read_incidents(self.index))
        found = tabulate_incidents(_read_incidents(self.index, sorted(self.changed)))
        for name, column in (("incidents", "id"), ("incident_reports", "incident")):
            old = self.links.tables[name]
            changed = pa.compute.is_in(old.column(column), pa.array(sorted(self.changed), pa.string()))
            kept = old.filter(pa.compute.invert(changed))
            found[name] = pa.concat_tables([kept, found[name]]).combine_chunks()
        return sort_incidents(found)


def _read_incidents(index: Index, names: Sequence[str] | None = None) -> Iterator[tuple[Incident, str]]:
    make = record_maker(Incident)
    return ((make(json.loads(text)), text) for text in read_incident_texts(index, names))


def build_links(records: Iterable[Record]) -> Links:
    """Return the links of some records without a folder; their order changes nothing."""
    index = index_pages(sketch_pages(records))
    return make_links(read_incidents(index), read_copies(index), read_commitments(index), index.codings())


def make_links(
    incidents: Iterable[Incident],
    copies: Iterable[Copy],
    commitments: Iterable[FollowedCommitment],
    codings: Mapping[str, int],
) -> Links:
    """Return links as the tables that a folder keeps; `codings` tells which coding of each page they have."""
    texts = ((one, json.dumps(to_plain(one), ensure_ascii=False)) for one in incidents)
    tables = tabulate_incidents(texts)
    tables["copies"] = tabulate_copies(copies)
    tables["commitment_states"] = tabulate_commitments(commitments)
    tables["linked"] = fill_table("linked", sorted(codings.items()))
    return Links(tables, (), Progress(len(codings), len(codings)))


def settle_links(commitments: Iterable[FollowedCommitment], as_of: str) -> tuple[FollowedCommitment, ...]:
    """Return commitments as they stood on a day (ISO)."""
    return tuple(settle(one, as_of) for one in commitments if one.published is None or one.published <= as_of)


def write_links(folder: Linked, links: Links, state: str) -> None:
    """Keep links beside the folder under the state that they are of, empty if some pages are not linked yet.

    A folder that cannot be written to is left as it is. The tables before these stay for readers that
    have them open; older ones are removed.
    """
    disk, before = folder.disk, read_last(folder)
    codings = sorted(links.tables["linked"].column("coding").to_pylist())
    mark = json.dumps([state, digest_rules(), codings])
    home = hashlib.sha256(mark.encode()).hexdigest()[:16]
    about = {
        "schema": SCHEMA,
        "rules": digest_rules(),
        "state": state,
        "home": home,
        "pages": links.progress.pages,
        "of": links.progress.of,
        "changes": list(links.changes),
    }
    try:
        for name, table in links.tables.items():
            sink = io.BytesIO()
            pq.write_table(table, sink, compression="zstd")
            disk.write(f"{LINKS}/{home}/{name}.parquet", sink.getvalue())
        disk.write(f"{LINKS}/{LAST}", json.dumps(about, ensure_ascii=False).encode())
        kept = {home, before["home"] if before else home}
        disk.remove_folders(LINKS, kept)
    except OSError:
        return
