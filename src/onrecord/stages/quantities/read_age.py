"""Ages: `Ann Lee, 43`, `a 43-year-old`."""

from __future__ import annotations

from dataclasses import replace

from onrecord.stages.quantities.name_counted import Counted
from onrecord.stages.quantities.read_measure import Measure
from onrecord.stages.quantities.split_tokens import Tokens

OLDEST = 115
"""Years; a bare figure above is not read as somebody's age."""


def read_age(tokens: Tokens, measure: Measure, counted: Counted) -> Measure:
    """Return a bare figure as an age where its place says so: aged 25, `Ann Lee, 65,`, 87 yo."""
    if measure.unit is not None or measure.of is not None:
        return measure
    age = replace(measure, unit="year", of="age", dimension="age")
    before, i = tokens.lower(measure.first - 1), measure.after
    if before in ("aged", "age") and tokens.is_near(measure.first):
        return replace(age, rule="age:aged")
    if before in ("of", "to", "between", "at") and tokens.lower(measure.first - 2) in ("age", "ages", "aged"):
        return replace(age, rule="age:aged")
    if tokens.lower(i) in ("yo", "y.o", "yr-old") and tokens.is_near(i):
        return replace(age, after=i + 1, rule="age:old")
    if _is_predicate(tokens, measure, counted):
        return replace(age, rule="age:predicate")
    if _is_apposed(tokens, measure, counted):
        return replace(age, rule="age:apposition")
    return measure


def _is_predicate(tokens: Tokens, measure: Measure, counted: Counted) -> bool:
    """Return whether a bare figure is what somebody is: she was 10, he turned 35."""
    value, verb = measure.value, tokens.at(measure.first - 1)
    if value is None or measure.is_range or value != int(value) or not 1 <= value <= OLDEST or verb is None:
        return False
    if verb.lower not in ("is", "was", "be", "turned", "turns", "turn", "being", "were", "are"):
        return False
    closes = tokens.lower(measure.after)
    if closes not in ("", ".", ",", ";", ")", "when", "and", "by", "at", "but", "while"):
        return False
    parsed = counted.token_at(verb.start)
    subjects = (
        [] if parsed is None else [child for child in parsed.children if child.dep_ in ("nsubj", "nsubjpass")]
    )
    return any(child.lower_ in ("he", "she", "who", "i") or child.ent_type_ == "PERSON" for child in subjects)


def _is_apposed(tokens: Tokens, measure: Measure, counted: Counted) -> bool:
    """Return whether a bare figure stands between commas, or in brackets, behind a person's name."""
    value = measure.value
    if (
        value is None
        or measure.is_range
        or measure.number.form != "digits"
        or value != int(value)
        or not 1 <= value <= OLDEST
    ):
        return False
    opens, closes = tokens.lower(measure.first - 1), tokens.lower(measure.after)
    if (opens, closes) not in ((",", ","), ("(", ")"), (",", "."), (",", ";")):
        return False
    if opens == "(" and value < 16:
        # the shirt number of a player
        return False
    token = tokens.at(measure.first - 2)
    if (
        token is None
        or token.kind != "word"
        or not token.text[0].isupper()
        or not tokens.is_near(measure.first)
    ):
        return False
    parsed = counted.token_at(token.start)
    if parsed is None or parsed.pos_ != "PROPN":
        return False
    if parsed.ent_type_ in ("GPE", "LOC", "ORG", "FAC", "DATE", "PRODUCT", "EVENT"):
        return False
    earlier = tokens.at(measure.first - 3)
    return parsed.ent_type_ == "PERSON" or (
        opens == "," and earlier is not None and earlier.kind == "word" and earlier.text[0].isupper()
    )
