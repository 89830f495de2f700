from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.stages.parts.reply import Comment

LEAST_SHARE = 0.8
"""Share of the comments that must carry a time before the clock is read."""


ORDERED = 0.75
LEAST_STARTS = 3
"""Fewer comments that break the order say nothing of how threads are sorted."""

SHORT, RARE = 12, 5


@dataclass(frozen=True, slots=True)
class Order:
    """How a page orders its comments by time, and what that says of each."""

    name: str
    """`mixed`, `oldest` or `newest` first with replies under openers; `flat` if time tells nothing."""
    roles: tuple[str, ...] = ()
    """Of each comment: `opener` or `reply` where time decides, `open` where it does not."""
    newest_first: bool = False


def order_threads(comments: Sequence[Comment]) -> Order:
    """Return what the times of the comments say about who opens a thread and who answers in one."""
    times = [c.stamp for c in comments]
    scales = {t.scale for t in times if t}
    if len(comments) < 2 or len(scales) != 1 or sum(t is not None for t in times) < LEAST_SHARE * len(times):
        return Order("flat", newest_first=_counts_down(comments))
    at: list[tuple[int, ...]] = []
    for time in times:  # a comment without a time is read as posted with the one before it
        at.append(time.at if time else (at[-1] if at else ()))
    steps = list(itertools.pairwise(at))
    falls, rises = sum(b < a for a, b in steps), sum(b > a for a, b in steps)
    if not falls or not rises:
        return Order("flat", newest_first=falls > 0)
    starts = [at[0], *(b for a, b in steps if b < a)]
    climbs = sum(b >= a for a, b in itertools.pairwise(starts)) / (len(starts) - 1)
    # Where the comments that break the order are in order themselves, threads are sorted by their openers.
    # A long list that time breaks once or twice is one, too.
    if climbs >= ORDERED and (len(starts) >= LEAST_STARTS or len(at) > SHORT or rises > RARE * falls):
        return Order("oldest", _late_ones(at))
    if climbs <= 1 - ORDERED and len(starts) >= LEAST_STARTS:
        return Order("newest", ("opener", *("opener" if b <= a else "reply" for a, b in steps)), True)
    return Order("mixed", ("opener", *("opener" if b <= a else "open" for a, b in steps)))


def _late_ones(at: list[tuple[int, ...]]) -> tuple[str, ...]:
    """Return `reply` for what is later than the next opener, where openers stand oldest first."""
    kept = set(_longest_climb(at))
    roles = ["open"] * len(at)
    after: tuple[int, ...] | None = None
    for i in range(len(at) - 1, -1, -1):
        if i in kept:
            after = at[i]
        elif after is not None and at[i] > after:
            roles[i] = "reply"
        else:
            roles[i] = "opener"
    return tuple(roles)


def _longest_climb(at: list[tuple[int, ...]]) -> list[int]:
    """Return the indexes of the longest run of times that never falls, gaps allowed."""
    ends: list[tuple[int, ...]] = []
    last: list[int] = []
    before: list[int] = []
    for i, time in enumerate(at):
        place = bisect.bisect_right(ends, time)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(time)
            last.append(i)
        else:
            ends[place], last[place] = time, i
    found: list[int] = []
    i = last[-1] if last else -1
    while i >= 0:
        found.append(i)
        i = before[i]
    return found[::-1]


def _counts_down(comments: Sequence[Comment]) -> bool:
    """Whether the numbers of the comments, if they have any, run downwards."""
    numbers = [c.number for c in comments if c.number is not None]
    return len(numbers) >= 2 and numbers[0] > numbers[-1]
