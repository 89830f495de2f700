"""Known misreadings. When one of these passes, the build asks for it to be moved to its stage."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.records import Draft


def _mentions(draft: Draft) -> dict[str, Any]:
    return {draft.page.text[start:end]: p for p in draft.places for start, end in p.mentions}


@pytest.mark.xfail(strict=True, reason="'in northern COUNTRY' does not yet place the name before it")
def test_a_part_of_a_country_places_a_name(draft_of: Any) -> None:
    found = _mentions(draft_of("A bomb went off in Tripoli in northern Lebanon, police said.", upto="places"))
    assert found["Tripoli"].country == "LBN"


@pytest.mark.xfail(strict=True, reason="a first name that is a city still wins over an unknown surname")
def test_a_person_is_no_place(draft_of: Any) -> None:
    found = _mentions(draft_of("Paris Holm, 34, sang two songs.", upto="places"))
    assert not any("Paris" in words for words in found)


@pytest.mark.xfail(strict=True, reason="a strike that a union leader announces is taken for an attack")
def test_a_strike_of_workers_is_no_assault(draft_of: Any) -> None:
    text = "“We will strike every Friday until the plan is withdrawn,” said union leader Tor Haugland."
    assert all(event.act.type != "ASSAULT" for event in draft_of(text, upto="events").events)


@pytest.mark.xfail(strict=True, reason="verbs of harm in another sense, standing alone")
@pytest.mark.parametrize(
    "text",
    ["The Kenyan president was crushed in the primaries.", "The Kenyan minister was captured on film."],
)
def test_a_verb_of_harm_in_another_sense_is_no_event(draft_of: Any, text: str) -> None:
    assert draft_of(text, upto="events").events == ()


@pytest.mark.xfail(strict=True, reason="a forecast within a condition is taken for the speaker's plan")
def test_a_forecast_is_no_plan_of_its_speaker(draft_of: Any) -> None:
    text = "Defence Minister Jim Mattis said that even should the rebels lose the town, the army would stay."
    assert draft_of(text, upto="commitments").commitments == ()
