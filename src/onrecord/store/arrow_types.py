"""The columns of tables as Arrow has them: what is needed to write them, not to ask."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from onrecord.store.columns import COUNT, FLAG, REAL, SPANS, TEXT, TEXTS

ARROW: dict[str, pa.DataType] = {
    TEXT: pa.string(),
    COUNT: pa.int64(),
    REAL: pa.float64(),
    FLAG: pa.bool_(),
    TEXTS: pa.list_(pa.string()),
    SPANS: pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])),
}


def make_schema(columns: Mapping[str, str]) -> pa.Schema:
    """Return the Arrow schema of columns that are given by name and type."""
    return pa.schema([(name, ARROW[kind]) for name, kind in columns.items()])
