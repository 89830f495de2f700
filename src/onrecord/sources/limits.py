from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an input is opened; the figures leave room for every real page that was measured."""

    page: int = 16 * MIB
    """Bytes of one page, opened: a longer one is refused, so that one page cannot stop a run."""
    ratio: int = 100
    """How many times its own size a compressed input may open to. Pages reach 5 to 20, bombs 32,000."""
    slack: int = 64 * MIB
    """Bytes that any input may open to before the ratio counts: short pages of blanks compress well."""
    layers: int = 2
    """Times that an input may be compressed over: .gz in .gz is met, more is not."""
    window: int = 128 * MIB
    """Memory that one zstd frame may ask for."""
    tags: int = 250_000
    """Angle brackets of a feed: each costs up to 0.2 ms, and a feed of 100 long entries has 20,000."""
    export: int = 256 * MIB
    """Bytes of a comment export, which holds many pages in one document."""


LIMITS = Limits()
