"""The rows of a view as a file: CSV, JSON, Parquet, or a picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from onrecord.exports.formats.cells import guard_cell
from onrecord.web.rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def keep_columns(rows: Rows, columns: tuple[str, ...]) -> Rows:
    """Return rows with some of their columns; all if none of them is there."""
    places = [place for place, name in enumerate(rows.columns) if name in columns]
    if not places:
        return rows
    cut = tuple(tuple(row[place] for place in places) for row in rows.rows)
    return Rows(tuple(rows.columns[place] for place in places), cut)


def write_json(rows: Rows) -> bytes:
    return json.dumps(rows.dicts(), default=str, ensure_ascii=False).encode("utf-8", "replace")


def write_csv(rows: Rows) -> bytes:
    """Return rows as CSV whose cells no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([guard_cell(value) for value in row] for row in rows.rows)
    return out.getvalue().encode("utf-8", "replace")


def write_parquet(rows: Rows) -> bytes:
    """Return rows as Parquet, each column in the type of its values."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*rows.rows, strict=True)) or [()] * len(rows.columns)
    out = pa.BufferOutputStream()
    pq.write_table(pa.table([_make_array(values) for values in columns], names=list(rows.columns)), out)
    return out.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _make_array(values: tuple[Any, ...]) -> pa.Array:
    import pyarrow as pa

    try:
        found = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # values of more than one type, as in a SQL union
        found = pa.array([None if value is None else str(value) for value in values], pa.string())
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "json": write_json,
    "csv": write_csv,
    "parquet": write_parquet,
}


def give_file(rows: Rows, name: str, ending: str, write: Callable[[Rows], bytes]) -> Response:
    """Return rows as a file that a browser saves; JSON is shown."""
    headers = {} if ending == "json" else {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(write(rows), media_type=KINDS[ending], headers=headers)
