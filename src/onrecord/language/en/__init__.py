"""Facts of English grammar that rules rest on: its closed classes and its names of days, months and numbers.

Open classes (verbs of saying, nouns of office, ...) are lexicons; what stands here no news story adds to.
"""

from onrecord.language.en.auxiliaries import NEGATIONS, PERFECT, PROGRESSIVE, SUPPORT
from onrecord.language.en.calendar import COUNTING_WORDS, MONTH_KEYS, WEEKDAYS
from onrecord.language.en.conjunctions import (
    CONDITIONAL,
    NONRESTRICTIVE,
    RELATIVE,
    REPLACIVE,
)
from onrecord.language.en.prepositions import (
    ASIDE,
    BEFORE_YEAR,
    CHARGING,
    COMPLETING,
    INSIDE_PHRASE,
    LOCATIVE,
    NEVER_COUNTING,
    PRESUPPOSING,
    TOPICAL,
    WHEREABOUTS,
)
from onrecord.language.en.pronouns import (
    ANAPHORIC,
    FIRST_PERSON,
    FIRST_PLURAL,
    GENDERED,
    NEGATIVE,
    NEUTER,
    PERSONAL,
    PLURAL,
    THIRD_PERSON,
)

__all__ = [
    "ANAPHORIC",
    "ASIDE",
    "BEFORE_YEAR",
    "CHARGING",
    "COMPLETING",
    "CONDITIONAL",
    "COUNTING_WORDS",
    "FIRST_PERSON",
    "FIRST_PLURAL",
    "GENDERED",
    "INSIDE_PHRASE",
    "LOCATIVE",
    "MONTH_KEYS",
    "NEGATIONS",
    "NEGATIVE",
    "NEUTER",
    "NEVER_COUNTING",
    "NONRESTRICTIVE",
    "PERFECT",
    "PERSONAL",
    "PLURAL",
    "PRESUPPOSING",
    "PROGRESSIVE",
    "RELATIVE",
    "REPLACIVE",
    "SUPPORT",
    "THIRD_PERSON",
    "TOPICAL",
    "WEEKDAYS",
    "WHEREABOUTS",
]
