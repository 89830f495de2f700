"""The header of a comment: who wrote it, when, under which number, in answer to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.dates import Stamp, read_stamp
from onrecord.lexicons.comment_words import match_words

ALONE = 4
"""Words of a name that stands alone behind a date."""
LINES = 4096
"""Lines whose headers are remembered: a page asks several times for each."""
HEAD = 160
"""How far into a comment its header can reach, in characters."""

NAME = r"[^\n:|,;!?()]{1,48}?"
NUMBER = re.compile(r"(?:#|no\.? ?|comment ?#?)?(?P<number>\d{1,4})(?:[.):]|\s(?=[A-Z]))\s*", re.IGNORECASE)
DASHED = re.compile(r"(?P<author>[^\n—:,!?]{2,40}) — (?=\S)")
LEAD = re.compile(r"^\s*(?:[|·•,@/–—-]\s*)+")


LABEL = re.compile(
    r"(?P<author>[A-Z@][\w.'’-]*(?: [\w.'’-]+){0,2}?|[a-z]\w{0,20}[_\d]\w{0,20})"
    r"(?:,? (?:in )?(?:reply(?:ing)?|respond(?:ing)?|response) to"
    r" (?P<answers>[\w@.'’-]+(?: [\w.'’-]+){0,2}))?: (?=\S)"
)
"""`Ann Lee: `, or `Ann Lee replying to Tom: `, at the head of a line."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands over a comment or opens it: who, when, which number, in answer to whom."""

    form: str
    """Name of the layout, the same for all comments of a page that has it."""
    length: int
    """Characters of the text that it takes."""
    author: str | None = None
    stamp: Stamp | None = None
    number: int | None = None
    answers: str | None = None
    is_reply: bool = False


@cache
def _tail() -> re.Pattern[str]:
    """What stands between a name and a date: ', on Friday,'."""
    return re.compile(
        rf"(?:[\s|·•,@/–—(-]|\b(?:on|at|um|am|le|el|{match_words('weekday')})\b)*$", re.IGNORECASE
    )


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    say, answer, reply, by = (
        match_words("say"),
        match_words("answer"),
        match_words("reply"),
        match_words("by"),
    )
    author = rf"(?P<author>{NAME})"
    forms = (
        # Ann Lee responded to Tom on May 3, 2012 at 5:49 am
        ("answers", rf"{author}\s+(?:{answer})\s+(?P<answers>{NAME})\s*(?P<end>\bon\b|\bat\b|[:,|]|$)"),
        # Ann Lee Reply:
        ("reply", rf"{author}\s+(?P<reply>{reply})\s*:"),
        # Ann Lee says: / Ann Lee wrote on May 3, 2012 at 5:49 am
        ("says", rf"{author}\s+(?:{say})(?P<end>\s*:|\s+(?:on|at|this on)\b|\s*$)"),
        # Posted by Ann Lee on May 3, 2012
        ("by", rf"(?:{by})\b:?\s+{author}\s*(?P<end>$|[|,(–—-]|\bon\b|\bat\b)"),
    )
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in forms)


@cache
def _verb() -> re.Pattern[str]:
    """Return the verbs of headers behind a blank, in lower case: they are found before names are tried."""
    return re.compile(rf"\s(?:{match_words('say', 'answer', 'reply')})")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"{_verb().pattern}|\b(?:{match_words('by')})\b")


def may_sign(text: str) -> bool:
    """Return whether a text holds a word by which a header says who wrote: a cheap look before a close one.

    >>> may_sign("Ann Lee says:"), may_sign("Ann Lee")
    (True, False)
    """
    return _signs().search(text.lower()) is not None


def read_header(text: str) -> Header | None:
    """Return the header that a comment's text opens with; None if it opens with its own words.

    >>> read_header("Ann Lee says: I was there.").author
    'Ann Lee'
    """
    return _read_head(text[:HEAD].split("\n", 1)[0], min(len(text), HEAD + 1))


@lru_cache(maxsize=LINES)
def _read_head(head: str, size: int) -> Header | None:
    number = NUMBER.match(head)
    skip = number.end() if number else 0
    stamp = read_stamp(head)
    rest = head[skip:]
    lead = 0
    if stamp and stamp.start <= skip:  # 11. Jul, 2012 / Ann says:
        number, lead = None, stamp.end
        cut = LEAD.match(head[stamp.end :])
        lead += cut.end() if cut else 0
        rest = head[lead:]
        skip = lead
    found = _named(rest, skip, stamp) or _dated(head, skip, stamp, bool(lead), number is not None)
    if found:
        form, length, author, answers, is_reply = found
        value = int(number["number"]) if number else None
        return Header(form, length, author, stamp, value, answers, is_reply)
    if number and number[0].rstrip()[-1] in ".):" and number.end() < size:
        return Header("number", number.end(), number=int(number["number"]))
    return None


def read_label(text: str) -> Header | None:
    """Return the name and colon that a comment opens with where a page writes comments like a play.

    >>> read_label("Ann Lee: I was there.").author
    'Ann Lee'
    """
    found = LABEL.match(text)
    if found is None or not is_name(found["author"]):
        return None
    return Header("label", found.end(), found["author"].strip(), answers=found["answers"])


def _named(rest: str, skip: int, stamp: Stamp | None) -> tuple[str, int, str | None, str | None, bool] | None:
    # Only the last form, 'Posted by', begins with its word.
    forms = _forms() if _verb().search(rest.lower()) else _forms()[-1:]
    for form, pattern in forms:
        match = pattern.match(rest)
        if not match or not is_name(match["author"]):
            continue
        end = skip + match.end()
        if form == "by" and match.group("end") in ("", ",") and not stamp:
            continue
        if form == "says" and match.group("end").strip(" :") and not stamp:
            continue
        groups = match.groupdict()
        if stamp and stamp.end > end and stamp.start - end <= 24:
            end = stamp.end
        answers = groups.get("answers")
        return (
            form,
            end,
            match["author"].strip(),
            answers.strip() if answers else None,
            form in ("answers", "reply"),
        )
    return None


def _dated(
    head: str, skip: int, stamp: Stamp | None, first: bool, numbered: bool
) -> tuple[str, int, str | None, str | None, bool] | None:
    """Return the reading of 'Ann Lee, 3 May 2012 at 5:49' or of a bare date line."""
    if not stamp:
        return None
    if first:
        rest = head[stamp.end :].strip(" |·•,-–—:")
        if not rest:
            return "stamp", stamp.end, None, None, False
        is_alone = len(head) < HEAD and len(rest.split()) <= ALONE and rest[:1].isupper()
        return ("dated", len(head), rest, None, False) if is_alone and is_name(rest) else None
    before = _tail().sub("", head[skip : stamp.start])
    # A number before and a date behind make whatever stands between them a name.
    if is_name(before) or (numbered and len(before) <= 60 and not before.count(". ")):
        return "dated", stamp.end, before.strip() or None, None, False
    return None


def is_name(text: str) -> bool:
    """Whether a text can be the name or handle of a commenter: up to five words, few of them lower case."""
    words = text.strip(" |·•,-–—:()[]").split()
    if not 1 <= len(words) <= 5 or len(text) > 48 or (text.rstrip()[-1:] in ".!?" and len(words) > 2):
        return False
    low = sum(w[:1].islower() for w in words)
    return low == 0 or len(words) == 1 or low < len(words) / 2
