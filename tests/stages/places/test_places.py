from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The envoy flew to Cairo on Monday and left for Egypt's coast.", "Cairo", "EGY"),
        ("Shells hit the port of Tripoli, the Libyan government said.", "Tripoli", "LBY"),
        pytest.param(
            "A bomb went off in Tripoli in northern Lebanon, police said.",
            "Tripoli",
            "LBN",
            marks=pytest.mark.xfail(
                strict=True, reason="'in northern COUNTRY' does not yet place the name before it"
            ),
        ),
    ],
)
def test_a_place_is_told_by_its_country(draft_of: Any, text: str, words: str, country: str) -> None:
    draft = draft_of(text, upto="places")
    found = [p for p in draft.places if any(draft.page.text[s:e] == words for s, e in p.mentions)]
    assert [(place.country, place.lat is not None) for place in found] == [(country, True)]


@pytest.mark.xfail(strict=True, reason="a first name that is a city still wins over an unknown surname")
def test_a_person_is_no_place(draft_of: Any) -> None:
    draft = draft_of("Paris Holm, 34, sang two songs.", upto="places")
    assert all("Paris" not in draft.page.text[s:e] for p in draft.places for s, e in p.mentions)
