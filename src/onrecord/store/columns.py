"""Record classes as columns of a table: what each field becomes in Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from onrecord.records import Span, printed_fields, to_plain

Read = Callable[[Any], Any]
"""Takes a record object, gives a cell."""

TEXT, COUNT, REAL, FLAG, TEXTS = "varchar", "bigint", "double", "boolean", "varchar[]"
SPANS = 'struct("start" bigint, "end" bigint)[]'
"""The types of columns, as DuckDB writes them; `arrow_types.py` has them for Parquet."""
SCALARS: dict[Any, str] = {str: TEXT, int: COUNT, float: REAL, bool: FLAG}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    read: Read


@cache
def record_columns(kind: Hashable, leave: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns of a record class, in field order, without the fields named in `leave`.

    A nested object gives a column for each of its fields (`act_type`), a span gives two
    (`trigger_start`, `trigger_end`), a list of spans one list of {start, end}.
    """
    hints = get_type_hints(kind)
    found: list[Column] = []
    for name in printed_fields(kind):
        if name not in leave:
            found += _field_columns(name, hints[name])
    return tuple(found)


def _field_columns(name: str, hint: Any) -> list[Column]:
    """Return the columns of one field."""
    kinds = [option for option in get_args(hint) if option is not NoneType]
    bare = kinds[0] if NoneType in get_args(hint) and len(kinds) == 1 else hint
    if isinstance(bare, type) and is_dataclass(bare):
        return [
            Column(f"{name}_{inner.name}", inner.type, _read_inner(name, inner.read))
            for inner in record_columns(bare)
        ]
    if bare == Span:
        return [
            Column(f"{name}_start", COUNT, _read_bound(name, 0)),
            Column(f"{name}_end", COUNT, _read_bound(name, 1)),
        ]
    return [_plain_column(name, bare)]


def _plain_column(name: str, hint: Any) -> Column:
    def read(item: Any) -> Any:
        return getattr(item, name)

    if hint in SCALARS:
        return Column(name, SCALARS[hint], read)
    items = get_args(hint)
    if items == (Span, Ellipsis):
        return Column(name, SPANS, _read_spans(name))
    if items == (str, Ellipsis):
        return Column(name, TEXTS, read)
    if items and is_dataclass(items[0]):
        return Column(name, TEXT, _read_json(name))
    return Column(name, TEXT, _read_mixed(name))


def _read_inner(name: str, read: Read) -> Read:
    def cell(item: Any) -> Any:
        inner = getattr(item, name)
        return None if inner is None else read(inner)

    return cell


def _read_bound(name: str, side: int) -> Read:
    def cell(item: Any) -> Any:
        span = getattr(item, name)
        return None if span is None else span[side]

    return cell


def _read_spans(name: str) -> Read:
    return lambda item: [{"start": start, "end": end} for start, end in getattr(item, name)]


def _read_json(name: str) -> Read:
    """Return a reader for a list of records: one JSON text."""
    return lambda item: json.dumps(to_plain(getattr(item, name)), ensure_ascii=False)


def _read_mixed(name: str) -> Read:
    """Return a reader for a field of several types (a figure or a word): always text."""

    def cell(item: Any) -> Any:
        value = getattr(item, name)
        return value if value is None or isinstance(value, str) else json.dumps(value)

    return cell
