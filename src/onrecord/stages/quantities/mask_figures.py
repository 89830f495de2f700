"""Dates, clock times, telephone numbers and the like, whose figures are no quantities."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.records import Draft, Span

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

MASKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.\w+|[#@]\w+")),
    # 2017-12-11T08:30  11.12.2017  5/17/2018  12-11-2017
    ("date", re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:]+)?\b|\b\d{1,2}([/.-])\d{1,2}\1(?:19|20)?\d{2}\b")),
    # 5 p.m.  11.30am  17:22 GMT  9:01  1:36.6
    ("clock", re.compile(r"\b\d{1,2}(?:[.:]\d{2})?\s?(?:a\.m\.|p\.m\.|[ap]m\b|o['’]clock)", re.I)),
    ("clock", re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\b(?!\s?(?:-| to )\s?1\b)")),
    ("clock", re.compile(r"\b[012]\d[0-5]\d\s?(?:GMT|UTC|Z|hours|hrs|BST|EST|EDT|CET|local time)\b")),
    ("clock", re.compile(r"\b\d{1,2}\.\d{2}\s?(?:GMT|UTC|BST|EST|EDT|CET)\b")),
    # Dec. 11, 2017  11 December 2017  December 11  11th of May  May 2017
    (
        "date",
        re.compile(rf"\b{_MONTH}\s{_DAY}(?:\s?[-–]\s?{_DAY})?\b(?![,.]\d{{3}})(?:,?\s(?:19|20)\d{{2}}\b)?"),
    ),
    (
        "date",
        re.compile(rf"\b{_DAY}(?:\s?[-–]\s?{_DAY})?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s(?:19|20)\d{{2}}\b)?"),
    ),
    ("date", re.compile(rf"\b{_MONTH}\s(?:of\s)?(?:1[5-9]|20)\d{{2}}\b")),
    # 1939-45  2018/19  2017-2018
    ("year", re.compile(r"\b(?:1[5-9]|20)\d{2}\s?[-–/]\s?(?:(?:1[5-9]|20)\d{2}|\d{2})\b(?![,.]\d)")),
    # +44 20 7946 0000  (202) 555-0100  555-0100  1-800-555-0100
    (
        "phone",
        re.compile(
            r"\+\d[\d\s()-]{7,}\d|\(\d{3}\)\s?\d{3}-\d{4}|\b(?:\d{1,2}-)?\d{3}-\d{3}-\d{4}\b|\b\d{3}-\d{4}\b"
        ),
    ),
    # 0 for the 20th century and 5th graders; 1990s
    ("ordinal", re.compile(r"\b[\d,]+(?:st|nd|rd|th)\b(?!\s?(?:of|in)\s(?:an?|one)\s)")),
    ("decade", re.compile(r"\b(?:1[5-9]|20)\d\d['’]?s\b|['’]\d0['’]?s\b")),
    ("version", re.compile(r"\b\d+\.\d+\.\d+(?:\.\d+)*\b")),
    (
        # 10 Main Street  358 El Camino Way
        "address",
        re.compile(
            r"\b\d{1,5}\s(?:[A-Z][\w.]*\s|\d+(?:st|nd|rd|th)\s){1,4}"
            r"(?:St|Street|Road|Rd|Ave|Avenue|Way|Blvd|Boulevard|Lane|Drive|Court|Place|Terrace)\b"
        ),
    ),
    (
        "idiom",
        re.compile(
            r"\b(?:9/11|7/7|24/7|20/20|50/50|50-50|one by one|one another|no one|one-on-one|one-sided)\b",
            re.I,
        ),
    ),
)


class Mask:
    """The stretches of a page whose figures are no quantities, each with what it is instead."""

    def __init__(self, spans: list[tuple[Span, str]]) -> None:
        self._spans = sorted(spans)
        self._ends: list[tuple[int, str]] = []
        reach, why = -1, ""
        for (_, end), reason in self._spans:
            if end > reach:
                reach, why = end, reason
            self._ends.append((reach, why))
        self._starts = [span[0] for span, _ in self._spans]

    def reason(self, offset: int) -> str | None:
        """Return what stands at an offset instead of a quantity, None if nothing does."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or self._ends[i][0] <= offset:
            return None
        return self._ends[i][1]


def mask_figures(draft: Draft) -> Mask:
    """Return the dates, clock times, phone numbers, addresses and the like of a page."""
    text = draft.page.text
    spans = [(match.span(), reason) for reason, pattern in MASKS for match in pattern.finditer(text)]
    spans += [
        (time.mention, "time")
        for time in draft.times
        if time.type in ("DATE", "TIME", "SET") and _is_time(text[time.mention[0] : time.mention[1]])
    ]
    return Mask(spans)


def _is_time(mention: str) -> bool:
    """Return whether a mention tells when; ages and spans stay quantities."""
    return not re.search(r"\bold\b|\bof age\b", mention)
