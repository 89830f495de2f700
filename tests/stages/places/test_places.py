from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Draft

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_places_of_a_sentence(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["text"], upto="places", publisher=case.get("publisher"))
    found = _mentions(draft)
    for words, country, precision in case.get("places", ()):
        assert words in found, f"{words!r} is not among {sorted(found)}"
        assert (found[words].country or "", found[words].precision) == (country, precision)
    for words in case.get("not", ()):
        assert words not in found
    if near := case.get("near"):
        place = found[case["places"][0][0]] if "places" in case else next(iter(found.values()))
        assert abs(place.lat - near[0]) + abs(place.lon - near[1]) < 0.5


def _mentions(draft: Draft) -> dict[str, Any]:
    return {draft.page.text[start:end]: p for p in draft.places for start, end in p.mentions}
