"""Tokens of a text as the number grammar sees them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

# "1,234,567.8"  "12,34,567" (Indian)  "1.234.567,8"  "1 234 567"  "5,00"  "12.5"  ".08"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
_DOTTED = r"\d{1,3}(?:\.\d{3}){2,}(?![\d])(?:,\d+)?|\d{1,3}\.\d{3},\d{1,2}(?!\d)"
_SPACED = r"\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?![\d,/:-]\d|\d)(?:\.\d+)?(?![\d])"
_COMMA = r"\d+,\d{1,2}(?![\d,])"
_PLAIN = r"\d+(?:\.\d+)?"
_POINT = r"(?<![\w.])\.\d+"
# "1e10"  "2.998×10−8"  "1.3x10^6"
_POWER = r"(?:[eE][+-]?\d{1,2}(?!\w)|\s?[x×]\s?10(?:\^[-−+]?|[-−+])\d{1,2}|\^[-−+]?\d{1,2}(?!\d))"
_NUMBER = f"(?:{_GROUPED}|{_INDIAN}|{_DOTTED}|{_SPACED}|{_COMMA}|{_PLAIN}|{_POINT})(?:{_POWER})?"
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)?"

TOKEN = re.compile(f"(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>[^\\s])")


class Token(NamedTuple):
    """A number in digits, a word or a mark, with its place in the page."""

    kind: str
    """`number`, `word` or `mark`."""
    start: int
    end: int
    text: str
    lower: str


class Tokens:
    """The tokens of one part, with the text they stand in."""

    __slots__ = ("all", "starts", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.all = [
            Token(str(m.lastgroup), *m.span(), (found := m[0]), found.lower())
            for m in TOKEN.finditer(text, start, end)
        ]
        self.starts = [token.start for token in self.all]

    def at(self, i: int) -> Token | None:
        """Return the token with that index, None outside of the part."""
        return self.all[i] if 0 <= i < len(self.all) else None

    def lower(self, i: int) -> str:
        """Return the lower-case text of a token, empty outside of the part."""
        return self.all[i].lower if 0 <= i < len(self.all) else ""

    def index(self, offset: int) -> int:
        """Return the index of the first token that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def gap(self, i: int) -> str:
        """Return the blank between a token and the one before it."""
        return self.text[self.all[i - 1].end : self.all[i].start] if 0 < i < len(self.all) else "\n\n"

    def is_glued(self, i: int) -> bool:
        """Return whether a token follows the one before it without a blank."""
        return 0 < i < len(self.all) and self.all[i - 1].end == self.all[i].start

    def is_near(self, i: int) -> bool:
        """Return whether at most blanks within one paragraph stand before a token."""
        return 0 < i < len(self.all) and self.gap(i).count("\n") < 2
