"""What travels between the process that reads the input and those that code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.records import Coder, RawPage, Settings
from onrecord.store import Failure, PackedPart


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that is to be coded, and how the folder will know this coding."""

    key: int
    position: int
    input: str
    address: str | None
    raw: RawPage


@dataclass(frozen=True, slots=True)
class Task:
    """A shard of the input: its pages become one part of the folder."""

    run: int
    shard: int
    coder: Coder
    day: str
    settings: Settings
    pages: tuple[Planned, ...]
    failures: tuple[Failure, ...] = ()
    """Inputs of the shard that could not even be opened."""


@dataclass(frozen=True, slots=True)
class Done:
    """A coded shard, not yet written, and where the time went."""

    part: PackedPart
    seconds: Mapping[str, float] = field(default_factory=dict)
    """By stage; of the coding process."""
