"""Stated numbers of years against the years that begin and end them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.language.en import COUNTING_WORDS
from onrecord.records import Check, Draft
from onrecord.stages.checks.read_figures import tell_agreement

_YEAR = r"(?:1[5-9]|20)\d{2}"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(COUNTING_WORDS, key=len, reverse=True))})"
_ENDS = rf"(?P<first>{_YEAR})\s?(?:[-–—]|to|until|till|and|through)\s?(?P<last>{_YEAR})\b"
ENDS = re.compile(_ENDS, re.I)
"""What both patterns need; few pages have it, and it is found much sooner than they are."""
# "for 12 years, from 1990 to 2002"  "a 12-year rule (1990-2002)"
LASTING = re.compile(
    rf"(?<![\w.,/-]){_COUNT}[\s-]years?(?:-long)?(?:\s(?!old|of age)[\w’'-]+){{0,3}}?"
    rf",?\s(?:from\s|between\s|\(){_ENDS}",
    re.I,
)
# "from 1990 to 2002, a period of 12 years"
ENDING = re.compile(
    rf"\bfrom\s{_ENDS}(?:,|\s[–—-])\s(?:or|a (?:period|total|span) of|some|exactly)\s{_COUNT}\syears\b", re.I
)
HEDGED = re.compile(
    r"\b(?:about|around|nearly|almost|over|than|roughly|some|least|most|every|per|first|last|next|approximately)\s(?:a\s)?$",
    re.I,
)


def check_durations(draft: Draft) -> Iterator[Check]:
    """Yield a check for each number of years beside its first and last: 12 years, from 1990 to 2002."""
    text = draft.page.text
    for pattern in (LASTING, ENDING) if ENDS.search(text) else ():
        for match in pattern.finditer(text):
            if not HEDGED.search(text[max(0, match.start("count") - 20) : match.start("count")]):
                yield _check_duration(match)


def _check_duration(match: re.Match[str]) -> Check:
    word = match["count"].lower()
    stated = COUNTING_WORDS.get(word) or int(word)
    years = int(match["last"]) - int(match["first"])
    agrees = years - 1 <= stated <= years + 1
    said = f"From {match['first']} to {match['last']} is {years} years"
    return Check(
        id="",
        kind="duration",
        verdict="consistent" if agrees else "inconsistent",
        stated=stated,
        expected=years,
        spans=(match.span("count"), match.span("first"), match.span("last")),
        note=said + (tell_agreement(years, stated, str(stated)) if agrees else f", not {stated}."),
        rule="duration:years",
    )
