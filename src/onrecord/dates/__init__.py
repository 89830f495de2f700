"""Days and how pages print them: calendar arithmetic, the stamps over comments, the datelines of reports.

`days` knows ISO dates and TIMEX3 values, `stamps` the date lines of pages, `datelines` what opens a
report. Dates in running text are the business of `stages.times`.
"""

from onrecord.dates.datelines import find_dateline
from onrecord.dates.days import Interval, add_months, add_period, find_unit, interval_of, parse_iso
from onrecord.dates.stamps import CLOCK_TIME, Stamp, read_stamp, strip_dates

__all__ = [
    "CLOCK_TIME",
    "Interval",
    "Stamp",
    "add_months",
    "add_period",
    "find_dateline",
    "find_unit",
    "interval_of",
    "parse_iso",
    "read_stamp",
    "strip_dates",
]
