"""What records reach without importing it: packages that onrecord can do without, and views of a record."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from onrecord.errors import PackageError

VIEWS: dict[str, Callable[..., Any]] = {}
"""What shows a record as `html` or `table`: it stands above the records, so the package puts it here."""


def import_extra(name: str) -> ModuleType:
    """Return an optional package; raises PackageError, which says how to install it, if it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise PackageError(f"{name} is not installed: pip install 'onrecord[{name}]' brings it") from error
