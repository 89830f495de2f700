"""Sketches of pages as JSON and back: what a stored index keeps of a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints

from onrecord.incidents.sketch import PageSketch

Make = Callable[[Any], Any]


def pack_page(page: PageSketch) -> str:
    """Return a sketch as JSON: fields by their place, words of a set sorted."""
    return json.dumps(_packer(PageSketch)(page), ensure_ascii=False, separators=(",", ":"))


def unpack_page(text: str) -> PageSketch:
    """Return the sketch that `pack_page` wrote."""
    page: PageSketch = _unpacker(PageSketch)(json.loads(text))
    return page


@cache
def _packer(hint: Any) -> Make:
    """Return the function that gives a value of a type in plain form."""
    bare = _strip_none(hint)
    if is_dataclass(bare):
        names = tuple(field.name for field in fields(bare))
        hints = get_type_hints(bare)
        makes = tuple((attrgetter(name), _packer(hints[name])) for name in names)
        return lambda value: None if value is None else [make(get(value)) for get, make in makes]
    if get_origin(bare) is frozenset:
        return sorted
    inner = _packer(get_args(bare)[0]) if get_origin(bare) is tuple else _keep
    return _keep if inner is _keep else lambda value: None if value is None else [inner(one) for one in value]


@cache
def _unpacker(hint: Any) -> Make:
    """Return the function that gives a value of a type back from its plain form."""
    bare = _strip_none(hint)
    if is_dataclass(bare):
        hints = get_type_hints(bare)
        makes = tuple(_unpacker(hints[field.name]) for field in fields(bare))
        kind: Any = bare
        return lambda plain: (
            None if plain is None else kind(*[make(one) for make, one in zip(makes, plain, strict=True)])
        )
    if get_origin(bare) is frozenset:
        return frozenset
    if get_origin(bare) is tuple:
        inner = _unpacker(get_args(bare)[0])
        if inner is _keep:
            return lambda plain: None if plain is None else tuple(plain)
        return lambda plain: None if plain is None else tuple(map(inner, plain))
    return _keep


def _strip_none(hint: Any) -> Any:
    """Return what a field holds if it holds something."""
    options = [option for option in get_args(hint) if option is not type(None)]
    is_choice = type(None) in get_args(hint) and len(options) == 1
    return options[0] if is_choice else Mapping if get_origin(hint) is Mapping else hint


def _keep(value: Any) -> Any:
    return value
