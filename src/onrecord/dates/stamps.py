"""The dates that pages print over comments and in bylines, several languages and layouts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicons.comment_words import comment_words, match_words


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


YEAR_DIGITS = 4
"""A hint stands so near behind the beginning of its date: at the last digit of a year in front."""
LINES = 4096
"""Lines whose dates are remembered: a page asks several times for each."""

BEFORE_HOUR = r"\s*(?:,|@|/|-|–|\||at|um|à|kl\.?)?\s*"
CLOCK = (
    rf"(?:{BEFORE_HOUR}(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)"  # at 5:49
    r"(?::(?P<second>\d\d))?(?:\.\d+)?(?:\s*(?P<half>[ap])\.?m\b\.?)?)?"  # :07 pm
)
ISO = r"(?<!\d)(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.]) ?(?P<m1>\d\d)(?P=s1) ?(?P<d1>\d\d)(?!\d)T?"  # 2012-07-11T
NUMERIC = (  # 11/07/2012, 11.7.12, 11-07-2012
    r"(?<![\d.])(?P<a>\d{1,2})(?P<s4>[/.-]) ?(?P<b>\d{1,2})(?P=s4) ?(?P<y4>(?:19|20)\d\d|(?<!-)\d\d(?!\d))"
)
AGO = (  # 3 hours ago, 2h ago
    r"\b(?:(?P<many>\d{1,3}|an?|one)\s+(?P<unit>second|minute|min|hour|hr|day|week|month|year)s?"
    r"|(?P<few>\d{1,3})\s?(?P<short>min|hr|mo|[smhdwy])s?)\s+ago\b"
)
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
    "s": 0,
    "m": 1,
    "h": 60,
    "d": 1440,
    "w": 10080,
    "mo": 43800,
    "y": 525600,
}


@cache
def _dates() -> re.Pattern[str]:
    month = match_words("month")
    day_first = (  # 11. Jul, 2012; without a year only before an hour: 11 Jul, 5:49
        rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s/-]*(?:of\s+|de\s+)?(?P<n2>{month})\b\.?"
        rf"(?:,?[\s/-]*(?:de\s+)?(?P<y2>(?:19|20)\d\d|['’‘]\d\d\b)|(?={BEFORE_HOUR}\d{{1,2}}[:.]\d\d\b))"
    )
    unix = (  # Jul 11 05:49:07 EDT 2012
        rf"\b(?P<n5>{month})\s+(?P<d5>\d{{1,2}})\s+(?P<t5>\d\d:\d\d(?::\d\d)?)(?:\s+[A-Z]{{2,5}})?"
        r"\s+(?P<y5>(?:19|20)\d\d)"
    )
    month_first = (  # July 11th, 2012
        rf"\b(?P<n3>{month})\b\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b,?(?:\s*(?P<y3>(?:19|20)\d\d|['’‘]\d\d))?"
    )
    return re.compile(rf"{unix}|(?:{ISO}|{day_first}|{month_first}|{NUMERIC}){CLOCK}|{AGO}", re.IGNORECASE)


@cache
def _hint() -> re.Pattern[str]:
    """Return what every date holds, in lower case: it is found in a tenth of the time that a date takes."""
    stems = "|".join(sorted({re.escape(w.word[:3]) for w in comment_words("month")}))
    numeric = r"[-/.] ?\d\d?[-/.] ?\d"  # 2012-07-11, 11.7.12, from the first dash or dot on
    day_first = rf"(?:st|nd|rd|th|\.)?[\s/-]*(?:of\s+|de\s+)?(?:{stems})"  # 11. Jul
    return re.compile(rf"\d(?:{numeric}|{day_first})|\b(?:{stems})[^\W\d_]*+\.?\s+\d|(?P<ago>ago\b)")


@lru_cache(maxsize=LINES)
def _find_date(text: str) -> re.Match[str] | None:
    """Return the first date of a text; it is looked for from where the first hint of one stands."""
    low = text.lower()
    hint = _hint().search(low)
    if hint is None:
        return None
    is_near = hint["ago"] is None and len(low) == len(text)
    return _dates().search(text, max(0, hint.start() - YEAR_DIGITS) if is_near else 0)


@cache
def _months() -> dict[str, int]:
    return {w.word: int(w.value) for w in comment_words("month")}


@lru_cache(maxsize=LINES)
def read_stamp(text: str, day_first: bool = False) -> Stamp | None:
    """Return the first date, with its time of day, that a short text holds.

    `day_first` says that 3/4/2012 is a day in April.

    >>> read_stamp("Posted on 11. Jul, 2012 at 5:49 pm").iso
    '2012-07-11T17:49:00'
    """
    match = _find_date(text)
    if not match:
        return None
    found = match.groupdict()
    if unit := found["unit"] or found["short"]:
        count = found["many"] or found["few"]
        many = int(count) if count.isdigit() else 1
        return Stamp((-many * MINUTES[unit.lower()],), "ago", match.start(), match.end(), None)
    year, month, day = _day(found, day_first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if found["t5"]:
        clocked: list[str | None] = [*found["t5"].split(":"), None]
        found["hour"], found["minute"], found["second"] = clocked[0], clocked[1], clocked[2]
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


def _day(found: dict[str, str | None], day_first: bool) -> tuple[int, int, int]:
    if found["y1"]:
        return int(found["y1"]), int(found["m1"] or 0), int(found["d1"] or 0)
    if found["n2"]:
        return _year(found["y2"]), _months()[found["n2"].lower()], int(found["d2"] or 0)
    if found["n3"]:
        return _year(found["y3"]), _months()[found["n3"].lower()], int(found["d3"] or 0)
    if found["n5"]:
        return int(found["y5"] or 0), _months()[found["n5"].lower()], int(found["d5"] or 0)
    first, second, year = int(found["a"] or 0), int(found["b"] or 0), int(found["y4"] or 0)
    year += 2000 if year < 100 else 0
    # 25/12 can only be day first, 3.4. is written so where days stand first; 3/4 is read month first.
    is_day_first = first > 12 or (second <= 12 and (found["s4"] == "." or day_first))
    return (year, second, first) if is_day_first else (year, first, second)


def _year(text: str | None) -> int:
    """Return the year that 2017 or '17 is; 0 for none."""
    digits = (text or "0").lstrip("'’‘")
    return int(digits) + (2000 if len(digits) == 2 else 0)


CLOCK_TIME = r"\b\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?|\b)|\b\d{1,2}\s*[ap]\.?m\b\.?"  # 10.15, 5 pm
BESIDE = re.compile(
    r"\b\d{1,3}[- ]min(?:ute)?s?\.?[- ](?:read|listen|watch)\b"  # 4 min read
    r"|(?:\b\d[\d,]*+|\bno) comments?\b",
    re.IGNORECASE,
)
"""What stands beside the date of a report: how long it takes to read, how many comments it has."""
MONTH_YEAR = r"(?:19|20)\d\d\b"


@cache
def _labels() -> re.Pattern[str]:
    """Return the words that stand around a date and say no more than what happened then: 'last updated'."""
    words = match_words("dated", "zone", "weekday")
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])\.?", re.IGNORECASE)


@cache
def _zoned() -> re.Pattern[str]:
    """Return a time of day without a mark, before its zone: 1405 GMT."""
    return re.compile(rf"\b\d{{4}}(?=\s+(?:{match_words('zone')})\b)", re.IGNORECASE)


@cache
def _months_alone() -> re.Pattern[str]:
    month = match_words("month")
    day = r"\d{1,2}(?:st|nd|rd|th|\.)?"
    return re.compile(rf"\b(?:(?:{day}\s+)?(?:{month})\b\.?(?:\s+{day}\b)?,?\s*(?:{MONTH_YEAR})?)", re.I)


@lru_cache(maxsize=LINES)
def strip_dates(text: str) -> str | None:
    """Return what a line says besides dates and times and the words around them; None if it gives neither.

    >>> strip_dates("Last updated on Wednesday, 8 March 2017 at 10.15 GMT")
    ''
    >>> strip_dates("By Ann Lee, 3 hours ago")
    'By Ann Lee'
    >>> strip_dates("Ann Lee") is None
    True
    """
    if not any(map(str.isdigit, text)) and "ago" not in text.lower():
        return None
    rest, count = _dates().subn(" ", text)
    rest, clocks = re.subn(CLOCK_TIME, " ", rest, flags=re.IGNORECASE)
    rest = BESIDE.sub(" ", _zoned().sub(" ", rest))
    if not count and not clocks:
        rest, count = _months_alone().subn(" ", rest)
        if not count or not re.search(r"\d", text):
            return None
    return " ".join(_labels().sub(" ", rest).split()).strip(" \t|·•,@/–—-:;()[]*>+")
