"""What was read from files of the user is kept until one of them changes: people edit them as they try."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def cached_by_files(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that remembers its results, as `functools.cache` does, until a file changes.

    Its files are the names among its arguments, alone or in a tuple. An error is not remembered.
    """

    @cache
    def remember(stamps: tuple[Any, ...], *given: Any, **named: Any) -> R:
        return function(*given, **named)

    @wraps(function)
    def ask(*given: Any, **named: Any) -> R:
        return remember(tuple(map(_stamp, _names((*given, *named.values())))), *given, **named)

    ask.__dict__ |= {"cache_clear": remember.cache_clear, "cache_info": remember.cache_info}
    return cast(Callable[P, R], ask)


def _names(given: tuple[Any, ...]) -> Iterator[str]:
    for value in given:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from _names(value)


def _stamp(name: str) -> tuple[int, int, int] | None:
    """Return what changes when a file is written: its time, size and number; None if there is none."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
