"""A number with its unit or currency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from onrecord.lexicons import load
from onrecord.lexicons.figures import Unit, figure_cues, units
from onrecord.stages.quantities.read_number import Number, suffixes
from onrecord.stages.quantities.split_tokens import Tokens

E = TypeVar("E")

HYPHENS = ("-", "‑", "–")
SHY = {
    "m",
    "g",
    "l",
    "L",
    "t",
    "s",
    "h",
    "C",
    "F",
    "W",
    "V",
    "B",
    "K",
    "in",
    "in.",
    "bar",
    "bars",
    "st",
    "pt",
    "ha",
    "dB",
}
"""Symbols that are words or initials too: they need a closer look."""
GLUED_ONLY = {"s", "h", "L", "W", "V", "B", "K", "bar"}
DEEP = 5
"""The most tokens that the name of a unit has."""


@dataclass(frozen=True, slots=True)
class Currency:
    code: str
    names: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, as tokens from `first` up to `after`."""

    first: int
    after: int
    number: Number
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    rule: str
    dimension: str = ""
    of: str | None = None
    is_range: bool = False
    hedge: str | None = None


@cache
def unit_names() -> dict[str, Unit]:
    """Return the unit that each name, in lower case with single blanks, stands for."""
    return {name: unit for unit in units().values() for name in unit.names}


@cache
def unit_symbols() -> dict[str, Unit]:
    """Return the unit that each symbol, as it is written, stands for."""
    return {name: unit for unit in units().values() for name in unit.symbols}


@cache
def money_names() -> dict[str, str]:
    """Return the currency that each name in lower case stands for."""
    return {name: money.code for money in load("currencies", Currency) for name in money.names}


@cache
def money_before() -> dict[str, str]:
    """Return the currency that each sign before a number stands for, blanks left out."""
    return {
        sign.replace(" ", ""): money.code for money in load("currencies", Currency) for sign in money.before
    }


@cache
def money_after() -> dict[str, str]:
    """Return the currency that each sign or code behind a number stands for."""
    return {sign: money.code for money in load("currencies", Currency) for sign in money.after}


def read_measure(tokens: Tokens, number: Number) -> Measure:
    """Return a number with the currency, unit or age that belongs to it."""
    number = _signed(tokens, number)
    plain = Measure(
        number.first,
        number.after,
        number,
        number.value,
        number.low,
        number.high,
        None,
        f"number:{number.form}",
    )
    for reader in (_read_money_before, _read_suffix, _read_unit):
        measure = reader(tokens, plain)
        if measure is not None:
            return measure
    return _read_scale_suffix(tokens, plain)


def _signed(tokens: Tokens, number: Number) -> Number:
    """Return the number with a minus before it: -5, minus 12, negative one."""
    i = number.first - 1
    sign = tokens.lower(i)
    if number.value is None:
        return number
    if sign in ("minus", "negative") or (
        sign == "-" and sign and tokens.lower(i - 1) in ("minus", "negative")
    ):
        first = i if sign != "-" else i - 1
        return replace(number, first=first, value=-number.value)
    if sign in ("-", "−") and i == 0:
        return replace(number, first=i, value=-number.value)
    if sign in ("-", "−") and number.form != "words" and tokens.is_glued(number.first):
        before = tokens.at(i - 1)
        if (
            before is None
            or (not tokens.is_glued(i) and before.text not in ("–", "-"))
            or before.text in "([:"
        ):
            return replace(number, first=i, value=-number.value)
    return number


# --- money ----------------------------------------------------------------------------------


def _read_money_before(tokens: Tokens, plain: Measure) -> Measure | None:
    first, code = _money_sign(tokens, plain.number.first)
    if code is None:
        if tokens.lower(plain.number.first - 1) == "-":
            # "$-5"
            first, code = _money_sign(tokens, plain.number.first - 1)
        if code is None:
            return None
    measure = _read_scale_suffix(
        tokens, replace(plain, first=first, unit=code, rule="money:sign", dimension="money")
    )
    after = measure.after
    name = _longest(tokens, after, money_names())
    if name is not None and tokens.is_near(after):
        # "$15 dollars", "$500 US"; "A$10 Australian dollars"
        measure = replace(measure, after=name[0], unit=name[1] if code == "USD" else code)
    elif tokens.lower(after) in ("us", "u.s") and tokens.is_near(after) and not tokens.is_glued(after):
        measure = replace(measure, after=after + 1)
    return _read_per(tokens, measure)


def _money_sign(tokens: Tokens, i: int) -> tuple[int, str | None]:
    """Return (first token, currency) of the sign that ends just before a token."""
    table = money_before()
    for size in (4, 3, 2, 1):
        first = i - size
        if first < 0 or not all(tokens.is_near(k) for k in range(first + 1, i + 1)):
            continue
        joined = "".join(token.text for token in tokens.all[first:i])
        code = table.get(joined) or (
            table.get(joined.upper()) if joined.endswith("$") and joined[:1] not in "as" else None
        )
        if code is None:
            continue
        if joined.isalpha() and len(joined) < 3 and joined not in ("RM", "Rs") and not tokens.is_glued(i):
            continue
        if size > 1 and sum(not tokens.is_glued(k) for k in range(first + 1, i)) > 1 and joined[0] != "U":
            continue
        return first, code
    return i, None


# --- units ----------------------------------------------------------------------------------


def _read_suffix(tokens: Tokens, plain: Measure) -> Measure | None:
    """Return the measure whose scale is glued to the digits and has a unit or noun behind it: 1.2m tons."""
    i = plain.after
    token = tokens.at(i)
    if token is None or plain.number.form != "digits" or plain.number.scale != 1.0 or plain.value is None:
        return None
    if not tokens.is_glued(i) or token.text not in suffixes():
        return None
    grown = _grow(plain, suffixes()[token.text], i + 1)
    if token.text in ("m", "M", "b", "mm", "k", "K", "bn", "tn", "B"):
        measure = _read_unit(tokens, grown)
        if measure is not None:
            return measure
    if token.text in ("m", "mm", "mil") and not _is_million(tokens, i):
        return None
    if token.text in ("K", "B", "T", "mm", "tr") and tokens.lower(i + 1) in ("", ".", ","):
        return None if token.text != "K" else grown
    return grown


def _is_million(tokens: Tokens, i: int) -> bool:
    """Return whether `m` behind a number is a million and no metre: a plural noun or `of` follows."""
    following = tokens.at(i + 1)
    if following is None or not tokens.is_near(i + 1) or following.kind != "word":
        return False
    return following.lower == "of" or (
        following.lower.endswith("s")
        and following.lower not in figure_cues("notname")
        and len(following.lower) > 3
    )


def _grow(measure: Measure, scale: float, after: int) -> Measure:
    value = None if measure.value is None else measure.value * scale
    return replace(
        measure,
        value=value,
        after=after,
        number=replace(measure.number, scale=scale, value=value, after=after),
    )


def _read_scale_suffix(tokens: Tokens, measure: Measure) -> Measure:
    """Return the measure times a suffix such as bn, m, k; a lone m counts only with money."""
    i = measure.after
    token = tokens.at(i)
    if (
        token is None
        or measure.number.form != "digits"
        or measure.number.scale != 1.0
        or not tokens.is_near(i)
    ):
        return measure
    size = suffixes().get(token.text)
    if size is None or measure.value is None:
        return measure
    has_money = measure.dimension == "money"
    if tokens.is_glued(i) and (has_money or token.text in ("k", "bn", "M", "b", "mn", "tn")):
        return _grow(measure, size, i + 1)
    if not tokens.is_glued(i) and (
        token.text in ("bn", "mn", "tn", "mil", "Bn", "mio")
        or (has_money and token.text in ("m", "b", "M", "B", "k"))
    ):
        return _grow(measure, size, i + 1)
    return measure


def _read_unit(tokens: Tokens, plain: Measure) -> Measure | None:
    """Return the measure with the unit whose name or symbol stands behind the number."""
    i = plain.after
    if (
        tokens.lower(i) in HYPHENS
        and tokens.is_glued(i)
        and (tokens.is_glued(i + 1) or tokens.lower(i + 1) in unit_names())
    ):
        i += 1
    if not tokens.is_near(i):
        return None
    if tokens.lower(i) == "of" and plain.number.form in ("vague", "fraction"):
        i += 1
        if tokens.lower(i) in ("a", "an"):
            i += 1
    elif plain.number.form == "half" and tokens.lower(i) in ("a", "an"):
        i += 1
    if tokens.at(i) is None:
        return None
    money = _money_behind(tokens, i, plain)
    if money is not None:
        return money
    found = _longest(tokens, i, unit_names())
    symbol = _symbol_at(tokens, i)
    if symbol is not None and (found is None or symbol[0] > found[0]):
        found = symbol
    if found is None:
        return None
    after, unit = found
    measure = replace(
        plain, after=after, unit=unit.symbol, rule=f"unit:{unit.symbol}", dimension=unit.dimension
    )
    if (
        unit.symbol == "lb"
        and unit_names().get(tokens.lower(after - 1)) is unit
        and _is_sterling(tokens, measure)
    ):
        measure = replace(measure, unit="GBP", rule="money:pounds", dimension="money")
    if unit.dimension == "duration":
        aged = _read_age(tokens, measure)
        return aged if aged.of is not None else _read_per(tokens, measure)
    return _read_per(tokens, measure)


def _money_behind(tokens: Tokens, i: int, plain: Measure) -> Measure | None:
    token = tokens.all[i]
    name = _longest(tokens, i, money_names())
    if (name is not None and token.lower not in ("sol", "won", "real", "ether", "sterling", "us")) or (
        name is not None and name[0] > i + 1
    ):
        measure = replace(plain, after=name[0], unit=name[1], rule="money:name", dimension="money")
        return _read_per(tokens, _read_code_scale(tokens, measure))
    code = money_after().get(token.text)
    if code is None and token.text[:1] == "M" and len(token.text) == 4 and money_after().get(token.text[1:]):
        # "30 MUSD"
        plain, code = _grow(plain, 1e6, i), money_after()[token.text[1:]]
    if code is None or (
        code == "USD" and token.text == "$" and (not tokens.is_near(i) or _starts_number(tokens, i + 1))
    ):
        return None
    measure = replace(plain, after=i + 1, unit=code, rule="money:code", dimension="money")
    return _read_per(tokens, _read_code_scale(tokens, measure))


def _starts_number(tokens: Tokens, i: int) -> bool:
    token = tokens.at(i)
    return token is not None and token.kind == "number" and tokens.is_glued(i)


def _read_code_scale(tokens: Tokens, measure: Measure) -> Measure:
    """Return the measure with the scale that stands behind the code: 75 USD million."""
    size = {"million": 1e6, "billion": 1e9}.get(tokens.lower(measure.after))
    if size is None or measure.number.scale != 1.0:
        return measure
    return _grow(measure, size, measure.after + 1)


def _longest(tokens: Tokens, i: int, table: dict[str, E]) -> tuple[int, E] | None:
    """Return (index behind it, entry) of the longest name in a table that begins at a token."""
    name, best = "", None
    for k in range(i, min(i + DEEP, len(tokens.all))):
        if k > i and not tokens.is_near(k):
            break
        piece = tokens.all[k].lower
        glued = k > i and tokens.is_glued(k)
        name = name + ("" if glued or not name else " ") + piece
        entry = table.get(name) or table.get(name.replace("-", " "))
        if entry is not None:
            best = k + 1, entry
    return best


def _symbol_at(tokens: Tokens, i: int) -> tuple[int, Unit] | None:
    """Return (index behind it, unit) of the longest unit symbol at a token."""
    name, best = "", None
    table = unit_symbols()
    for k in range(i, min(i + DEEP, len(tokens.all))):
        if k > i and not tokens.is_near(k):
            break
        name = name + ("" if k == i or tokens.is_glued(k) else " ") + tokens.all[k].text
        unit = table.get(name)
        if unit is None:
            continue
        if name[-1].isalnum() and tokens.is_glued(k + 1) and tokens.all[k + 1].kind != "mark":
            continue
        if name in SHY and not _is_symbol(tokens, i, k + 1, name):
            continue
        best = k + 1, unit
    return best


def _is_symbol(tokens: Tokens, i: int, after: int, name: str) -> bool:
    """Return whether a short symbol is one here: glued to its number, or nothing but marks behind it."""
    glued = tokens.is_glued(i) or tokens.lower(i - 1) in HYPHENS
    behind = tokens.at(after)
    closed = (
        behind is None
        or (behind.kind == "mark" and behind.text not in ("'", "’", "&"))
        or not tokens.is_near(after)
    )
    if name == "in" and tokens.lower(i - 2) in ("ft", "feet", "foot", "′"):
        return True
    if name in ("in", "in.", "st", "pt"):
        return (closed or glued) and (
            glued
            or (closed and tokens.lower(i - 2) in ("ft", "feet", "(", "x", "×", "-", "["))
            or (closed and name == "in")
        )
    if name == "bar":
        return glued or (closed and tokens.lower(after) in ("", ")", "]"))
    if name in GLUED_ONLY:
        return glued
    if name in ("C", "F"):
        return glued or closed or (behind is not None and not behind.text[0].isupper())
    return glued or closed or (behind is not None and behind.kind == "word" and not behind.text[0].isupper())


def _is_sterling(tokens: Tokens, measure: Measure) -> bool:
    """Return whether pounds are money: of a size that only money has, or beside a word of paying."""
    if tokens.lower(measure.after) == "of" and tokens.lower(measure.after + 1) not in (
        "debt",
        "funding",
        "investment",
        "taxpayers",
    ):
        return False
    around = {tokens.lower(k) for k in range(measure.first - 5, measure.first)}
    if around & figure_cues("money"):
        return True
    return bool(measure.number.scale >= 1e6)


def _read_per(tokens: Tokens, measure: Measure) -> Measure:
    """Return the measure with what its unit is reckoned by: dollars per barrel, 14 cents a share, km/ms."""
    i = measure.after
    word = tokens.lower(i)
    if word in HYPHENS and tokens.lower(i + 1) in ("a", "per", "an"):
        i += 1
        word = tokens.lower(i)
    if not tokens.is_near(i) or not tokens.is_near(i + 1) or measure.unit in (None, "%", "pp"):
        return measure
    j = i + 2 if tokens.lower(i + 1) in HYPHENS else i + 1
    if (
        (word == "/" and tokens.is_glued(i))
        or word == "per"
        or (
            word in ("a", "an", "each", "every")
            and tokens.lower(j) in figure_cues("per")
            and measure.dimension != "length"
        )
    ):
        pass
    else:
        return measure
    base = _longest(tokens, j, unit_names()) or _symbol_at(tokens, j)
    token = tokens.at(j)
    if tokens.lower(base[0] if base else j + 1) in ("ago", "earlier", "later", "before", "after", "on"):
        # "to $2 billion a year earlier"
        return measure
    if base is not None:
        return replace(
            measure,
            after=base[0],
            unit=f"{measure.unit}/{base[1].symbol}",
            dimension=f"{measure.dimension}/{base[1].symbol}",
        )
    if token is None or token.kind != "word" or (word == "/" and token.lower not in figure_cues("per")):
        return measure
    name = token.lower.rstrip("s") if token.lower != "gas" else token.lower
    return replace(
        measure, after=j + 1, unit=f"{measure.unit}/{name}", dimension=f"{measure.dimension}/{name}"
    )


def _read_age(tokens: Tokens, measure: Measure) -> Measure:
    """Return the measure as an age if `old` or `of age` follows it."""
    i = measure.after
    j = i + 1 if tokens.lower(i) in HYPHENS else i
    if tokens.lower(j) in ("old", "olds") and tokens.is_near(j):
        return replace(measure, after=j + 1, of="age", rule="age:old", dimension="age")
    if tokens.lower(i) == "of" and tokens.lower(i + 1) == "age":
        return replace(measure, after=i + 2, of="age", rule="age:old", dimension="age")
    return measure
