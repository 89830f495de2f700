"""Facts of English grammar that rules rest on: its closed classes and its names of days, months and numbers.

Open classes (verbs of saying, nouns of office, ...) are lexicons; what stands here no news story adds to.
"""

from onrecord.language.en.calendar import COUNTING_WORDS, MONTH_KEYS, WEEKDAYS
from onrecord.language.en.conjunctions import (
    BEFORE_FUTURE,
    CONDITIONAL,
    NONRESTRICTIVE,
    RELATIVE,
    REPLACIVE,
)
from onrecord.language.en.prepositions import (
    ASIDE,
    ATTENDED,
    BEFORE_YEAR,
    CONCURRENT,
    INSIDE_PHRASE,
    NEVER_COUNTING,
    PRESUPPOSING,
    TOPICAL,
)
from onrecord.language.en.pronouns import ANAPHORIC, FIRST_PERSON, NEGATIVE, PERSONAL, THIRD_PERSON

__all__ = [
    "ANAPHORIC",
    "ASIDE",
    "ATTENDED",
    "BEFORE_FUTURE",
    "BEFORE_YEAR",
    "CONCURRENT",
    "CONDITIONAL",
    "COUNTING_WORDS",
    "FIRST_PERSON",
    "INSIDE_PHRASE",
    "MONTH_KEYS",
    "NEGATIVE",
    "NEVER_COUNTING",
    "NONRESTRICTIVE",
    "PERSONAL",
    "PRESUPPOSING",
    "RELATIVE",
    "REPLACIVE",
    "THIRD_PERSON",
    "TOPICAL",
    "WEEKDAYS",
]
