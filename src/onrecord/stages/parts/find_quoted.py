from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from onrecord.lexicons.comment_words import comment_words
from onrecord.stages.parts.read_body import QUOTED_RUN, RUN, Body, fold_words

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
MOST_HAVING = 40
"""Comments that have a run of words from which it is a phrase of the day."""


@cache
def fillers() -> frozenset[str]:
    """Return the words that two comments share by chance."""
    return frozenset(word.word for word in comment_words("filler"))


class Sayings:
    """Which comments of a page have a run of words in common, and whether its report has it, too."""

    def __init__(self, report: tuple[str, ...], bodies: Sequence[Body]) -> None:
        self.bodies = bodies
        self.where: dict[str, list[int]] = {}
        """Of each word, the comments that have it."""
        self.report = frozenset(report)
        self._report = _join(report)
        self._joined: dict[int, str] = {}
        self._having: dict[tuple[str, ...], list[int]] = {}
        self._sets: dict[str, frozenset[int]] = {}
        for i, body in enumerate(bodies):
            for word in dict.fromkeys(body.words):
                self.where.setdefault(word, []).append(i)

    def shared_runs(self, words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
        """Yield the runs of so many words, in order, that hold no word of one comment alone."""
        count = 0
        for k, word in enumerate(words, 1):
            count = count + 1 if len(self.where.get(word, ())) > 1 else 0
            if count >= length:
                yield words[k - length : k]

    def having(self, run: tuple[str, ...]) -> list[int]:
        """Return the comments that have a run of words, in order; none if it is only one comment's."""
        found = self._having.get(run)
        if found is None:
            both = self._sharing(run)
            found = sorted(both) if len(run) == 1 or len(both) < 2 else self._search(run, both)
            self._having[run] = found = found if len(found) > 1 else []
        return found

    def _sharing(self, run: tuple[str, ...]) -> frozenset[int]:
        """Return the comments that have every word of a run; none if it is only one comment's."""
        words = sorted(dict.fromkeys(run), key=lambda word: len(self.where.get(word, ())))
        both = self._set_of(words[0])
        for word in words[1:]:
            if len(both) < 2:
                break
            both &= self._set_of(word)
        return both if len(both) > 1 else frozenset()

    def _set_of(self, word: str) -> frozenset[int]:
        found = self._sets.get(word)
        if found is None:
            found = self._sets[word] = frozenset(self.where.get(word, ()))
        return found

    def _search(self, run: tuple[str, ...], among: Iterable[int]) -> list[int]:
        """Return which of some comments that have every word of a run have it as it stands."""
        wanted = _join(run)
        for i in among:
            if i not in self._joined:
                self._joined[i] = _join(self.bodies[i].words)
        return sorted(i for i in among if wanted in self._joined[i])

    def others(self, run: tuple[str, ...], i: int, backwards: bool) -> list[int]:
        """Return the comments, nearest first, that could have said a run of words before comment `i`."""
        found = self.having(run)
        if not found or len(found) > MOST_HAVING or _join(run) in self._report:
            return []
        return [j for j in found if j > i] if backwards else [j for j in reversed(found) if j < i]


def _join(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "


def find_quoted(said: Sayings, i: int, backwards: bool) -> tuple[int, str] | None:
    """Return the comment whose words comment `i` repeats, and the rule; None if it repeats none."""
    body = said.bodies[i]
    for words in body.quoted:
        for run in said.shared_runs(words, QUOTED_RUN):
            found = said.others(run, i, backwards)
            # What several comments say is a common phrase, not one of them quoted.
            if found and len(said.having(run)) <= 3 and _content(run) >= (2 if len(words) > SHORT else 3):
                return found[-1], "quotes"
    for run in said.shared_runs(body.words[:OPENING], RUN):
        found = said.others(run, i, backwards) if _content(run) >= 4 else []
        if found and len(said.having(run)) <= 3:
            return found[-1], "repeats"  # who said it first, not who repeated it
    return None


def find_echoed(said: Sayings, i: int, backwards: bool) -> tuple[int, str] | None:
    """Return the comment whose rare words comment `i` takes up at its opening, and the rule."""
    body = said.bodies[i]
    asked = ASKED.match(body.text)
    for word in fold_words(asked[1]) if asked else ():
        found = said.others((word,), i, backwards)
        if found and len(word) >= 6 and len(said.where[word]) <= 3 and word not in common_words():
            return found[0], "asks-back"
    concedes = CONCEDED.search(body.text) is not None
    for run in said.shared_runs(body.words if concedes else body.words[:ECHO], 2):
        found = said.others(run, i, backwards) if _content(run) == 2 else []
        near = len(found) == 1 and abs(found[0] - i) <= (3 if concedes else 1)
        if near and _is_rare(said, run):
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
    return any(len(said.having((w,))) <= 3 and w not in said.report for w in run)
