"""Numbers in digits and words: values, multipliers, fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.stages.quantities.split_tokens import Token, Tokens

GLYPHS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8}
GLYPHS |= {"⅙": 1 / 6, "⅚": 5 / 6, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875}
MOST_DIGITS = 200
"""Digits beyond these are noise, and more than a float holds."""
IDIOMS = {(9, 11), (24, 7), (7, 7), (50, 50)}
"""Pairs with a slash that are names and no fractions: 9/11, 24/7."""


@dataclass(frozen=True, slots=True)
class NumberWord:
    word: str
    kind: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read: its tokens from `first` up to `after`, and what it says."""

    first: int
    after: int
    value: float | None
    low: float | None
    high: float | None
    form: str
    """digits, words, fraction, share, vague or none."""
    scale: float = 1.0
    """The scale word behind the digits (million), which a number before it in a range may share."""


@cache
def number_words() -> dict[str, tuple[str, float]]:
    """Return kind and value of each number word."""
    return {e.word: (e.kind, e.value) for e in load("numbers", NumberWord) if e.kind != "suffix"}


@cache
def suffixes() -> dict[str, float]:
    """Return the scale of each suffix that stands glued to digits: 10k, 2.7m, 8.1bn."""
    return {e.word: e.value for e in load("numbers", NumberWord) if e.kind == "suffix"}


def digits_value(text: str) -> float:
    """Return the value of a number in digits, whatever its separators.

    >>> digits_value("1,234.5"), digits_value("1.234.567"), digits_value("5,00"), digits_value("12,34,567")
    (1234.5, 1234567.0, 5.0, 1234567.0)
    """
    raised = re.fullmatch(r"([\d.,]+)\^([-−+]?\d{1,2})", text)
    if raised:
        base = digits_value(raised.group(1))
        return float(base ** int(raised.group(2).replace("−", "-"))) if base else 0.0
    power = re.search(r"(?:[eE]|\s?[x×]\s?10\^?)([-−+]?\d{1,2})$", text)
    exponent = 0
    if power:
        exponent = int(power.group(1).replace("−", "-"))
        text = text[: power.start()]
    text = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d{1,2}|\d+,\d{1,2}", text):
        text = text.replace(".", "").replace(",", ".")
    return float(f"{text.replace(',', '')[:MOST_DIGITS]}e{exponent}")


def read_number(tokens: Tokens, i: int) -> Number | None:
    """Return the number that begins at a token, None if none does."""
    number = _read_plain(tokens, i)
    return number if number is None else _read_ratio(tokens, number)


def _read_ratio(tokens: Tokens, number: Number) -> Number:
    """Return the share at `one in five`, `two out of three`; other numbers as they are."""
    i = number.after
    out = tokens.lower(i) == "out" and tokens.lower(i + 1) == "of"
    j = i + 2 if out else i + 1
    if not (out or tokens.lower(i) == "in") or number.value is None or tokens.at(j) is None:
        return number
    whole = _read_plain(tokens, j)
    if whole is None or whole.value is None or number.form not in ("digits", "words") or number.scale != 1.0:
        return number
    if whole.form not in ("digits", "words") or not 0 < number.value < whole.value or whole.value > 1e6:
        return number
    if (not out and not (whole.value in (3, 4, 5, 6, 7, 8, 9) or whole.value % 10 == 0)) or whole.value % 1:
        return number
    if not out and (
        number.value > 9 or tokens.lower(whole.after) in ("", ".", "seconds", "minutes", "hours", "days")
    ):
        return number
    if not out and tokens.at(whole.after) is not None and tokens.all[whole.after].kind != "word":
        return number
    return Number(number.first, whole.after, number.value / whole.value, None, None, "fraction")


def _read_plain(tokens: Tokens, i: int) -> Number | None:
    """Return the number that begins at a token, ratios apart."""
    token = tokens.all[i]
    if token.text in GLYPHS:
        return _scaled(tokens, Number(i, i + 1, GLYPHS[token.text], None, None, "fraction"))
    if token.kind == "number":
        return _read_digits(tokens, i)
    kind, _ = number_words().get(token.lower, ("", 0.0))
    if kind == "plural":
        return _read_vague(tokens, i)
    if token.lower in ("a", "an", "half", "quarter"):
        return _read_article(tokens, i)
    if kind in ("small", "tens", "hundred", "scale", "dozen"):
        return _read_words(tokens, i)
    return None


# --- digits ---------------------------------------------------------------------------------


def _read_digits(tokens: Tokens, i: int) -> Number | None:
    value = digits_value(tokens.all[i].text)
    after = i + 1
    form = "digits"
    fraction = _slash_fraction(tokens, i)
    if fraction is not None:
        return _scaled(tokens, Number(i, i + 3, fraction, None, None, "fraction"))
    mixed = _slash_fraction(tokens, after) if tokens.gap(after).strip(" ") == "" else None
    glyph = tokens.at(after)
    if glyph is not None and glyph.text in GLYPHS and value == int(value):
        value, after, form = value + GLYPHS[glyph.text], after + 1, "fraction"
    elif mixed is not None and mixed < 1 and value == int(value) and not tokens.is_glued(after):
        value, after, form = value + mixed, after + 3, "fraction"
    elif _is_mixed(tokens, after):
        # "10-1/2"
        value, after, form = value + (_slash_fraction(tokens, after + 1) or 0), after + 4, "fraction"
    return _scaled(tokens, Number(i, after, value, None, None, form))


def _is_mixed(tokens: Tokens, i: int) -> bool:
    return tokens.lower(i) == "-" and tokens.is_glued(i) and (_slash_fraction(tokens, i + 1) or 1) < 1


def _slash_fraction(tokens: Tokens, i: int) -> float | None:
    """Return the value of `3/4` at a token; None for dates, idioms and ratios above one."""
    top, slash, bottom = tokens.at(i), tokens.at(i + 1), tokens.at(i + 2)
    if top is None or bottom is None or slash is None or slash.text not in ("/", "⁄"):
        return None
    if not (top.text.isdecimal() and bottom.text.isdecimal() and tokens.is_glued(i + 2)):
        return None
    over = tokens.at(i + 3)
    if over is not None and over.text == "/" and tokens.is_glued(i + 3):
        return None
    pair = int(top.text), int(bottom.text)
    if pair in IDIOMS or not 0 < pair[0] < pair[1] <= 100 or pair[0] > 20:
        return None
    return pair[0] / pair[1]


def _scaled(tokens: Tokens, number: Number) -> Number:
    """Return the number times the scale word or suffix behind it, halves included."""
    i, value = number.after, number.value or 0.0
    scale = _scale_at(tokens, i)
    if scale is None:
        return _with_half(tokens, number)
    i, size = scale
    total = value * size
    bigger = _scale_at(tokens, i) if size == 100 else None
    if bigger is not None and bigger[1] >= 1000:
        # "4 hundred million"
        i, size, total = bigger[0], bigger[1], total * bigger[1]
    while (rest := _rest_after(tokens, i, size)) is not None:
        i, extra, size = rest
        total += extra
    grown = Number(number.first, i, total, None, None, number.form, scale[1])
    return _with_half(tokens, grown)


def _scale_at(tokens: Tokens, i: int) -> tuple[int, float] | None:
    """Return (index behind it, size) of the scale word at a token: million, -billion, 10k."""
    token = tokens.at(i)
    if token is None or not tokens.is_near(i):
        return None
    if token.text == "-" and tokens.is_glued(i):
        word = tokens.at(i + 1)
        kind, size = number_words().get(word.lower, ("", 0.0)) if word else ("", 0.0)
        return (i + 2, size) if kind in ("scale", "hundred") else None
    kind, size = number_words().get(token.lower, ("", 0.0))
    if kind in ("scale", "hundred", "dozen") or (token.lower == "dozens"):
        return i + 1, size
    return None


def _rest_after(tokens: Tokens, i: int, size: float) -> tuple[int, float, float] | None:
    """Return (index behind it, value, new size) of a smaller group: `3 hundred [and 21]`."""
    j = i + 1 if tokens.lower(i) == "and" else i
    token = tokens.at(j)
    word, value = number_words().get(tokens.lower(j), ("", 0.0))
    if j > i and word in ("small", "tens") and size <= 1000 and _part_at(tokens, j) is None:
        # "3 hundred and one"
        number = _read_words(tokens, j)
        if number is not None and number.value is not None and number.value < min(size, 100):
            return number.after, number.value, 1.0
    if token is None or not tokens.is_near(j) or (size >= 1e6 and j == i and token.kind != "word"):
        return None
    if token.kind == "number" and token.text.isdecimal():
        value = float(token.text)
        scale = _scale_at(tokens, j + 1)
        if scale is not None and value * scale[1] < size:
            return scale[0], value * scale[1], scale[1]
        if 0 < value < min(size, 1000) and j > i and scale is None and size <= 1000:
            return j + 1, value, 1.0
    return None


def _with_half(tokens: Tokens, number: Number) -> Number:
    """Return the number with `and a half`, `and three quarters` behind it added, times its scale."""
    if tokens.lower(number.after) != "and" or number.value is None:
        return number
    part = _part_at(tokens, number.after + 1)
    if part is None:
        return number
    after, value = part
    scale = number.scale if number.form == "digits" or number.scale >= 1000 else 1.0
    bigger = _scale_at(tokens, after)
    if bigger is not None and number.scale > bigger[1]:
        # "one billion and a half million"
        return Number(number.first, bigger[0], number.value + value * bigger[1], None, None, "fraction")
    total = number.value + value * scale
    if bigger is not None:
        return Number(number.first, bigger[0], total * bigger[1], None, None, "fraction", bigger[1])
    return Number(number.first, after, total, None, None, "fraction")


def _part_at(tokens: Tokens, i: int) -> tuple[int, float] | None:
    """Return (index behind it, value) of `a half`, `one quarter`, `two-thirds`."""
    top = tokens.lower(i)
    kind, value = number_words().get(top, ("", 0.0))
    count = 1.0 if top in ("a", "an") else value if kind in ("small", "tens") else 0.0
    if tokens.at(i) is not None and tokens.all[i].kind == "number" and tokens.all[i].text.isdecimal():
        count = float(tokens.all[i].text)
    j = i + 2 if tokens.lower(i + 1) in ("-", "‑", "–") else i + 1
    word = tokens.lower(j)
    part, size = number_words().get(word, ("", 0.0))
    if not count or not tokens.is_near(j):
        return None
    if (part == "part" and count == 1) or (part == "parts" and count > 1):
        return j + 1, count / size
    return None


# --- words ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sum:
    """What a number in words comes to so far: `total` of the groups that are closed, and the open one."""

    total: float = 0.0
    current: float | None = None
    last: float = float("inf")
    """The scale that closed the last group; the next one must be smaller."""
    is_closed: bool = False

    def add(self, kind: str, value: float, has_and: bool) -> bool:
        """Take in one more word; return False if it cannot continue the number."""
        current = self.current
        if has_and and not ((current is None and self.total) or (current and current % 100 == 0)):
            return False
        if (kind == "small" and (current is None or _takes_units(current, value))) or (
            kind == "tens" and (current is None or (current >= 100 and current % 100 == 0))
        ):
            self.current = (current or 0.0) + value
        elif kind == "hundred" and (0 < current < 100 if current is not None else self.total == 0):
            self.current = (current or 1.0) * 100
        elif kind == "scale" and current is not None and value < self.last:
            self.total, self.current, self.last = self.total + current * value, None, value
        elif kind in ("dozen", "plural") and current is not None and value == 12:
            self.total, self.current, self.is_closed = (self.total + current) * 12, None, True
        else:
            return False
        return True


def _read_words(
    tokens: Tokens, i: int, start: float | None = None, first: int | None = None
) -> Number | None:
    """Return the number in words at a token: `two hundred and five thousand`."""
    first = i if first is None else first
    said, after = _Sum(current=start), i
    while not said.is_closed:
        j = _next_word(tokens, after, after > first or start is not None)
        if j is None:
            break
        if j > after and tokens.lower(j - 1) == "and" and _part_at(tokens, j) is not None:
            # "five billion and three quarters"
            break
        kind, value = number_words()[tokens.lower(j)]
        if not said.add(kind, value, j > after and tokens.lower(j - 1) == "and"):
            break
        after = j + 1
    if after == i or (said.total == 0 and said.current is None):
        return None
    return _finish_words(tokens, first, after, said)


def _finish_words(tokens: Tokens, first: int, after: int, said: _Sum) -> Number:
    """Return a number in words with the decimals or the denominator behind it."""
    value = said.total + (said.current or 0.0)
    point = _point_digits(tokens, after)
    if point is not None:
        return _scaled(tokens, Number(first, point[0], value + point[1], None, None, "words"))
    part = _denominator_at(tokens, after, value)
    if part is not None:
        return _scaled_part(tokens, Number(first, part[0], value / part[1], None, None, "fraction"))
    scale = 1.0 if said.last == float("inf") else said.last
    return _with_half(tokens, Number(first, after, value, None, None, "words", scale))


def _takes_units(current: float, value: float) -> bool:
    if current >= 100 and current % 100 == 0:
        return True
    return current % 100 >= 20 and current % 10 == 0 and 0 < value < 10


def _next_word(tokens: Tokens, i: int, begun: bool) -> int | None:
    """Return the index of the next word of a number, over a hyphen or an `and` once it has begun."""
    token = tokens.at(i)
    if token is None or (begun and not tokens.is_near(i)):
        return None
    if begun and (token.lower == "and" or token.text in ("-", "‑")):
        following = tokens.at(i + 1)
        if following is None or following.kind != "word" or not tokens.is_near(i + 1):
            return None
        kind, _ = number_words().get(following.lower, ("", 0.0))
        allowed = ("small", "tens") if token.lower == "and" else ("small", "hundred", "scale", "dozen")
        return i + 1 if kind in allowed else None
    kind, _ = number_words().get(token.lower, ("", 0.0))
    if begun and kind == "plural":
        return i
    return i if kind in ("small", "tens", "hundred", "scale", "dozen") else None


def _point_digits(tokens: Tokens, i: int) -> tuple[int, float] | None:
    """Return (index behind it, value) of `point seven one` behind a number in words."""
    if tokens.lower(i) != "point":
        return None
    digits, j = "", i + 1
    while (token := tokens.at(j)) is not None:
        kind, value = number_words().get(token.lower, ("", 0.0))
        if kind == "tens" and not digits:
            unit_kind, unit = number_words().get(tokens.lower(j + 2), ("", 0.0))
            if tokens.lower(j + 1) == "-" and unit_kind == "small":
                digits, j = str(int(value + unit)), j + 3
                break
        if kind not in ("small", "tens"):
            break
        digits, j = digits + str(int(value)), j + 1
    return (j, float(f"0.{digits}")) if digits else None


def _denominator_at(tokens: Tokens, i: int, value: float) -> tuple[int, float] | None:
    """Return (index behind it, size) of the denominator at a token: `[two]-thirds`."""
    j = i + 1 if tokens.lower(i) in ("-", "‑", "–") else i
    word = tokens.at(j)
    if word is None or not tokens.is_near(j):
        return None
    kind, size = number_words().get(word.lower, ("", 0.0))
    if (kind == "part" and value == 1 and _ends_part(tokens, j, j > i)) or (kind == "parts" and value > 1):
        # "two seconds" never comes here: second is a unit, halves are the denominator of two
        return j + 1, size
    return None


def _ends_part(tokens: Tokens, i: int, hyphenated: bool) -> bool:
    """Return whether `one third` is a share and not a third thing: no noun may follow."""
    return hyphenated or tokens.lower(i + 1) in (
        "",
        "of",
        "the",
        ",",
        ".",
        ")",
        "in",
        "to",
        "said",
        "were",
        "and",
        ";",
    )


def _scaled_part(tokens: Tokens, number: Number) -> Number:
    scale = _scale_behind(tokens, number.after)
    if scale is None:
        return number
    return Number(number.first, scale[0], (number.value or 0) * scale[1], None, None, "fraction", scale[1])


def _scale_behind(tokens: Tokens, i: int) -> tuple[int, float] | None:
    """Return (index behind it, size) of the scale that a part is of: `[a third] of a million`."""
    is_of_one = tokens.lower(i) == "of" and tokens.lower(i + 1) in ("a", "one")
    return _scale_at(tokens, i + 2 if is_of_one else i)


def _read_article(tokens: Tokens, i: int) -> Number | None:
    """Return the number at `a hundred`, `a half`, `a third of`, `half a million`, `half of`."""
    word, second = tokens.lower(i), tokens.lower(i + 1)
    kind, size = number_words().get(second, ("", 0.0))
    if not tokens.is_near(i + 1):
        return None
    if word in ("half", "quarter"):
        return _read_half(tokens, i, 0.5 if word == "half" else 0.25)
    if kind in ("hundred", "scale", "dozen") and second not in ("mil",):
        return _read_words(tokens, i + 1, 1.0, i)
    if kind == "part" and (word == "a" or second == "eighth"):
        scale = _scale_behind(tokens, i + 2)
        if scale is not None:
            return Number(i, scale[0], scale[1] / size, None, None, "fraction", scale[1])
        if _is_share(tokens, i + 2, second):
            return Number(i, i + 2, 1 / size, None, None, "fraction")
    if word == "a" and second == "couple" and tokens.lower(i + 2) in ("of", "more"):
        return Number(i, i + 3, 2.0, None, None, "vague")
    return None


def _is_share(tokens: Tokens, i: int, word: str) -> bool:
    """Return whether `a third`, `a quarter` is a share: `of`, a unit or the end follows."""
    after = tokens.lower(i)
    if word in ("half", "quarter"):
        return after in ("of", "", ".", ",", "mile", "the", "century", "its", "to", "from", "in") and not (
            word == "quarter" and after in ("the", "in", "to", "from")
        )
    return after in ("of", "", ".", ",", "to", "in", "more", "less", "from", "say", "said")


def _read_half(tokens: Tokens, i: int, value: float) -> Number | None:
    """Return the number at `half a million`, `half a mile`, `half of`, `half the`."""
    j = i + 2 if tokens.lower(i + 1) in ("a", "an") else i + 1
    scale = _scale_at(tokens, j)
    if scale is not None:
        return Number(i, scale[0], value * scale[1], None, None, "fraction", scale[1])
    if value == 0.5 and j == i + 2:
        return Number(i, i + 1, value, None, None, "half")
    if value == 0.5 and tokens.lower(i + 1) in (
        "of",
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "all",
        "people",
    ):
        return Number(i, i + 1, value, None, None, "fraction")
    return None


def _read_vague(tokens: Tokens, i: int) -> Number | None:
    """Return the order of magnitude at `dozens`, `tens of thousands`, `millions`."""
    value, after = number_words()[tokens.lower(i)][1], i + 1
    while tokens.lower(after) == "of" and number_words().get(tokens.lower(after + 1), ("", 0.0))[0] in (
        "plural",
        "scale",
    ):
        size = number_words()[tokens.lower(after + 1)][1]
        if size <= value and value >= 1e6:
            break
        value, after = value * size, after + 2
    word = tokens.lower(i)
    if after == i + 1 and word in ("tens", "scores") and tokens.lower(after) != "of":
        return None
    return Number(i, after, None, value, value * 10, "vague")


def is_number_start(token: Token) -> bool:
    """Return whether a number may begin at a token."""
    return token.kind == "number" or token.lower in first_words()


@cache
def first_words() -> frozenset[str]:
    """Return the words and signs, in lower case, that a number may begin with."""
    return frozenset((*GLYPHS, "a", "an", *number_words()))
