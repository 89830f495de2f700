"""Words of a text as the time patterns see them: classes of words, numbers, punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.lexicons import load

DATE_ISO = r"\d{4}-\d\d-\d\d(?!\d)"  # 2017-12-11
DATE_SLASHED = r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d)"  # 25/12/2017
CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?!\d)"  # 15:00, 2:41:09
ORDINAL = r"\d{1,3}(?:st|nd|rd|th)(?![^\W_])"  # 21st
DECADE = r"\d{2,3}0['’]?s(?![^\W_])|['’]?[1-9]0s(?![^\W_])"  # 1990s, '80s
NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"  # 1,200  2.5  1990
MERIDIEM = r"[ap]\.\s?m\b\.?"  # p.m.
POSSESSIVE = r"['’]s(?![^\W_])"  # year's
WORD = r"[QH][1-4](?![^\W_])|[^\W\d_]+(?:['’](?=t\b)[^\W\d_]+)?"  # Q3, Monday
TOKEN = re.compile(
    "|".join(
        rf"(?P<{name}>{part})"
        for name, part in (
            ("iso", DATE_ISO),
            ("slashed", DATE_SLASHED),
            ("clock", CLOCK),
            ("nth", ORDINAL),
            ("decade", DECADE),
            ("number", NUMBER),
            ("meridiem", MERIDIEM),
            ("s", POSSESSIVE),
            ("word", WORD),
            ("break", r"\n"),
            ("mark", r"[^\s\w]"),
        )
    ),
    re.IGNORECASE,
)
MARKS = {
    ",": "comma",
    ".": "dot",
    "(": "opening",
    ")": "closing",
    "/": "slash",
    "'": "quote",
    "’": "quote",
    "$": "money",
    "£": "money",
    "€": "money",
    "#": "money",
    "%": "percent",
}
FIRST_YEAR, LAST_YEAR = 1000, 2100


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A line of time_words.csv: a word, what it may be, and its value as that."""

    word: str
    kinds: tuple[str, ...]
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A line of holidays.csv; its rule is MM-DD, MM-weekday-nth, easter+days or a date."""

    name: str
    rule: str
    source: str


class Word(NamedTuple):
    """A word or mark of the text, with its value for each kind that it may be of."""

    text: str
    start: int
    end: int
    kinds: dict[str, str]


@cache
def known_words() -> dict[str, dict[str, str]]:
    """Return the value of each known word, lower case, for each kind that it may be of."""
    words: dict[str, dict[str, str]] = {}
    for entry in load("time_words", TimeWord):
        words.setdefault(entry.word, {}).update((kind, entry.value) for kind in entry.kinds)
    return words


@cache
def known_holidays() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return by first word the holidays, longest name first: the words of a name and its rule."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in load("holidays", Holiday):
        words = tuple(m[0].replace("’", "'") for m in TOKEN.finditer(entry.name))
        names.setdefault(words[0], []).append((words, entry.rule))
    return {first: sorted(found, key=lambda item: -len(item[0])) for first, found in names.items()}


def split_words(text: str, offset: int = 0) -> list[Word]:
    """Return the words and marks of a text; `offset` is where the text stands in its page."""
    known = known_words()
    words = []
    for found in TOKEN.finditer(text):
        shape, surface = found.lastgroup or "", found[0]
        lower = surface.lower()
        start, end = found.span()
        if shape in ("word", "mark", "meridiem"):
            kinds = known.get(lower) or known.get(lower.rstrip("."))
            if kinds is None:
                kinds = {MARKS[lower]: lower} if lower in MARKS else {}
            elif "short" in kinds and not surface[0].isupper():
                kinds = {}
        else:
            kinds = _kinds_of(shape, lower)
        words.append(Word(surface, offset + start, offset + end, kinds))
    return _join_holidays(words)


def _kinds_of(shape: str, lower: str) -> dict[str, str]:
    """Return what a token of digits may be."""
    if shape == "nth":
        number = lower[:-2]
        return {"ordinal": number, **({"nth": number, "mday": number} if 1 <= int(number) <= 31 else {})}
    if shape != "number":
        return {shape: lower}
    plain = lower.replace(",", "")
    if "." in plain:
        return {"decimal": plain}
    if len(plain) == 4 and plain[0] == "0":
        return {"zeroed": plain}
    kinds = {"int": plain}
    if "," in lower or len(plain) > 4:
        return kinds
    if len(plain) == 4:
        kinds["four"] = plain
        if FIRST_YEAR <= int(plain) <= LAST_YEAR:
            kinds["year"] = plain
    elif len(plain) == 3:
        kinds["short_year"] = plain
    else:
        if 1 <= int(plain) <= 31:
            kinds["mday"] = plain
        if int(plain) <= 24:
            kinds["hour"] = plain
        kinds["two" if len(plain) == 2 else "one"] = plain
    return kinds


def _join_holidays(words: list[Word]) -> list[Word]:
    """Return the words with each holiday's name as one word."""
    holidays = known_holidays()
    joined: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        for names, rule in (
            holidays.get(word.text.lower(), ()) if word.text[0].isupper() or word.text == "9" else ()
        ):
            part = words[at : at + len(names)]
            if tuple(w.text.lower().replace("’", "'") for w in part) == names:
                surface = " ".join(w.text for w in part)
                joined.append(Word(surface, word.start, part[-1].end, {"holiday": rule}))
                at += len(names)
                break
        else:
            joined.append(word)
            at += 1
    return joined
