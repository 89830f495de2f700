"""A part of a folder: the tables of one shard as Parquet files, and what it says of itself."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.records import Coder, name_reason
from onrecord.store.disk import PART_FILE, encode_json
from onrecord.store.tables import Coding, Failure
from onrecord.store.tabulate import tabulate


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A part ready to be written."""

    name: str
    files: Mapping[str, bytes]
    about: Mapping[str, Any]
    """What part.json says: run, shard, coder, day, rows of each table, refusals by reason."""


def pack_part(
    run: int, shard: int, coder: Coder, day: str, codings: Sequence[Coding], failures: Sequence[Failure]
) -> PackedPart:
    """Return the Parquet files of a shard; the same codings give the same name and the same bytes."""
    tables = tabulate(codings, failures)
    refused = Counter(
        f"{refusal.stage}: {name_reason(refusal)}" for c in codings for refusal in c.record.refused
    )
    about = {
        "run": run,
        "shard": shard,
        "coder": asdict(coder),
        "coded_on": day,
        "rows": {name: table.num_rows for name, table in tables.items()},
        "columns": digest_schemas({name: table.schema for name, table in tables.items()}),
        "refused": dict(refused),
        "changes": dict(Counter(f"{change.list} {change.change}" for c in codings for change in c.changes)),
    }
    keys = [coding.key for coding in codings] + [failure.key for failure in failures]
    digest = hashlib.sha256(encode_json([about, keys])).hexdigest()
    files = {f"{name}.parquet": write_parquet(table) for name, table in tables.items()}
    return PackedPart(f"{run:05d}-{shard:06d}-{digest[:12]}", files | {PART_FILE: encode_json(about)}, about)


def digest_schemas(schemas: Mapping[str, pa.Schema]) -> dict[str, str]:
    """Return a short digest of the columns of each table; parts that agree need no matching by name."""
    return {
        name: hashlib.sha256(schema.remove_metadata().to_string().encode()).hexdigest()[:8]
        for name, schema in schemas.items()
    }


def write_parquet(table: pa.Table) -> bytes:
    """Return a table as a Parquet file; the same rows give the same bytes."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=3)
    return sink.getvalue()
