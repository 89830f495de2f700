"""What a person decided: frozen records that say everything in words, so that they outlive ids."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Span

EVENT_VERDICTS = ("accept", "correct", "refuse", "add", "withdraw")
"""On one event; `withdraw` takes back what the same person said of it."""
JOIN_VERDICTS = ("merge", "split")
"""On which reports are of one incident."""
VERDICTS = (*EVENT_VERDICTS, *JOIN_VERDICTS, "read")
"""`read` says of a page that all its events are judged and all missed ones added."""
LONGEST_NOTE = 2000
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words that an event rests on, with their sentence: found again when a page is coded anew."""

    page: str
    trigger: Span
    words: str
    sentence: Span
    text: str
    """Of the sentence."""
    act: str
    """Type of the act, which tells events on the same words apart."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who acts or is acted on."""

    name: str
    country: str | None = None
    cameo: str | None = None
    mention: Span | None = None
    """Where the sentence names it."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an event is, according to the coder or to a person."""

    type: str
    mode: str | None
    status: str
    plover: str | None
    """Type and mode, as in `ASSAULT/aerial`; None if the ontology has none."""
    cameo: str | None
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    trigger: Span
    span: Span
    rule: str | None = None
    """Codebook entry that fired; None for what a person added."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log."""

    by: str
    verdict: str
    page: str
    anchor: Anchor | None = None
    coded: Account | None = None
    """What the coder said at the time."""
    account: Account | None = None
    """What the person says instead: for `correct` and `add`."""
    reports: tuple[Anchor, ...] = ()
    """For `merge` and `split`."""
    note: str = ""
    final: bool = False
    """Whether it settles what others differ on."""
    coder: str = ""
    """Version and codebook that had coded the page."""
    number: int = 0
    """Place in the log, given when it is kept."""
    made: str = ""
    """UTC time, given when it is kept."""
    by_model: bool = False
    """Whether a language model said it: that is shown and measured, and never settles anything."""
