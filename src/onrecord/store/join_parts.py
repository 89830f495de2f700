"""Small parts of a folder written as fewer large ones: the same rows in the same order, fewer files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.store.disk import JOINED, PART_FILE, Disk, encode_json
from onrecord.store.parts import PackedPart, write_parquet
from onrecord.store.tables import SCHEMAS

MOST = 2000
"""Pages of a joined part, unless one of its parts had more already."""
Abouts = Mapping[str, Mapping[str, Any]]
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Compaction:
    """How many parts a folder had and has."""

    before: int
    after: int


def join_parts(disk: Disk, most: int = MOST, report: Report = lambda done, of: None) -> Compaction:
    """Write runs of small parts as one part each; the same folder gives the same bytes.

    A joined part takes the place of its parts at once, when it is renamed into the folder; they are
    removed when the folder is next written to, so that who reads them now can go on. Parts of a run
    that has not come to its end stay as they are. Raises FolderError if another process writes here.
    """
    with disk.lock():
        disk.sweep()
        names = disk.list_parts()
        abouts = {name: disk.read_json("parts", name, PART_FILE) for name in names}
        groups = [group for group in group_parts(disk, abouts, most) if len(group) > 1]
        for number, group in enumerate(groups):
            part = pack_group(disk, group, abouts)
            disk.write(JOINED, encode_json(disk.read_joined() | {part.name: list(group)}))
            disk.write_part(part.name, part.files)
            report(number + 1, len(groups))
        return Compaction(len(names), len(disk.list_parts()))


def group_parts(disk: Disk, abouts: Abouts, most: int) -> Iterator[tuple[str, ...]]:
    """Yield the parts in order, those together that make one part of at most so many pages."""
    ended = {int(name[:5]) for name in disk.list_names("runs") if name.endswith("-done.json")}
    group: list[str] = []
    pages = 0
    for name, about in abouts.items():
        count = about["rows"].get("pages", 0) + about["rows"].get("errors", 0)
        is_open = about["run"] not in ended
        if group and (is_open or pages + count > most):
            yield tuple(group)
            group, pages = [], 0
        if is_open:
            yield (name,)
        else:
            group.append(name)
            pages += count
    if group:
        yield tuple(group)


def pack_group(disk: Disk, group: Sequence[str], abouts: Abouts) -> PackedPart:
    """Return the part that holds the rows of some parts, in their order."""
    first = abouts[group[0]]
    tables = {name: table for name in SCHEMAS if (table := _read_rows(disk, group, abouts, name)) is not None}
    columns: dict[str, str] = {}
    for name in group:
        columns |= abouts[name]["columns"]
    about = {
        "run": first["run"],
        "shard": first["shard"],
        "coder": first["coder"],
        "coded_on": first["coded_on"],
        "rows": {name: table.num_rows for name, table in tables.items()},
        "columns": {name: columns[name] for name in tables},
        "refused": dict(sum((Counter(abouts[name]["refused"]) for name in group), Counter())),
        "changes": dict(sum((Counter(abouts[name]["changes"]) for name in group), Counter())),
        "joined": list(group),
    }
    digest = hashlib.sha256(encode_json(list(group))).hexdigest()
    files = {f"{name}.parquet": write_parquet(table) for name, table in tables.items()}
    name = f"{group[0].rsplit('-', 1)[0]}-{digest[:12]}"
    return PackedPart(name, files | {PART_FILE: encode_json(about)}, about)


def _read_rows(disk: Disk, group: Sequence[str], abouts: Abouts, table: str) -> pa.Table | None:
    """Return the rows of a table over some parts; columns that an older version lacked are empty."""
    found = []
    for name in group:
        if abouts[name]["rows"].get(table):
            data = disk.fs.cat_file(disk.path("parts", name, f"{table}.parquet"))
            found.append(pq.read_table(pa.BufferReader(data)))
    return pa.concat_tables(found, promote_options="default").combine_chunks() if found else None
