"""Packages that onrecord can do without: they are imported when they are asked for."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from onrecord.errors import PackageError


def import_extra(name: str) -> ModuleType:
    """Return an optional package; raises PackageError, which says how to install it, if it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise PackageError(f"{name} is not installed: pip install 'onrecord[{name}]' brings it") from error
