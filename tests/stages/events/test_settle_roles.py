"""Stories whose events must have their parties, place, day and victims, wherever these are told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Draft, Event
from onrecord.stages.events.count_victims import find_harm
from onrecord.stages.events.story import index_stories

HERE = Path(__file__).parent
HARM = tomllib.loads((HERE / "harm.toml").read_text(encoding="utf-8"))["case"]
STORIES = tomllib.loads((HERE / "stories.toml").read_text(encoding="utf-8"))["story"]


def tell(event: Event, draft: Draft) -> dict[str, Any]:
    """Return an event as the stories write it."""
    actors = {actor.id: actor.name for actor in draft.actors}
    places = {place.id: place.name for place in draft.places}
    return {
        "by": [actors[name] for name in event.sources],
        "to": [actors[name] for name in event.targets],
        "place": places.get(event.place or "", ""),
        "placed_by": event.placed_by or "",
        "day": event.start_date or "",
        "dated_by": event.dated_by or "",
        "dead": -1 if event.dead is None else event.dead,
        "injured": -1 if event.injured is None else event.injured,
    }


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["kind"])
def test_story(draft_of: Any, story: dict[str, Any]) -> None:
    page = {"published": story.get("published", "2021-11-10"), "kind": story.get("page", "passage")}
    draft = draft_of(story["text"], upto="events", **page)
    told = {draft.page.text[slice(*event.trigger)]: tell(event, draft) for event in draft.events}
    for trigger, wanted in story["events"].items():
        assert {key: told[trigger][key] for key in wanted} == wanted, told[trigger]


@pytest.mark.parametrize("case", HARM, ids=lambda case: case["kind"])
def test_harm(draft_of: Any, case: dict[str, Any]) -> None:
    (story,) = index_stories(draft_of(case["sentence"], upto="quantities"))
    assert [f"{one.count} {one.kind}" for one in find_harm(story)] == case["harm"]


def test_a_choice_names_what_spoke_for_it_and_who_was_passed_over(draft_of: Any) -> None:
    draft = draft_of("Chad expelled the ambassador of Sudan on Monday. Kenya said nothing.", upto="events")
    (event,) = draft.events
    kinds = {(proof.kind, proof.rule) for proof in event.evidence}
    assert ("source", "passed over") in kinds
    assert any(line.startswith("source a1") and "weighed" in line for line in event.why)


def test_a_page_without_a_day_dates_nothing_by_it(draft_of: Any) -> None:
    draft = draft_of("Chad expelled the ambassador of Sudan.", upto="events", published=None)
    assert [(event.start_date, event.dated_by) for event in draft.events] == [(None, None)]


def test_a_comment_is_a_story_of_its_own(draft_of: Any) -> None:
    text = "Police arrested four editors in Lagos.\n\nComments\n\nBola: The army attacked Chad."
    report = draft_of("Police arrested four editors in Lagos.", upto="events")
    whole = draft_of(text, upto="events", kind="article")
    first = [
        event for event in whole.events if event.trigger[0] < len("Police arrested four editors in Lagos.")
    ]
    assert [(e.place, e.sources) for e in first] == [(e.place, e.sources) for e in report.events]
