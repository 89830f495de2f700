"""Days and spans of the calendar: ISO dates, periods and the days that a TIMEX3 value covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Interval = tuple[date, date]

YEAR = r"(?P<year>\d{4})"  # 2017
MONTH = r"-(?P<month>\d\d)(?:-(?P<day>\d\d))?"  # -12, -12-11
WEEK = r"-W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?"  # -W50, -W50-1, -W50-WE
PART = r"-(?P<part>Q[1-4]|H[12]|SP|SU|FA|WI)"  # -Q3, -SU
VALUE = re.compile(rf"{YEAR}(?:{MONTH}|{WEEK}|{PART})?(?:T.*)?")
MANY_YEARS = re.compile(r"\d{2,3}")  # 199 the 1990s, 19 the 1900s
PART_MONTHS = {
    **{f"Q{n}": (3 * n - 2, 3) for n in (1, 2, 3, 4)},
    "H1": (1, 6),
    "H2": (7, 6),
    "SP": (3, 3),
    "SU": (6, 3),
    "FA": (9, 3),
    "WI": (12, 3),
}
"""First month and number of months; the winter of a year begins in its December."""


def find_unit(first: date, last: date) -> str | None:
    """Return which unit of the calendar two days bound: `year`, `month`; None for any other stretch.

    >>> find_unit(date(1947, 1, 1), date(1947, 12, 31)), find_unit(date(2024, 2, 1), date(2024, 2, 29))
    ('year', 'month')
    """
    is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year
    if is_whole and (first.month, last.month) == (1, 12):
        return "year"
    return "month" if is_whole and first.month == last.month else None


def parse_iso(text: str | None) -> date | None:
    """Return the day that an ISO date or date-time begins with, or None.

    >>> parse_iso("2017-12-11T08:00:00Z")
    datetime.date(2017, 12, 11)
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """Return the same day some months on or back, the last of the month if it has no such day.

    >>> add_months(date(2017, 12, 31), 2)
    datetime.date(2018, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = min(max(count // 12, 1), 9999), count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_period(day: date, period: str) -> date | None:
    """Return the day a TIMEX3 duration later; None if the duration is vague or below a day.

    >>> add_period(date(2017, 12, 11), "P2W")
    datetime.date(2017, 12, 25)
    """
    found = re.fullmatch(r"P(\d{1,5})(D|WE|W|M|Q|Y|DE|CE)", period)
    if found is None:
        return None
    number, unit = int(found[1]), found[2]
    try:
        if unit in ("D", "W", "WE"):
            return day + timedelta(days=number * (1 if unit == "D" else 7))
        return add_months(day, number * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit])
    except (OverflowError, ValueError):
        return None


def interval_of(value: str) -> Interval | None:
    """Return the first and last day that a TIMEX3 value covers; None where it does not fix them.

    >>> interval_of("2001-09")
    (datetime.date(2001, 9, 1), datetime.date(2001, 9, 30))
    """
    if MANY_YEARS.fullmatch(value):
        years = 10 ** (4 - len(value))
        first = int(value) * years
        return (date(first, 1, 1), date(first + years - 1, 12, 31)) if first else None
    if "/" in value:
        first_part, last_part = value.split("/", 1)
        begin, finish = interval_of(first_part), interval_of(last_part)
        return (begin[0], finish[1]) if begin and finish else None
    found = VALUE.fullmatch(value)
    try:
        return _days_of(found) if found else None
    except (ValueError, OverflowError):
        return None


def _days_of(found: re.Match[str]) -> Interval:
    year = int(found["year"])
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        if found["weekday"] == "WE":
            return monday + timedelta(days=5), monday + timedelta(days=6)
        if found["weekday"]:
            day = monday + timedelta(days=int(found["weekday"]) - 1)
            return day, day
        return monday, monday + timedelta(days=6)
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day
    month, length = 1, 12
    if found["month"]:
        month, length = int(found["month"]), 1
    elif found["part"]:
        month, length = PART_MONTHS[found["part"]]
    first = date(year, month, 1)
    return first, add_months(first, length) - timedelta(days=1)
