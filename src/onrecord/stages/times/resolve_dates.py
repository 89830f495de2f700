"""Resolvers of the patterns whose value is a date: each returns the readings of a match."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.dates import parse_iso
from onrecord.stages.times.match_patterns import Match
from onrecord.stages.times.reckon import Now, date_value, shifted_value

HALF_A_YEAR = 6
"""A month named in the present tense is the next one up to so many months ahead, else the last."""
CENTURY_TURN = 30
"""Two-digit years from here on are of the 1900s where nothing else says so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a match, or some of its words, says: a TIMEX3 value."""

    first: int
    last: int
    value: str
    type: str = "DATE"
    mod: str | None = None
    moves: tuple[int, int | None, int | None] | None = None
    """Year, month and day that the text has come to with it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a resolver knows beside its match."""

    now: Now
    tense: Callable[[], str]
    ahead: int | None = None
    """Year of the date that this one is joined to: `April and June 1937`."""


Readings = tuple[Reading, ...]


def read_as(match: Match, value: str, type: str = "DATE", mod: str | None = None) -> Readings:
    """Return one reading of the whole match."""
    return (Reading(match.first, match.last, value, type, mod),)


def dated(match: Match, year: int | None, month: int | None = None, day: int | None = None) -> Readings:
    """Return a date as the reading of the whole match; none if there is no such day."""
    if not is_day(year, month, day):
        return ()
    moves = None if year is None else (year, month, day)
    return (Reading(match.first, match.last, date_value(year, month, day), moves=moves),)


def is_day(year: int | None, month: int | None, day: int | None) -> bool:
    """Return whether the calendar has such a day; in an unknown year, February has 29."""
    if day is None or month is None:
        return True
    return 1 <= month <= 12 and 1 <= day <= monthrange(year if year and year > 0 else 2000, month)[1]


def own_year(match: Match) -> int | None:
    """Return the year that a match names, before our era negative."""
    text = match.kind("year")
    era = match.kind("era")
    if not text and era:
        text = next(
            (w.kinds["int"] for w in reversed(match.words[match.first : match.last]) if "int" in w.kinds), ""
        )
    return int(text) * (-1 if era == "-1" else 1) if text else None


def step_of(match: Match) -> int | None:
    """Return -1 for last or previous, 0 for this or same, 1 for next or following, None without."""
    text = match.kind("last", "next", "this", "previous", "following", "same")
    if text:
        return int(text)
    return 0 if match.says("that") else None


def year_of_month(match: Match, scene: Scene, month: int, day: int | None = None) -> int | None:
    """Return the year of a month, or of a day in it, that is named without one."""
    base = scene.now.base
    if scene.ahead is not None:
        return scene.ahead
    if base.year is None:
        return None
    step = step_of(match)
    if scene.now.anchor is None or (scene.now.narrative and scene.now.year is not None):
        if base.month is None or step == 0:
            return base.year
        return base.year + (1 if base.month >= 10 and month <= base.month - 8 else 0)
    place, here = (month, day or 0), (base.month or 1, (base.day or 1) if day else 0)
    if step == 0 and not match.says("that"):
        return base.year
    if step == -1:
        return base.year - (place >= here)
    if step == 1:
        return base.year + (place <= here)
    tense = scene.tense()
    if tense == "future":
        return base.year + (place < here)
    if tense == "past":
        return base.year - (place > here)
    months = (month - (base.month or 1)) % 12
    return base.year + (place < here if months <= HALF_A_YEAR else -(place > here))


def day_date(match: Match, scene: Scene) -> Readings:
    """Read `5 June 1967`, `June 5`, `the 5th of June of that year`."""
    month, day = int(match.kind("month")), int(match.kind("mday"))
    year = own_year(match)
    if year is None and match.kind("unit"):
        year = scene.now.base.year
    return dated(match, year_of_month(match, scene, month, day) if year is None else year, month, day)


def days_of_month(match: Match, scene: Scene) -> Readings:
    """Read `3 to 7 May 2017` as two days."""
    month, year = int(match.kind("month")), own_year(match)
    days = [i for i in range(match.first, match.last) if "mday" in match.words[i].kinds]
    first, last = (int(match.words[i].kinds["mday"]) for i in days)
    if year is None:
        year = year_of_month(match, scene, month, first)
    if not (is_day(year, month, first) and is_day(year, month, last)):
        return ()
    moves = None if year is None else (year, month, last)
    opens = next((i for i in range(match.first, days[0]) if "month" in match.words[i].kinds), days[0])
    return (
        Reading(opens, days[0] + 1, date_value(year, month, first)),
        Reading(days[1], match.last, date_value(year, month, last), moves=moves),
    )


def month_date(match: Match, scene: Scene) -> Readings:
    """Read `June 1967`, `June`, `last July`, `August of that year`."""
    month, year = int(match.kind("month")), own_year(match)
    if year is None and match.rule == "month_relative":
        base = scene.now.base.year
        year = None if base is None else base + (step_of(match) or 0)
    elif year is None:
        year = year_of_month(match, scene, month)
    return dated(match, year, month)


def months(match: Match, scene: Scene) -> Readings:
    """Read `March-April 1998` as one span, but as two months where the dash stands free."""
    first, last = (int(w.kinds["month"]) for w in match.words[match.first : match.last] if "month" in w.kinds)
    year = own_year(match)
    if year is None:
        year = year_of_month(match, scene, last)
    begin = None if year is None else year - (first > last)
    moves = None if year is None else (year, last, None)
    dash = next(i for i in range(match.first, match.last) if "dash" in match.words[i].kinds)
    if match.words[dash - 1].end < match.words[dash].start:
        return (
            Reading(match.first, dash, date_value(begin, first)),
            Reading(dash + 1, match.last, date_value(year, last), moves=moves),
        )
    return (
        Reading(match.first, match.last, f"{date_value(begin, first)}/{date_value(year, last)}", moves=moves),
    )


def year_date(match: Match, scene: Scene) -> Readings:
    """Read `1967`, `490 BC`."""
    return dated(match, own_year(match))


def years_era(match: Match, scene: Scene) -> Readings:
    """Read `431-404 BC` as two years."""
    sign = -1 if match.kind("era") == "-1" else 1
    numbers = [i for i in range(match.first, match.last) if "int" in match.words[i].kinds]
    first, last = (int(match.words[i].kinds["int"]) * sign for i in numbers)
    return (
        Reading(match.first, numbers[0] + 1, date_value(first), moves=(first, None, None)),
        Reading(numbers[1], match.last, date_value(last)),
    )


def year_short(match: Match, scene: Scene) -> Readings:
    """Read `1961-62` as two years; what does not go up is no such span."""
    first = int(match.kind("year"))
    last = first // 100 * 100 + int(match.kind("two"))
    if last <= first:
        return (Reading(match.first, match.first + 1, date_value(first), moves=(first, None, None)),)
    return (
        Reading(match.first, match.first + 1, date_value(first)),
        Reading(match.last - 1, match.last, date_value(last), moves=(last, None, None)),
    )


def iso_date(match: Match, scene: Scene) -> Readings:
    """Read `2017-12-11`."""
    day = parse_iso(match.kind("iso"))
    return dated(match, day.year, day.month, day.day) if day else ()


def slashed_date(match: Match, scene: Scene) -> Readings:
    """Read `25/12/2017` or `12/25/2017`; which of two numbers up to 12 is the month is not known."""
    one, two, year = map(int, match.kind("slashed").split("/"))
    if year < 100:
        year += 1900 if year >= CENTURY_TURN else 2000
    if one > 12:
        return dated(match, year, two, one) if two <= 12 else ()
    if two > 12 or one == two:
        return dated(match, year, one, two)
    return read_as(match, date_value(year) + "-XX-XX")


def decade(match: Match, scene: Scene) -> Readings:
    """Read `the 1990s`, `the late 80s`, `the sixties`, `the 320s BC`."""
    text = match.kind("decade").strip("'’s").rstrip("'’") or match.kind("decadeword")
    if len(text) == 2:
        text = f"19{text}"
    if len(text) == 3 and not match.kind("era"):
        return ()
    if match.kind("era") == "-1":
        return read_as(match, f"BC{int(text):04d}"[:5])
    return read_as(match, text[:3])


def century(match: Match, scene: Scene) -> Readings:
    """Read `the 20th century` as 19."""
    number = int(match.kind("ordinal")) - 1
    if not 0 <= number <= 29:
        return ()
    return read_as(match, f"{'BC' if match.kind('era') == '-1' else ''}{number:02d}")


SPRING = 3
"""In January and February the winter that runs began the year before; so did, in March, the last."""


def season(match: Match, scene: Scene) -> Readings:
    """Read `last summer`, `the spring of 1911`."""
    name, year, base = match.kind("season"), own_year(match), scene.now.base
    if year is None and base.year is not None:
        month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[name]
        step = step_of(match)
        here = base.month or 1
        if name == "WI" and base.month is not None and step in (None, 0, -1) and here <= SPRING:
            year = base.year - (2 if step == -1 and here < SPRING else 1)
        elif step in (-1, 1) and not scene.now.narrative:
            year = base.year + (step if (month >= here if step < 0 else month <= here) else 0)
        elif step in (-1, 1):
            year = base.year + (1 if step > 0 and here >= month else -1 if step < 0 and here <= month else 0)
        else:
            year = base.year
    return read_as(match, f"{date_value(year)}-{name}")


def part_of_year(match: Match, scene: Scene) -> Readings:
    """Read `Q3 2016`, `the third quarter of last year`, `the second half of 1967`."""
    letter = "Q" if match.rule == "quarter" else "H"
    year, base = own_year(match), scene.now.base.year
    number = match.kind("quarter", "half_year", "ordinal") or (
        ("4" if letter == "Q" else "2") if match.says("latter", "last", "final") else ""
    )
    if not number or int(number) > (4 if letter == "Q" else 2):
        return ()
    if any(w.kinds.get("unit", "Y") != "Y" for w in match.words[match.last - 1 : match.last]):
        return ()
    if year is None and base is not None:
        year = base + (step_of(match) or 0)
    return read_as(match, f"{date_value(year)}-{letter}{number}")


def fiscal_year(match: Match, scene: Scene) -> Readings:
    """Read `this fiscal year`; what its days are differs between countries."""
    year, base = own_year(match), scene.now.base.year
    if year is None and base is not None:
        year = base + (step_of(match) or 0)
    return read_as(match, date_value(year), mod="APPROX")


def holiday(match: Match, scene: Scene) -> Readings:
    """Read `Christmas 1934`, `last Easter`."""
    rule, year = match.kind("holiday"), own_year(match)
    whole = parse_iso(rule)
    if whole:
        return dated(match, whole.year, whole.month, whole.day)
    if year is None:
        day = holiday_date(rule, scene.now.base.year or 2000)
        year = year_of_month(match, scene, day.month, day.day)
    if year is None:
        return dated(match, None, day.month, day.day) if rule[2:3] == "-" and len(rule) == 5 else ()
    day = holiday_date(rule, year)
    return dated(match, day.year, day.month, day.day)


def holiday_date(rule: str, year: int) -> date:
    """Return the day of a holiday in a year.

    >>> holiday_date("11-4-4", 2017), holiday_date("easter-2", 2018)
    (datetime.date(2017, 11, 23), datetime.date(2018, 3, 30))
    """
    if rule.startswith("easter"):
        return easter_date(year) + timedelta(days=int(rule[6:]))
    parts = [int(part) for part in rule.split("-")]
    if len(parts) == 2:
        return date(year, parts[0], parts[1])
    month, weekday, nth = parts
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else day - timedelta(days=7)


def easter_date(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def weekday(match: Match, scene: Scene) -> Readings:
    """Read `Monday`: the day of publication itself, else the last or, of the future, the next."""
    number, now = int(match.kind("weekday")), scene.now
    if now.anchor is None or (now.narrative and now.day is None):
        return read_as(match, f"XXXX-WXX-{number}")
    base = date(now.year, now.month or 1, now.day) if now.narrative and now.year and now.day else now.anchor
    step = step_of(match)
    if match.says("week"):
        monday = base - timedelta(days=base.isoweekday() - 1) + timedelta(weeks=step or 0)
        day = monday + timedelta(days=number - 1)
        return dated(match, day.year, day.month, day.day)
    ahead = (number - base.isoweekday()) % 7
    if step == 1 or (step is None and ahead and scene.tense() == "future"):
        day = base + timedelta(days=ahead or 7)
    elif step == -1:
        day = base - timedelta(days=(7 - ahead) if ahead else 7)
    elif step == 0:
        day = base + timedelta(days=number - base.isoweekday())
    else:
        day = base - timedelta(days=(7 - ahead) % 7)
    return dated(match, day.year, day.month, day.day)


def deictic(match: Match, scene: Scene) -> Readings:
    """Read `yesterday`, `today`, `the day after tomorrow`."""
    now, step = scene.now, int(match.kind("deictic"))
    if now.anchor is None:
        return read_as(match, "PRESENT_REF" if step == 0 else "XXXX-XX-XX")
    if now.narrative:
        return read_as(match, "PRESENT_REF" if step == 0 else "XXXX-XX-XX")
    step += 1 if match.has("after") else -1 if match.has("before") else 0
    day = now.anchor + timedelta(days=step)
    return dated(match, day.year, day.month, day.day)


def moved_reading(match: Match, value: str, mod: str | None = None) -> Readings:
    """Return a reading whose value, as far as it is a date, the text has come to."""
    parts = value.split("-")
    moves = None
    if all(part.isdigit() for part in parts) and len(parts[0]) == 4:
        numbers = [int(part) for part in parts] + [None, None]
        moves = (int(parts[0]), numbers[1], numbers[2])
    return (Reading(match.first, match.last, value, mod=mod, moves=moves),)


def unit_deictic(match: Match, scene: Scene) -> Readings:
    """Read `last week`, `this year`, `next month`."""
    unit, now = match.kind("unit"), scene.now
    if unit in ("TS", "TM", "TH"):
        return ()
    step = step_of(match) or 0
    return moved_reading(match, shifted_value(now.base, unit, step))


def unit_focus(match: Match, scene: Scene) -> Readings:
    """Read `the following year`, `that month`, `the next day`: counted from the last date."""
    unit, now = match.kind("unit"), scene.now
    if unit.startswith("T"):
        return ()
    here = now if now.year is not None else now.base
    step = step_of(match)
    if match.says("before", "previously", "prior"):
        step = -1
    elif match.says("after"):
        step = 1
    return moved_reading(match, shifted_value(here, unit, step or 0))


def unit_part(match: Match, scene: Scene) -> Readings:
    """Read `the end of the month`, `later that year`."""
    unit, now = match.kind("unit"), scene.now
    if unit.startswith("T"):
        return ()
    here = now if now.narrative and now.year is not None else now.base
    if match.says("that", "same") and now.year is not None:
        here = now
    month = match.kind("month")
    if month:
        year = year_of_month(match, scene, int(month))
        return dated(match, year, int(month))
    step = step_of(match) if match.kind("last", "next") else 0
    mod = match.kind("side", "edge") or ("END" if match.says("later") else "START")
    return moved_reading(match, shifted_value(here, unit, step or 0), mod)


def day_of_month(match: Match, scene: Scene) -> Readings:
    """Read `the 24th` in the month that the text has come to."""
    now = scene.now if scene.now.year is not None else scene.now.base
    day = int(match.kind("nth"))
    if now.year is None or now.month is None:
        return ()
    return dated(match, now.year, now.month, day)
