"""Sentences with the events that must be read from them, and everyday ones that hold none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.records import Draft, Event

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))["case"]
EVERYDAY = (HERE / "everyday.txt").read_text(encoding="utf-8").splitlines()
MOST = 0.1
"""So many events a sentence may be read from pages on sport, weather, markets, culture and homes."""
STATUSES = {
    "actual", "ongoing", "ordered", "planned", "promised", "threatened", "demanded", "predicted", "possible",
    "conditional", "denied",
}  # fmt: skip
TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def tell(event: Event, draft: Draft) -> str:
    """Return an event as the cases write it."""
    names = {actor.id: actor.name for actor in draft.actors}
    by, to = (", ".join(names[one] for one in side) for side in (event.sources, event.targets))
    return " ".join(f"{event.cameo or '-'} {event.status}: {by} > {to}".split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_case(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["sentence"], upto="events")
    assert [tell(event, draft) for event in draft.events] == case["found"]
    if "plover" in case:
        plover = draft.events[0].plover
        assert "/".join(filter(None, (plover.type, plover.mode))) == case["plover"]
    if "refused" in case:
        reasons = [one.reason.rpartition("; nearest")[0] for one in draft.refused if one.stage == "events"]
        assert case["refused"] in reasons


def test_the_cases_hold_every_status_and_type() -> None:
    statuses = {told.split()[1].rstrip(":") for case in CASES for told in case["found"]}
    assert statuses == STATUSES
    assert {case["plover"].split("/")[0] for case in CASES if "plover" in case} == TYPES


def test_everyday_sentences_stay_almost_empty(draft_of: Any) -> None:
    read = [event for sentence in EVERYDAY for event in draft_of(sentence, upto="events").events]
    assert len(read) < MOST * len(EVERYDAY)


@pytest.mark.parametrize(
    ("told", "events"),
    [("Floods swept through Malawi.", []), ("Rebels attacked two towns in Malawi.", ["180"])],
    ids=["flood", "raid"],
)
def test_deaths_are_of_what_the_page_is_about(draft_of: Any, told: str, events: list[str]) -> None:
    draft = draft_of(f"{told} The toll rose on Monday. At least 99 villagers were killed.", upto="events")
    assert [event.cameo for event in draft.events if event.cameo == "180"] == events


def test_what_is_done_has_no_day_after_its_report(draft_of: Any) -> None:
    text = "Kenya accused Uganda of theft and threatened to close the border if nothing improved by Sunday."
    draft = draft_of(text, upto="events", published="2021-11-10")
    accused = next(event for event in draft.events if event.status == "actual")
    assert accused.start_date == "2021-11-10"


def test_what_stops_one_thing_stops_no_other_behind_it(draft_of: Any) -> None:
    draft = draft_of(
        "President Amos Karanja ordered the minister to start the withdrawal of Kenyan troops to the site of "
        "their permanent deployment. The Kenyan leader spoke on Monday.",
        upto="events",
    )
    assert [(event.act.mode, event.status) for event in draft.events] == [("withdraw", "ordered")]


def test_the_adjective_of_those_who_leave_is_not_where() -> None:
    record = onrecord.read_text(
        "Karanja Orders Withdrawal Of Kenyan Troops During Surprise Somalia Visit\n\n"
        "President Amos Karanja on Monday ordered the withdrawal of Kenyan troops.",
        published="2021-11-10",
    )
    kenya = {place.id for place in record.places if place.country == "KEN"}
    assert [event.place in kenya for event in record.events if event.act.type == "RETREAT"] == [False, False]
