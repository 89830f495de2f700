"""Page marks: whole lines that are no story, known by their wording (`12 Comments`, bylines, captions)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load

CAPITALISED = ("byline", "dateline")
ICONS = re.compile(r"\s*[▲▼△▽▴▾↑↓⬆⬇⇧⇩👍👎♥♡❤💬★☆⭐↩⤴🔁]\ufe0f?\s*")
"""What is drawn on buttons in place of their words: each is read as `like`."""
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
def _marks() -> tuple[PageMark, ...]:
    return load("page_marks", PageMark)


@cache
def _any_mark() -> re.Pattern[str]:
    """Return one pattern with a group for each mark, in order: the first that fits is taken."""
    # Bylines and date lines need their capitals: 'by Friday' is no byline.
    parts = (
        f"({mark.pattern})" if mark.role in CAPITALISED else f"((?i:{mark.pattern}))" for mark in _marks()
    )
    return re.compile("|".join(parts), re.DOTALL)


def find_mark(line: str) -> PageMark | None:
    """Return the mark that a whole line is, if it is one.

    >>> find_mark("12 Comments").role
    'comments'
    """
    if len(line) > LONGEST:
        return None
    if not line.isascii():
        line = ICONS.sub(" like ", line).strip()
    found = _any_mark().fullmatch(line)
    if found is None and line.isupper():
        found = _any_mark().fullmatch(line.title())
        if found and _marks()[(found.lastindex or 1) - 1].role not in CAPITALISED:
            return None
    return _marks()[found.lastindex - 1] if found and found.lastindex else None
