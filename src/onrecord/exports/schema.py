from __future__ import annotations

import types
import typing
from dataclasses import is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from onrecord import records
from onrecord.records import COMMITMENT_KINDS, PART_KINDS, SCHEMA, STATUSES, Record, printed_fields

SCALARS: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    types.NoneType: "null",
}
CHOICES = {
    ("Actor", "type"): ("person", "organization", "group", "country"),
    ("Check", "verdict"): ("consistent", "inconsistent"),
    ("Commitment", "kind"): COMMITMENT_KINDS,
    ("Event", "status"): STATUSES,
    ("Part", "kind"): PART_KINDS,
    ("Place", "precision"): ("point", "city", "region", "country", "unknown"),
    ("Record", "schema"): (SCHEMA,),
    ("Statement", "kind"): ("direct", "indirect", "mixed"),
}
"""Fields whose values come from a closed list."""


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the record, made from the record classes."""
    kinds: dict[str, Any] = {}
    root = _object(Record, kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The record of one news page",
        **root,
        "$defs": dict(sorted(kinds.items())),
    }


def _object(kind: type, kinds: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, {**vars(typing), **vars(records)})
    names = printed_fields(kind)
    properties = {name: _schema(hints[name], kinds) for name in names}
    for name in names:
        if (kind.__name__, name) in CHOICES:
            properties[name] = {"enum": list(CHOICES[kind.__name__, name])}
    return {
        "type": "object",
        "properties": properties,
        "required": list(names),
        "additionalProperties": False,
    }


def _schema(hint: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    if hint in SCALARS:
        return {"type": SCALARS[hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        if hint.__name__ not in kinds:
            kinds[hint.__name__] = {}  # claims its name first: a Voice holds Events
            kinds[hint.__name__] = _object(hint, kinds)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if get_origin(hint) in (Union, types.UnionType):
        return {"anyOf": [_schema(option, kinds) for option in get_args(hint)]}
    items = get_args(hint)
    if items[-1] is Ellipsis:
        return {"type": "array", "items": _schema(items[0], kinds)}
    size = len(items)
    prefix = [_schema(item, kinds) for item in items]
    return {"type": "array", "prefixItems": prefix, "minItems": size, "maxItems": size}
