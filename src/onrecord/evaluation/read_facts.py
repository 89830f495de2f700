from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PeerFigure:
    """What another tool, or a simple rule, reached on the same pages with the same scorer."""

    set: str
    measure: str
    """Name of the scorer's row and of the figure in it, as in `manual root F1`; `score` is its last line."""
    tool: str
    value: float
    source: str


@cache
def _load() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", "sets.toml").read_text(encoding="utf-8"))


def list_sets() -> dict[str, str]:
    """Return what each known set measures, by its name, in the order of the report."""
    return {row["name"]: row["about"] for row in _load()["set"]}


def list_peers(name: str) -> tuple[PeerFigure, ...]:
    """Return the recorded figures of other tools on a set, as sets.toml lists them."""
    rows = (row for row in _load()["tool"] if row["set"] == name)
    return tuple(
        PeerFigure(name, measure, row["name"], value, row["source"])
        for row in rows
        for measure, value in row["figures"].items()
    )
