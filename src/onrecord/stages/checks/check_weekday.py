"""Weekdays against the dates beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from onrecord.dates import parse_iso
from onrecord.language.en import MONTH_KEYS, WEEKDAYS
from onrecord.records import Check, Draft

_DAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_MONTH = (
    r"(?P<month>Jan(?:\.|uary)?|Feb(?:\.|ruary)?|Mar(?:\.|ch)?|Apr(?:\.|il)?|May|June?\.?|July?\.?|Aug(?:\.|ust)?|"
    r"Sept?(?:\.|ember)?|Oct(?:\.|ober)?|Nov(?:\.|ember)?|Dec(?:\.|ember)?)"
)
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s(?P<year>(?:19|20)\d{2})\b)?"
# "Monday, December 11, 2017"  "Monday (Dec. 11)"
WEEKDAY_MONTH = re.compile(rf"\b{_DAY},?\s\(?{_MONTH}\s{_NUMBER}\b(?![.,]\d|:\d){_YEAR}")
# "Monday 11 December 2017"  "Monday the 11th of December"
WEEKDAY_NUMBER = re.compile(rf"\b{_DAY},?\s\(?(?:the\s)?{_NUMBER}\s(?:of\s)?{_MONTH}(?![a-z]){_YEAR}")
NEAR = 45
"""Days from the publication within which a date without a year is of that time."""
OLD = re.compile(r"\b(?:anniversary|years? (?:ago|before|earlier|later)|that year|in (?:19|20)\d{2})\b", re.I)


def check_weekdays(draft: Draft) -> Iterator[Check]:
    """Yield a check for each date that names its day of the week: Monday, December 11, 2017."""
    for pattern in (WEEKDAY_MONTH, WEEKDAY_NUMBER):
        for match in pattern.finditer(draft.page.text):
            check = _check_weekday(draft, match)
            if check is not None:
                yield check


def _check_weekday(draft: Draft, match: re.Match[str]) -> Check | None:
    month = MONTH_KEYS.index(match["month"][:3].lower()) + 1
    day = int(match["day"])
    stated = WEEKDAYS.index(match["weekday"])
    if match["year"]:
        found = _make_date(int(match["year"]), month, day)
        return None if found is None else _make_check(match, found, stated)
    published = parse_iso(draft.page.published)
    if published is None or OLD.search(draft.page.text[max(0, match.start() - 100) : match.end() + 60]):
        return None
    years = [_make_date(published.year + k, month, day) for k in (-1, 0, 1)]
    near = [day for day in years if day is not None and abs((day - published).days) <= NEAR]
    if not near:
        return None
    check = _make_check(match, near[0], stated)
    if check.verdict == "inconsistent" and any(
        other is not None and other.weekday() == stated for other in years
    ):
        # the page may speak of the year before or after
        return None
    return check


def _make_check(match: re.Match[str], found: date, stated: int) -> Check:
    agrees = found.weekday() == stated
    right = WEEKDAYS[found.weekday()]
    told = f"{found.day} {found:%B} {found.year} "
    return Check(
        id="",
        kind="weekday",
        verdict="consistent" if agrees else "inconsistent",
        stated=WEEKDAYS[stated],
        expected=right,
        spans=(match.span(),),
        note=told + (f"is a {right}, as stated." if agrees else f"is a {right}, not a {WEEKDAYS[stated]}."),
        rule="weekday:year" if match["year"] else "weekday:published",
    )


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
