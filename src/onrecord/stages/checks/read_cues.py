from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class FigureCue:
    word: str
    kind: str
    source: str


@cache
def cues(kind: str) -> frozenset[str]:
    """Return the lower-case words of a kind that tell what a figure beside them is."""
    return frozenset(cue.word for cue in load("figure_cues", FigureCue) if cue.kind == kind)
