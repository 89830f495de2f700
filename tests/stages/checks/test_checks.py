from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["text"], upto="checks", published="2017-12-11", kind=case.get("kind", "passage"))
    told = [(check.kind, check.verdict) for check in draft.checks]
    assert told == [(check["kind"], check["verdict"]) for check in case["found"]], draft.checks
    for check, wanted in zip(draft.checks, case["found"], strict=True):
        if "expected" in wanted and isinstance(wanted["expected"], str):
            assert check.expected == wanted["expected"]
        elif "expected" in wanted:
            assert check.expected == pytest.approx(wanted["expected"], rel=0.01)
        assert wanted.get("note", "") in check.note
        assert check.note.endswith(".")
        assert check.rule
        assert all(0 <= start < end <= len(draft.page.text) for start, end in check.spans)


def test_note_tells_the_likely_mistake(draft_of: Any) -> None:
    (check,) = draft_of("They hold 20,000 square kilometers (12,430 square miles).", upto="checks").checks
    assert check.verdict == "inconsistent"
    assert check.expected == pytest.approx(7722, rel=0.001)
    assert "converted as lengths are (kilometres to miles)" in check.note


def test_ids_stand_in_text_order(draft_of: Any) -> None:
    text = "It is 10 miles (16 km) long. It weighs 10 kg (22 pounds). It is 100 feet (30 m) high."
    checks = draft_of(text, upto="checks").checks
    assert [check.id for check in checks] == ["c1", "c2", "c3"]
    assert [check.spans[0][0] for check in checks] == sorted(check.spans[0][0] for check in checks)


def test_weekdays_need_the_day_of_publication(draft_of: Any) -> None:
    assert not draft_of("They met on Tuesday, Dec. 11.", upto="checks", published=None).checks
