from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """A part on its way to its id; pieces sort by where they stand."""

    start: int
    end: int
    kind: str
    rule: str
    author: str | None = None
    published: str | None = None
    source_id: str | None = None
