from __future__ import annotations

from onrecord.dates import find_dateline, read_stamp
from onrecord.lines import find_mark, read_credit_line

TOP = 8
"""Lines at the head of a page among which its date stands."""


def date_text(text: str) -> str | None:
    """Return the day (ISO) that a page gives in a date line or in the dateline of its report, if any.

    Only a date with a year counts, and only at the head of the page: what is dated in the middle of a text
    need not be the text.
    """
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()]
    for n, line in enumerate(lines[:TOP]):
        written = _written_date(line) or (line if n and read_credit_line(line) else None)
        stamp = read_stamp(written) if written else None
        if stamp is not None and stamp.scale == "date" and stamp.iso:
            return stamp.iso[:10]
    return None


def _written_date(line: str) -> str | None:
    mark = find_mark(line)
    if mark is not None:
        return line if mark.role == "dateline" else None
    return find_dateline(line)[1]
