"""Where a text stands in time, and TIMEX3 values reckoned from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.dates import add_months

UNIT_DAYS = {"D": 1, "W": 7, "WE": 7, "F": 14}
UNIT_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}


@dataclass(frozen=True, slots=True)
class Now:
    """The day of publication, and the last date that the text came to."""

    anchor: date | None
    narrative: bool
    """Whether the text tells of the past, so that relative times count from its last date."""
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def moved(self, year: int, month: int | None = None, day: int | None = None, opens: bool = True) -> Now:
        """Return the time after the text came to a date; `opens` says that it opens a paragraph.

        A bare year within a paragraph is often an aside, `in her 1988 memoir`, and does not move a text
        that tells of a month; as a heading, or in the first words of a paragraph, it does.
        """
        if month is None and self.month is not None and (not opens or year == self.year):
            return self
        return replace(self, year=year, month=month, day=day)

    @property
    def base(self) -> Now:
        """Return the date that relative times count from: the text's own, or that of publication."""
        if self.anchor is None or (self.narrative and self.year is not None):
            return self
        return replace(self, year=self.anchor.year, month=self.anchor.month, day=self.anchor.day)


def date_value(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """Return a TIMEX3 date; years before our era are negative.

    >>> date_value(-490, 9), date_value(None, 5, 3)
    ('BC0490-09', 'XXXX-05-03')
    """
    text = "XXXX" if year is None else f"BC{-year:04d}" if year < 0 else f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text


def week_value(day: date) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def unknown_value(unit: str) -> str:
    """Return the value of a date of which only the size is known."""
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(
        unit, "XXXX-XX-XXTXX" if unit.startswith("T") else "XXXX"
    )


def shifted_value(now: Now, unit: str, count: int) -> str:
    """Return the date of a unit's size some units from where `now` stands."""
    if now.year is None:
        return unknown_value(unit)
    if unit in ("Y", "DE", "CE"):
        years = now.year + count * {"Y": 1, "DE": 10, "CE": 100}[unit]
        if now.year < 0 or years <= 0:
            return date_value(years)[: {"Y": 6, "DE": 5, "CE": 4}[unit]]
        return f"{years:04d}"[: {"Y": 4, "DE": 3, "CE": 2}[unit]]
    if now.year < 0:
        return "BC" + unknown_value(unit)
    try:
        return _shifted_day(now, unit, count)
    except (OverflowError, ValueError):
        return unknown_value(unit)


def _shifted_day(now: Now, unit: str, count: int) -> str:
    year = now.year or 1
    if unit in ("M", "Q"):
        if now.month is None:
            return f"{year:04d}-XX"
        day = add_months(date(year, now.month, 1), count * UNIT_MONTHS[unit])
        return date_value(day.year, day.month) if unit == "M" else f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if now.month is None or now.day is None:
        return (
            date_value(year, now.month) + ("-XX" if now.month else "-XX-XX")
            if unit == "D"
            else f"{year:04d}-WXX"
        )
    day = date(year, now.month, now.day) + timedelta(days=count * UNIT_DAYS.get(unit, 0))
    if unit == "D":
        return day.isoformat()
    if unit.startswith("T"):
        return day.isoformat() + "TXX"
    return week_value(day) + ("-WE" if unit == "WE" else "")
