"""Words and acts that tell what became of something announced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.records import Act


@dataclass(frozen=True, slots=True)
class Undoing:
    """Codebook entries that undo an act, named by its type or by type and mode."""

    act: str
    undone_by: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    phrase: str
    sense: str
    """`undone` (put off, called off) or `part` (began, the first group)."""
    source: str


def undoings_of(act: Act) -> tuple[str, ...]:
    """Return the codebook entries that undo an act: cancelled talks undo a meeting."""
    table = _undoings()
    return (*table.get(f"{act.type}/{act.mode}", ()), *table.get(act.type, ()))


@cache
def _undoings() -> dict[str, tuple[str, ...]]:
    return {row.act: row.undone_by for row in load("act_undoings", Undoing)}


def find_outcome(clause: str) -> tuple[str, str] | None:
    """Return the first phrase of a clause that tells an outcome, and its sense.

    >>> find_outcome("The first group of soldiers left the town.")
    ('first group', 'part')
    """
    found = _pattern().search(clause)
    if found is None:
        return None
    phrase = " ".join(found[0].lower().split())
    return phrase, _senses()[phrase]


@cache
def _senses() -> dict[str, str]:
    return {row.phrase: row.sense for row in load("outcome_words", OutcomeWord)}


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all phrases: `put off`, also over a line break."""
    phrases = sorted(_senses(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(p.replace(" ", r"\s+") for p in phrases) + r")\b", re.IGNORECASE)
