"""Ages against the years of birth and death."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Check, Draft

_WHEN = r"(?:\s[\w,.]+){0,6}?\s(?:in|on)\s(?:[A-Z][a-z]+\.?\s\d{1,2},?\s|\d{1,2}\s[A-Z][a-z]+\s)?"
_BORN = rf"\bborn\b{_WHEN}(?P<born>1[89]\d{{2}}|20\d{{2}})\b"
_DIED = rf"\bdied\b{_WHEN}(?P<died>1[89]\d{{2}}|20\d{{2}})\b"
_AGED = r"(?:,?\s(?:aged|at age|at the age of|age)\s(?P<age>\d{1,3})\b(?!\s(?:months|weeks|days)))"
# "born in 1920 ... died in 1985, aged 65"
LIFE = re.compile(rf"{_BORN}[^.;]{{0,120}}?{_DIED}{_AGED}", re.I)
# "(1920-1985), aged 65"
SPAN = re.compile(rf"\((?P<born>1[89]\d{{2}}|20\d{{2}})\s?[-–—]\s?(?P<died>1[89]\d{{2}}|20\d{{2}})\){_AGED}")


def check_ages(draft: Draft) -> Iterator[Check]:
    """Yield a check for each age that stands with the years of birth and death."""
    for pattern in (LIFE, SPAN):
        for match in pattern.finditer(draft.page.text):
            yield _check_age(match)


def _check_age(match: re.Match[str]) -> Check:
    born, died, stated = int(match["born"]), int(match["died"]), int(match["age"])
    most = died - born
    agrees = most - 1 <= stated <= most
    said = f"Someone born in {born} who died in {died} was {most - 1} or {most}"
    return Check(
        id="",
        kind="age",
        verdict="consistent" if agrees else "inconsistent",
        stated=stated,
        expected=most,
        spans=(match.span("born"), match.span("died"), match.span("age")),
        note=f"{said}, as stated." if agrees else f"{said}, not {stated}.",
        rule="age:life",
    )
