"""The dateline that opens a report: `QUITO, Jan 8 (Agency) - The bridge was closed.`"""

from __future__ import annotations

import re
from functools import cache

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
DAY = (
    rf"{WEEKDAY}(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH})(?:,? (?:19|20)\d\d)?"
)
UPPER = r"[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+){0,3}"
MIXED = r"[A-Z][\w.'’]+(?:[ -][A-Z][\w.'’]+){0,2}"
REGION = r"(?:, [A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,2})?"
SOURCE = r"(?: ?\([A-Z][^()\n]{1,40}\))"
DASH = r"(?: ?(?:--|[–—]) ?| - )"
REST = r"(?=[\"“‘'(]*[A-Z0-9])"
DAYS = ("day", "first", "inside", "before")
"""Groups that hold the date of a dateline."""
LONGEST = 120
"""Characters in which a dateline ends."""


@cache
def _pattern() -> re.Pattern[str]:
    marked = rf"(?:, (?P<day>{DAY}){SOURCE}?|{SOURCE})"
    plain = rf"{UPPER}{REGION}{DASH}"
    place = rf"(?:{UPPER}|{MIXED}){REGION}"
    # January 8, 2008 (QUITO) -; 8 January 2008, QUITO -; (QUITO, January 8, 2008) -; [8 Jan 2008, Quito]
    dated = (
        rf"(?P<first>{DAY})(?: ?\({place}\)|,? ?{place}){SOURCE}?(?:{DASH}|: )"
        rf"|[\[(](?:{place}, ?(?P<inside>{DAY})|(?P<before>{DAY}),? {place})[\])](?:{DASH}|:? )"
    )
    return re.compile(
        rf"(?:{place}{marked}(?:{DASH}|: )|{dated}|{plain}|(?P<bare>{MIXED}{REGION}{DASH})){REST}"
    )


def find_dateline(text: str, start: int = 0, end: int | None = None) -> tuple[int, str | None]:
    """Return where the report begins behind a dateline, and its date as written; `start` if there is none.

    A place that is not in capitals and has neither date nor agency behind it counts where no second dash
    follows in the sentence: `Obama — who was in Ohio — said` names the one who speaks.
    """
    stop = len(text) if end is None else end
    found = _pattern().match(text, start, min(stop, start + LONGEST))
    if found is None:
        return start, None
    if found["bare"]:
        sentence = re.split(r"[.!?][\"”]?\s", text[found.end() : stop], maxsplit=1)[0]
        if re.search(r"[–—]|--| - ", sentence):
            return start, None
    return found.end(), next((found[key] for key in DAYS if found[key]), None)
