"""Lines that say who wrote a report, and when, by their words alone."""

from __future__ import annotations

import re
from functools import cache

from onrecord.dates import strip_dates
from onrecord.lexicons.comment_words import comment_words, match_words

CREDIT_WORDS = 20
"""Words of a line that says who wrote the report, and when."""
NAME_WORDS = 6
CREDIT_EDGES = " \t|·•,–—-:;()[]*"
PIECES = re.compile(r"\s*(?:[|·•,/]|\s[–—-]\s|\band\b|&)\s*")


def read_credit_line(text: str) -> str | None:
    """Return `dateline` for a line that is a date, `byline` for names beside one, or None.

    >>> read_credit_line("Ann Lee, Coast Courier | 3 May 2019"), read_credit_line("3.5.2019")
    ('byline', 'dateline')
    """
    if len(text.split()) > CREDIT_WORDS or (rest := strip_dates(text)) is None:
        return None
    said = rest.strip(CREDIT_EDGES)
    if not said.strip(" ."):
        return "dateline"
    return "byline" if is_byline(said) or is_full_name(said) else None


@cache
def _credits() -> re.Pattern[str]:
    """Return 'By Staff Writer', 'From our correspondent in Goma', 'Ann Lee, political editor'."""
    by, post = match_words("credit"), match_words("post")
    named = rf"(?i:{by}):?\s+(?:(?i:the|our|a)(?:\s+own)?\s+)?(?:[A-Z]|(?i:{post})\b).{{1,100}}"
    with_post = (
        rf"(?:[^\n.!?:]{{2,60}}[,|–—-]?\s+)?(?:(?i:our|the|a)\s+)?(?i:(?:[\w-]+\s+){{0,3}}(?:{post})s?)"
    )
    where = r"(?:\s*,?\s*(?:in|at|from|for)\s+[A-Z][\w .,'’-]{1,40})?"
    return re.compile(rf"(?:{named}|(?=[A-Z]){with_post}{where})")


def is_byline(text: str) -> bool:
    """Return whether a line without its date names who wrote: by a word for it, or a writer's post.

    >>> is_byline("By Staff Writer in Goma"), is_byline("By Friday it rained.")
    (True, False)
    """
    return (
        text[-1:] not in ".!?"
        and len(text.split()) <= CREDIT_WORDS
        and _credits().fullmatch(text) is not None
    )


def is_post(text: str) -> bool:
    """Return whether a text is the post of a writer and no more.

    >>> is_post("Transport correspondent"), is_post("Ann Lee, transport correspondent")
    (True, False)
    """
    return is_byline(text) and _posts().fullmatch(text) is not None


@cache
def _posts() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:our|the|a)\s+)?(?:[\w-]+\s+){{0,3}}(?:{match_words('post')})s?", re.IGNORECASE)


def is_full_name(text: str) -> bool:
    """Return whether a text is one name or several, each word of them with a capital.

    >>> is_full_name("Ann van Lee and Bo Ek"), is_full_name("Tug leaves Brisk")
    (True, False)
    """
    pieces = [piece for piece in PIECES.split(text) if piece]
    return bool(pieces) and all(_is_one_name(piece) for piece in pieces)


def _is_one_name(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= NAME_WORDS and all(
        (word[:1].isupper() and not any(c.isdigit() for c in word)) or word in _particles() or word[0] == "@"
        for word in words
    )


@cache
def _particles() -> frozenset[str]:
    """Return what stands in names in lower case, and the marks between names."""
    return frozenset((*(word.word for word in comment_words("particle")), ",", "|"))
