from __future__ import annotations

import doctest
from typing import Any

import pytest

from onrecord.dates import days, interval_of, stamps


@pytest.mark.parametrize("module", [days, stamps])
def test_examples_of_the_functions_hold(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-W01", "2017-01-02", "2017-01-08"),
        ("2017-WI", "2017-12-01", "2018-02-28"),
        ("2017-H2", "2017-07-01", "2017-12-31"),
        ("2017-12-11T08:00Z", "2017-12-11", "2017-12-11"),
        ("199", "1990-01-01", "1999-12-31"),
        ("1998-03/1998-04", "1998-03-01", "1998-04-30"),
    ],
)
def test_a_value_covers_these_days(value: str, first: str, last: str) -> None:
    covered = interval_of(value)
    assert covered is not None
    assert tuple(day.isoformat() for day in covered) == (first, last)


@pytest.mark.parametrize(
    "value", ["P2Y", "XXXX-05", "2017-13", "2017-02-30", "PRESENT_REF", "BC0490", "0", ""]
)
def test_a_value_without_fixed_days_covers_none(value: str) -> None:
    assert interval_of(value) is None


@pytest.mark.parametrize(
    ("text", "scale", "iso"),
    [
        ("Ann Lee 15 May, 18:02", "yearless", None),
        ("Ann Lee, 15 May at 7:15", "yearless", None),
        ("15 May '17", "date", "2017-05-15"),
        ("Wed 8 Mar ‘17 at 9:05", "date", "2017-03-08T09:05:00"),
    ],
)
def test_a_day_in_front_of_its_month_needs_a_year_or_an_hour(text: str, scale: str, iso: str | None) -> None:
    stamp = stamps.read_stamp(text)
    assert stamp is not None
    assert (stamp.scale, stamp.iso) == (scale, iso)


@pytest.mark.parametrize("text", ["The 15 May protests went on", "15 May 180 people"])
def test_a_day_and_month_alone_are_no_date_of_a_line(text: str) -> None:
    assert stamps.read_stamp(text) is None
