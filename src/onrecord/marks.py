from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load

LONGEST = 420
"""No mark is longer; a longer line is not matched at all."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """A kind of line that is not the story: a heading, a byline, a caption, a share bar."""

    name: str
    role: str
    pattern: str
    source: str


@cache
def _marks() -> tuple[tuple[PageMark, re.Pattern[str]], ...]:
    # Bylines and date lines need their capitals: 'by Friday' is no byline.
    return tuple(
        (
            mark,
            re.compile(
                mark.pattern if mark.role in ("byline", "dateline") else f"(?i:{mark.pattern})", re.DOTALL
            ),
        )
        for mark in load("page_marks", PageMark)
    )


def find_mark(line: str) -> PageMark | None:
    """Return the mark that a whole line is, if it is one.

    >>> find_mark("12 Comments").role
    'comments'
    """
    if len(line) > LONGEST:
        return None
    for mark, pattern in _marks():
        if pattern.fullmatch(line) or (
            mark.role in ("byline", "dateline") and line.isupper() and pattern.fullmatch(line.title())
        ):
            return mark
    return None
