from __future__ import annotations

from dataclasses import dataclass

from onrecord.dates import Stamp


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on its way to its thread: where it stands, and what its source and header say."""

    start: int
    end: int
    body: int
    """Where its own words begin, after a header."""
    rule: str
    author: str | None = None
    stamp: Stamp | None = None
    published: str | None = None
    number: int | None = None
    answers: str | None = None
    """The name that its header says it answers."""
    is_reply: bool = False
    """Its header calls it a reply."""
    is_headed: bool = False
    parent: int | None = None
    """Index of the comment that the markup puts it under."""
    is_nested: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A comment's place in the talk: the index of what it answers, the name it speaks to, and why."""

    parent: int | None = None
    addressed: str | None = None
    rule: str | None = None
