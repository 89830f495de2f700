"""The stage: runs each check over the text and keeps what agrees and what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from onrecord.mentions import comment_parts
from onrecord.records import Check, Draft, Found
from onrecord.stages.checks.check_age import check_ages
from onrecord.stages.checks.check_change import check_changes
from onrecord.stages.checks.check_conversion import check_conversions
from onrecord.stages.checks.check_count import check_counts
from onrecord.stages.checks.check_duration import check_durations
from onrecord.stages.checks.check_share import check_shares
from onrecord.stages.checks.check_sum import check_sums
from onrecord.stages.checks.check_weekday import check_weekdays

CHECKS: tuple[Callable[[Draft], Iterator[Check]], ...] = (
    check_conversions,
    check_sums,
    check_changes,
    check_shares,
    check_ages,
    check_weekdays,
    check_durations,
    check_counts,
)
"""Each gives the checks of one kind, in text order."""


def find_checks(draft: Draft) -> Found[Check]:
    """Return what the arithmetic of a page says: figures that agree with one another, and that do not."""
    found = [check for checker in CHECKS for check in checker(draft)]
    voices = [part for part in draft.parts if part.id in comment_parts(draft)]

    def order(check: Check) -> tuple[bool, int, str]:
        start = check.spans[0][0]
        return any(part.start <= start < part.end for part in voices), start, check.kind

    found.sort(key=order)
    return Found(tuple(replace(check, id=f"c{number}") for number, check in enumerate(found, 1)))
