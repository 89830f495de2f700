from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.lexicons import load_examples
from onrecord.records import Quantity
from onrecord.stages.quantities.read_number import digits_value

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def agrees(quantity: Quantity, wanted: dict[str, Any], text: str) -> bool:
    """Return whether a quantity has every field that a case names; `words` is its mention."""
    for key, value in wanted.items():
        if key == "words":
            if text[slice(*quantity.mention)] != value:
                return False
            continue
        have = getattr(quantity, key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if have is None or abs(have - value) > 1e-6 * max(1, abs(value)):
                return False
        elif have != (None if value == "" else value):
            return False
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["text"], upto="quantities")
    text = draft.page.text
    told = [(text[slice(*q.mention)], q) for q in draft.quantities]
    assert len(told) == len(case["found"]), told
    for quantity, wanted in zip(draft.quantities, case["found"], strict=True):
        assert agrees(quantity, wanted, text), (wanted, quantity)
    assert all(quantity.rule for quantity in draft.quantities)
    assert [quantity.id for quantity in draft.quantities] == [f"q{n + 1}" for n in range(len(told))]


@pytest.mark.parametrize(("name", "yes", "_no"), load_examples("hedges"))
def test_hedges_read_their_sentences(
    draft_of: Any, name: str, yes: tuple[str, ...], _no: tuple[str, ...]
) -> None:
    assert yes
    for sentence in yes:
        (quantity,) = draft_of(sentence, upto="quantities").quantities
        assert quantity.value == 40
        assert quantity.modifier is not None, (name, quantity)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567.8", 1234567.8),
        ("12,34,567", 1234567),
        ("1.234.567", 1234567),
        ("4.800", 4.8),
        ("5,00", 5),
        ("2e3", 2000),
        ("2.5×10−3", 0.0025),
        ("1 234 567", 1234567),
    ],
)
def test_digits_are_read_whatever_their_separators(text: str, value: float) -> None:
    assert digits_value(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", " ", "1" * 400, "9" * 40 + ".5 million km", "½¼⅓ £ $ €", "-" * 500, "1-2-3-4-5" * 50]
)
def test_odd_text_does_not_raise(draft_of: Any, text: str) -> None:
    draft_of(text, upto="checks")


def test_comments_come_after_the_report(draft_of: Any) -> None:
    draft = draft_of("Police held 12 people.", upto="quantities")
    assert [(q.id, q.value, q.of) for q in draft.quantities] == [("q1", 12, "people")]


def test_refusals_say_what_a_figure_is_instead(draft_of: Any) -> None:
    draft = draft_of("They met at 5:30 p.m. on Flight 370 in 2015 and won 2-1.", upto="quantities")
    reasons = {r.reason for r in draft.refused if r.stage == "quantities"}
    assert not draft.quantities
    assert "clock" in reasons
    assert "name" in reasons
