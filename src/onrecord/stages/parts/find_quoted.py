from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.lexicons.comment_words import comment_words
from onrecord.stages.parts.read_body import QUOTED_RUN, RUN, Body, fold_words, runs_of

OPENING = 45
"""Words at the start of a comment within which it may repeat another."""

SHORT = 5
"""Words of a quotation up to which it must carry more meaning to be one."""

ECHO = 9
"""Words at the start within which a rare pair of words is an echo."""

ASKED = re.compile(r"[\"'“]?([^\W\d_]++(?:\s[^\W\d_]++){0,2}\s?)\?")  # "Really now?"
CONCEDED = re.compile(
    r"\byou(?:['’]?re| are)(?: absolutely| quite| so| both)? (?:right|wrong|(?:in)?correct|mistaken)\b",
    re.IGNORECASE,
)
LEAST_LETTERS = 3


@cache
def fillers() -> frozenset[str]:
    """Return the words that two comments share by chance."""
    return frozenset(word.word for word in comment_words("filler"))


class Sayings:
    """An index of the runs of words in the comments of a page, and of those in its report."""

    def __init__(self, report: tuple[str, ...], bodies: Sequence[Body]) -> None:
        self.bodies = bodies
        self.pages: dict[int, set[tuple[str, ...]]] = {}
        self.where: dict[tuple[str, ...], list[int]] = {}
        """Of each run that several comments have, which have it."""
        self._report = report
        self._index(1)

    def _index(self, length: int) -> None:
        """Take in the runs of a length, when the first of them is asked for."""
        self.pages[length] = set(runs_of(self._report, length))
        own = [set(runs_of(body.words, length)) for body in self.bodies]
        seen: set[tuple[str, ...]] = set()
        shared: set[tuple[str, ...]] = set()
        for runs in own:
            shared |= seen & runs
            seen |= runs
        for i, runs in enumerate(own):
            for run in runs & shared:  # in no order: they are only looked up
                self.where.setdefault(run, []).append(i)

    def others(self, run: tuple[str, ...], i: int, backwards: bool) -> list[int]:
        """Return the comments, nearest first, that could have said a run of words before comment `i`."""
        if len(run) not in self.pages:
            self._index(len(run))
        found = self.where.get(run)
        if not found or len(found) > 40 or run in self.pages[len(run)]:
            return []
        return [j for j in found if j > i] if backwards else [j for j in reversed(found) if j < i]


def find_quoted(said: Sayings, i: int, backwards: bool) -> tuple[int, str] | None:
    """Return the comment whose words comment `i` repeats, and the rule; None if it repeats none."""
    body = said.bodies[i]
    for words in body.quoted:
        for run in runs_of(words, QUOTED_RUN):
            found = said.others(run, i, backwards)
            # What several comments say is a common phrase, not one of them quoted.
            if found and len(said.where[run]) <= 3 and _content(run) >= (2 if len(words) > SHORT else 3):
                return found[-1], "quotes"
    for run in runs_of(body.words[:OPENING], RUN):
        found = said.others(run, i, backwards)
        if found and len(said.where[run]) <= 3 and _content(run) >= 4:
            return found[-1], "repeats"  # who said it first, not who repeated it
    return None


def find_echoed(said: Sayings, i: int, backwards: bool) -> tuple[int, str] | None:
    """Return the comment whose rare words comment `i` takes up at its opening, and the rule."""
    body = said.bodies[i]
    asked = ASKED.match(body.text)
    for word in fold_words(asked[1]) if asked else ():
        found = said.others((word,), i, backwards)
        if found and len(word) >= 6 and len(said.where[(word,)]) <= 3 and word not in common_words():
            return found[0], "asks-back"
    concedes = CONCEDED.search(body.text) is not None
    for run in runs_of(body.words if concedes else body.words[:ECHO], 2):
        found = said.others(run, i, backwards)
        near = len(found) == 1 and abs(found[0] - i) <= (3 if concedes else 1)
        if near and _content(run) == 2 and _is_rare(said, run):
            return found[0], "takes-up"
    return None


@cache
def common_words() -> frozenset[str]:
    """Return the words that say nothing of what a comment is about."""
    return frozenset(
        w.word for role in ("filler", "discourse", "verdict", "slang") for w in comment_words(role)
    )


def _content(run: tuple[str, ...]) -> int:
    """Return how many words of a run carry meaning."""
    return sum(len(word) >= LEAST_LETTERS and word not in fillers() for word in run)


def _is_rare(said: Sayings, run: tuple[str, ...]) -> bool:
    """Whether one of two words stands in few comments of the page and not in its report."""
    return any(len(said.where.get((w,), ())) <= 3 and (w,) not in said.pages[1] for w in run)
