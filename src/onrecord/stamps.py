from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class CommentWord:
    """A word of the lines that stand over comments: a month, a verb of saying, a word for reply."""

    word: str
    role: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a comment was posted, as its page wrote it."""

    at: tuple[int, ...]
    """Year, month, day, hour, minute, second; minutes before now, negated, if `scale` is 'ago'."""
    scale: str
    """`date`, `yearless` or `ago`; only stamps of one scale can be compared."""
    start: int
    end: int
    iso: str | None


CLOCK = (
    r"(?:\s*(?:,|@|/|-|–|\||at|um|à|kl\.?)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"  # at 5:49
    r"(?::(?P<second>\d\d))?(?:\.\d+)?(?:\s*(?P<half>[ap])\.?m\b\.?)?)?"  # :07 pm
)
ISO = r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)T?"  # 2012-07-11T
NUMERIC = r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y4>(?:19|20)?\d\d)"  # 11/07/2012
AGO = r"\b(?P<many>\d{1,3}|an?|one)\s+(?P<unit>second|minute|min|hour|hr|day|week|month|year)s?\s+ago\b"
MINUTES = {
    "second": 0,
    "minute": 1,
    "min": 1,
    "hour": 60,
    "hr": 60,
    "day": 1440,
    "week": 10080,
    "month": 43800,
    "year": 525600,
}


@cache
def words_of(role: str) -> tuple[CommentWord, ...]:
    """Return the comment words of a role."""
    return tuple(word for word in load("comment_words", CommentWord) if word.role == role)


@cache
def _dates() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(w.word) for w in words_of("month")), key=lambda w: (-len(w), w)))
    day_first = (  # 11. Jul, 2012
        rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+|de\s+)?(?P<n2>{month})\b\.?,?\s*(?P<y2>(?:19|20)\d\d)"
    )
    month_first = (  # July 11th, 2012
        rf"\b(?P<n3>{month})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b,?(?:\s*(?P<y3>(?:19|20)\d\d))?"
    )
    return re.compile(rf"(?:{ISO}|{day_first}|{month_first}|{NUMERIC}){CLOCK}|{AGO}", re.IGNORECASE)


@cache
def _months() -> dict[str, int]:
    return {w.word: int(w.value) for w in words_of("month")}


def read_stamp(text: str) -> Stamp | None:
    """Return the first date, with its time of day, that a short text holds.

    >>> read_stamp("Posted on 11. Jul, 2012 at 5:49 pm").iso
    '2012-07-11T17:49:00'
    """
    match = _dates().search(text)
    if not match:
        return None
    found = match.groupdict()
    if found["unit"]:
        many = int(found["many"]) if found["many"].isdigit() else 1
        return Stamp((-many * MINUTES[found["unit"].lower()],), "ago", match.start(), match.end(), None)
    year, month, day = _day(found)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    clock = (hour, int(found["minute"] or 0), int(found["second"] or 0))
    if clock[0] > 23 or clock[1] > 59 or clock[2] > 59:
        return None
    iso = f"{year:04}-{month:02}-{day:02}" if year else None
    if iso and found["hour"]:
        iso += "T{:02}:{:02}:{:02}".format(*clock)
    return Stamp((year, month, day, *clock), "date" if year else "yearless", match.start(), match.end(), iso)


def _day(found: dict[str, str | None]) -> tuple[int, int, int]:
    if found["y1"]:
        return int(found["y1"]), int(found["m1"] or 0), int(found["d1"] or 0)
    if found["n2"]:
        return int(found["y2"] or 0), _months()[found["n2"].lower()], int(found["d2"] or 0)
    if found["n3"]:
        return int(found["y3"] or 0), _months()[found["n3"].lower()], int(found["d3"] or 0)
    first, second, year = int(found["a"] or 0), int(found["b"] or 0), int(found["y4"] or 0)
    year += 2000 if year < 100 else 0
    # 25/12 can only be day first; 3/4 is read month first.
    return (year, second, first) if first > 12 else (year, first, second)
