"""What travels between the process that reads the input and those that code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.records import Coder, RawPage, Settings
from onrecord.store import Failure
from onrecord.store.parts import PackedPart


@dataclass(frozen=True, slots=True)
class Run:
    """What is the same for all pages of a run."""

    number: int
    coder: Coder
    day: str
    """The day of coding, as the folder keeps it."""
    settings: Settings
    recode: bool = False
    """Whether what another coder has coded is coded again."""
    size: int = 200
    """Pages of a shard."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the folder said of a page before the run."""

    page: str
    coder: Coder
    input: str
    json: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that is to be coded, and how the folder will know this coding."""

    key: int
    position: int
    input: str
    address: str | None
    raw: RawPage
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A shard of the input: its pages become one part of the folder."""

    run: Run
    shard: int
    pages: tuple[Planned, ...]
    failures: tuple[Failure, ...] = ()
    """Inputs of the shard that could not even be opened."""


@dataclass(frozen=True, slots=True)
class Done:
    """A coded shard, not yet written, and where the time went."""

    part: PackedPart
    seconds: Mapping[str, float] = field(default_factory=dict)
    """By stage; of the coding process."""
