"""the time expressions of a page with their TIMEX3 values."""

from onrecord.stages.times.find_times import find_times

__all__ = ["find_times"]
