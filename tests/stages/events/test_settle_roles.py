"""Stories whose events must have their parties, place, day and victims, wherever these are told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Draft, Event
from onrecord.stages.events.count_victims import DEAD, find_harm, victim_choices
from onrecord.stages.events.place_events import Act
from onrecord.stages.events.rank_parties import RuleRoles
from onrecord.stages.events.settle_roles import leave_bystander, pass_over_unlikely
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


def test_an_act_at_the_top_asks_which_number_is_the_greatest(draft_of: Any) -> None:
    text = "Rebels attacked a camp near Lira. The attack killed 12 soldiers. Two soldiers had died in May."
    (story,) = index_stories(draft_of(text, upto="quantities"))
    sentence = story.sentences[0]
    word = next(token for token in sentence.tokens if token.text == "attacked")
    choices = victim_choices(DEAD, Act(word, sentence, 0, "ASSAULT"), find_harm(story))
    told = {one.id: [name for name in one.features if "at the top" in name] for one in choices}
    assert told == {
        "12": ["an act at the top, the greatest number"],
        "2": ["an act at the top, a lesser number"],
    }


def test_who_was_killed_is_compared_with_whom_an_act_is_aimed_at(draft_of: Any) -> None:
    draft = draft_of("Rebels attacked soldiers near Lira. Twelve soldiers were killed.", upto="quantities")
    (story,) = index_stories(draft)
    soldiers = next(actor.id for actor in draft.actors if actor.name == "soldiers")
    word = next(token for token in story.sentences[0].tokens if token.text == "attacked")
    for aim, wanted in (((soldiers,), True), ((), False)):
        act = Act(word, story.sentences[0], 0, "ASSAULT", to=aim)
        (choice,) = victim_choices(DEAD, act, find_harm(story))
        assert ("its victims are the target" in choice.features) is wanted


def test_of_several_whom_the_rules_list_the_unlikely_are_passed_over() -> None:
    rules = RuleRoles(("a1", "a2", "a3"), ("a4",), ("subject", "object"), read=True)
    kept = pass_over_unlikely(("a1", "a4"), rules, {"a1": 2.0, "a2": 1.5, "a3": 0.4}, {"a4": -0.5})
    assert (kept.by, kept.to) == (("a1", "a2"), ("a4",))


def test_who_met_several_others_meets_no_place() -> None:
    partners = RuleRoles(("a1", "a2"), (), ("subject", ""), read=True)
    assert leave_bystander(("a1", "a3"), partners) == ("a1", None)
    assert leave_bystander(("a1", "a2"), partners) == ("a1", "a2")
    assert leave_bystander(("a1", "a3"), RuleRoles(("a1",), (), ("subject", ""), read=True)) == ("a1", "a3")


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
