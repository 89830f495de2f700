"""Which act a word tells: `apprehend` and `custody` an arrest, `killing` a harm, `attack` any armed act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.incidents.weigh_words import stem_word
from onrecord.lexicons import load

HARMS = ("kill", "wound")
"""Acts that say what another one did to people, not how."""
GENERAL = "attack"
"""An act as which any armed one can be told."""


@dataclass(frozen=True, slots=True)
class ActWord:
    """A verb or noun that tells one act."""

    word: str
    act: str
    source: str


@cache
def act_words() -> Mapping[str, str]:
    """Return for the stem of each word that tells one act which act that is."""
    return {stem_word(row.word): row.act for row in load("act_words", ActWord)}


def compare_wording(one: str, other: str) -> str:
    """Return how two different words for acts, given as stems, agree on which act they tell."""
    here, there = act_words().get(one), act_words().get(other)
    if here is None or there is None:
        return "a word for no known act"
    if here == there:
        return "words for one act"
    if GENERAL in (here, there):
        return "a general word"
    return "a harm and another act" if here in HARMS or there in HARMS else "words for other acts"
