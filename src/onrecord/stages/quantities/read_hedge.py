"""Hedges and bounds before a number: about, at least, up to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.lexicons.figures import figure_cues
from onrecord.stages.quantities.split_tokens import Tokens

LONGEST = 6
"""Tokens of the longest phrase."""


@dataclass(frozen=True, slots=True)
class Hedge:
    phrase: str
    side: str
    effect: str
    source: str


@cache
def hedges(side: str) -> dict[str, str]:
    """Return the effect of each phrase that stands before, or after, a figure."""
    return {entry.phrase: entry.effect for entry in load("hedges", Hedge) if entry.side == side}


def read_hedge(tokens: Tokens, first: int, after: int) -> tuple[str | None, int, int]:
    """Return (about, more, less or None; first token; index behind) of a figure and the hedges around it."""
    effect, start = _hedge_before(tokens, first)
    if effect is not None:
        outer, outer_start = _hedge_before(tokens, start)
        if outer is not None:
            # "up to about 40", "at least some 40": the bound tells more than the about
            effect, start = (outer if outer != "about" else effect), outer_start
    if effect in (None, "about"):
        later, end = _hedge_after(tokens, after)
        if later is None and tokens.lower(after + 1) == "or":
            # "40 tanks or so"
            later, end = _hedge_after(tokens, after + 1)
            end = after
        if later is not None:
            return (later if effect is None or later != "about" else effect), start, end
    return effect, start, after


def _hedge_before(tokens: Tokens, first: int) -> tuple[str | None, int]:
    table = hedges("before")
    i = first
    for _ in range(3):
        for size in range(min(LONGEST, i), 0, -1):
            words = [token.lower for token in tokens.all[i - size : i]]
            # marks stand apart as tokens: ">", "=" and "approx", "."
            phrase = ("" if words[-1] in ("=", ".") else " ").join(words)
            if phrase in table and all(tokens.is_near(k) for k in range(i - size + 1, i + 1)):
                return table[phrase], i - size
        if tokens.lower(i - 1) in figure_cues("after-hedge") and tokens.is_near(i):
            i -= 1
        else:
            break
    return None, first


def _hedge_after(tokens: Tokens, after: int) -> tuple[str | None, int]:
    table = hedges("after")
    phrase = ""
    best: tuple[str | None, int] = None, after
    for k in range(after, min(after + 4, len(tokens.all))):
        if not tokens.is_near(k):
            break
        phrase += ("" if not phrase or phrase in "-+" else " ") + tokens.all[k].lower
        if phrase in table and not (phrase == "odd" and k + 1 == len(tokens.all)):
            best = (table[phrase], k + 1)
    return best
