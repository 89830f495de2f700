"""The steps by which roles are settled, each by itself: the weights of candidates play no part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from onrecord.records import Draft, Event, Evidence
from onrecord.stages.events.place_events import Act, place_choices
from onrecord.stages.events.rank_parties import RuleRoles, pair_parties
from onrecord.stages.events.settle_roles import (
    Reading,
    Telling,
    aim_at_doers,
    explain,
    find_act,
    is_open,
    keep_listed,
    likeliest,
    name_both_sides,
    pass_over_unlikely,
    tells_origin,
    type_of,
)
from onrecord.stages.events.story import Story, index_stories
from onrecord.stages.events.weigh_choices import Choice, read_role_weights, tell_choice


@pytest.fixture(scope="module")
def some_event(draft_of: Any) -> Event:
    """Return an event to make others from."""
    event: Event = draft_of("Police arrested four editors in Lagos.").events[0]
    return replace(event, plover=None, why=(), evidence=())


class Told:
    """A text with events that a test states: `told.event("condemned", "ACCUSE", by=["Kenya"])`."""

    def __init__(self, draft: Draft, template: Event) -> None:
        self.draft, self.template = draft, template
        self.story: Story = next(index_stories(draft))

    def actors(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(next(one.id for one in self.draft.actors if one.name == name) for name in names)

    def names(self, ids: Sequence[str]) -> list[str]:
        known = {one.id: one.name for one in self.draft.actors}
        return [known[one] for one in ids]

    def event(self, word: str, kind: str, by: Sequence[str] = (), to: Sequence[str] = ()) -> Event:
        start = self.draft.page.text.index(word)
        act = replace(self.template.act, type=kind)
        return replace(
            self.template, act=act, sources=self.actors(by), targets=self.actors(to),
            trigger=(start, start + len(word)),
        )  # fmt: skip

    def reading(self, event: Event) -> Reading:
        sentence = self.story.sentences[self.story.number_of(event.trigger[0])]
        return Reading(event, sentence, RuleRoles(event.sources, event.targets, ("subject", "object"), True))

    def act(self, event: Event) -> Act:
        return find_act(self.reading(event), self.story)


@pytest.fixture
def told_in(draft_of: Any, some_event: Event) -> Any:
    return lambda text: Told(draft_of(text, upto="statements"), some_event)


@pytest.mark.parametrize(
    ("text", "judged", "by", "kind", "to"),
    [
        ("Kenya condemned the attack on the soldiers.", "attack", ["Kenya"], "ACCUSE", ["rebels"]),
        ("Kenya condemned the attack on the soldiers.", "attack", ["Kenya"], "REJECT", ["soldiers"]),
        ("Kenya condemned that rebels attacked the soldiers.", "attacked", ["Kenya"], "ACCUSE", ["soldiers"]),
        (
            "Kenya condemned the plan of an attack on the soldiers.",
            "attack",
            ["Kenya"],
            "ACCUSE",
            ["soldiers"],
        ),
        ("The rebels condemned the attack on the soldiers.", "attack", ["rebels"], "ACCUSE", []),
    ],
    ids=["who did it", "no judgement", "a verb", "not its object", "they judge themselves"],
)
def test_a_judgement_is_aimed_at_who_did_it(
    told_in: Any, text: str, judged: str, by: list[str], kind: str, to: list[str]
) -> None:
    told = told_in(f"The rebels and the soldiers met. {text}")
    deed = told.event(judged, "ASSAULT", by=["rebels"])
    judgement = told.event("condemned", kind, by=by, to=["soldiers"])
    judgement = replace(
        judgement,
        why=("target soldiers: object",),
        evidence=(Evidence("object", "target", deed.trigger, None),),
    )
    first, second = aim_at_doers([deed, judgement], [told.act(deed), told.act(judgement)])
    assert first is deed
    assert told.names(second.targets) == to
    if to == ["soldiers"]:
        assert second is judgement
    else:
        assert second.why[0] == "passed over: target soldiers: object"
        assert second.why[1].startswith(f"target {', '.join(second.targets) or 'nobody'}: who did what")
        assert [one.rule for one in second.evidence] == ["who did what is judged"]


def test_a_deed_that_is_not_judged_by_type_aims_at_nobody(told_in: Any) -> None:
    told = told_in("The rebels left. Kenya condemned the talks with rebels.")
    talks = told.event("talks", "CONSULT", by=["rebels"])
    judgement = told.event("condemned", "ACCUSE", by=["Kenya"])
    assert list(aim_at_doers([talks, judgement], [told.act(talks), told.act(judgement)]))[1] is judgement


def test_a_judgement_that_names_who_did_it_stays_as_it_is(told_in: Any) -> None:
    told = told_in("The rebels left. Kenya condemned the attack.")
    deed = told.event("attack", "ASSAULT", by=["rebels"])
    judgement = told.event("condemned", "ACCUSE", by=["Kenya"], to=["rebels"])
    assert list(aim_at_doers([deed, judgement], [told.act(deed), told.act(judgement)]))[1] is judgement


TALKS = "Kenya met Uganda in Lagos. Chad sent an envoy. The two leaders discussed the border."


@pytest.mark.parametrize(
    ("first", "kind", "parties", "by"),
    [
        ("CONSULT", "CONSULT", ["leaders"], ["Kenya", "Uganda"]),
        ("ASSAULT", "CONSULT", ["leaders"], ["leaders"]),
        ("CONSULT", "ACCUSE", ["leaders"], ["leaders"]),
        ("CONSULT", "CONSULT", ["leaders", "Chad"], ["leaders", "Chad"]),
    ],
    ids=["of the talks before", "no talks before", "no talks themselves", "with somebody else"],
)
def test_the_two_leaders_are_those_of_the_talks_before(
    told_in: Any, first: str, kind: str, parties: list[str], by: list[str]
) -> None:
    told = told_in(TALKS)
    if not any(one.name == "leaders" for one in told.draft.actors):
        parties = ["two leaders" if name == "leaders" else name for name in parties]
        by = ["two leaders" if name == "leaders" else name for name in by]
    events = [told.event("met", first, ["Kenya"], ["Uganda"]), told.event("discussed", kind, parties)]
    _, second = name_both_sides(events, [told.reading(event) for event in events], told.story)
    assert told.names(second.sources) == by


def test_the_type_of_an_event_is_that_of_its_act_where_the_ontology_has_none(
    draft_of: Any, some_event: Event
) -> None:
    told: Event = draft_of("Police arrested four editors in Lagos.").events[0]
    assert told.plover is not None
    other = replace(told, act=replace(told.act, type="OTHER"))
    assert (type_of(other), type_of(replace(other, plover=None))) == (told.plover.type, "OTHER")


@pytest.mark.parametrize(
    ("pair", "by", "to", "kept"),
    [
        (("a1", "a4"), ("a1", "a2"), ("a4",), (("a1", "a2"), ("a4",))),
        (("a1", "a2"), ("a1", "a2", "a3"), (), (("a1", "a2", "a3"), ())),
        (("a3", "a1"), ("a1", "a2"), (), (("a3",), ("a1",))),
        (("a3", "a4"), ("a1", "a2"), ("a4", "a3"), (("a3",), ("a4",))),
        ((None, "a1"), ("a2",), ("a1",), ((), ("a1",))),
        (("a1", None), ("a1",), ("a2",), (("a1",), ())),
        (("a1", "a3"), ("a1", "a2"), ("a2", "a3"), (("a1",), ("a2", "a3"))),
        (("a1", "a3"), ("a1",), ("a1", "a3"), (("a1",), ("a3",))),
    ],
    ids=[
        "beside the chosen one", "a joint act", "a listed source as target", "a source that is not listed",
        "no source", "no target", "on both sides", "a source that is listed as target",
    ],
)  # fmt: skip
def test_those_whom_rules_list_stay_beside_who_was_chosen(
    pair: Any, by: tuple[str, ...], to: tuple[str, ...], kept: Any
) -> None:
    assert keep_listed(pair, RuleRoles(by, to, ("subject", "object"), read=True)) == kept


def test_who_was_chosen_for_the_other_side_is_not_passed_over() -> None:
    rules = RuleRoles(("a1", "a2"), (), ("subject", ""), read=True)
    kept = pass_over_unlikely(("a1", "a2"), rules, {"a1": 2.0, "a2": -3.0}, {"a2": 1.0})
    assert kept.by == ("a1", "a2")


@pytest.mark.parametrize(
    ("sources", "targets", "pair"),
    [
        ([("a1", 2.0)], [("a2", 1.0)], ("a1", "a2")),
        ([("a1", 2.0), ("a2", 1.5)], [("a1", 1.0)], ("a2", "a1")),
        ([("a1", 2.0)], [("a1", 1.0)], ("a1", None)),
        ([("a1", -1.0)], [("a2", 1.0)], (None, "a2")),
        ([("a1", -1.0)], [], (None, None)),
    ],
    ids=["the first of each", "nobody twice", "better alone", "unlikely", "nobody"],
)
def test_two_parties_are_the_likeliest_who_are_not_the_same(sources: Any, targets: Any, pair: Any) -> None:
    assert pair_parties(sources, targets) == pair


def test_a_choice_tells_what_speaks_for_it_and_against_it() -> None:
    weights = read_role_weights()["source"]
    best, worst = max(weights, key=weights.__getitem__), min(weights, key=weights.__getitem__)
    told = tell_choice("source", Choice("a1", (best, "a trait without a weight", worst), "told"))
    assert told == f"{best} {weights[best]:+.2f}; against: {worst} {weights[worst]:+.2f}"
    assert tell_choice("source", Choice("a1", (best,), "told")) == f"{best} {weights[best]:+.2f}"


def test_a_choice_without_words_is_told_without_them(told_in: Any) -> None:
    told = told_in("Chad expelled the ambassador of Sudan.")
    page, day = Choice("page", (), "page"), Choice("t1", (), "told", (0, 4))
    for choice, words in ((page, "date page, weighed"), (day, 'date t1 "Chad", weighed')):
        telling = Telling()
        explain(telling, "date", choice.id, [(choice, 1.0)], told.story)
        assert telling.why[0].startswith(words)
    telling = Telling()
    explain(telling, "date", None, [(day, -1.0)], told.story)
    assert (telling.why, [one.rule for one in telling.evidence]) == ([], ["passed over"])


PLACES = "The Russian president spoke in Latakia of Syria. Turkey listened."


@pytest.mark.parametrize(
    ("kind", "by", "place", "is_origin"),
    [
        ("CONSULT", ["Vladimir Putin"], "Russia", True),
        ("CONSULT", ["Turkey"], "Russia", False),
        ("CONSULT", ["Vladimir Putin"], "Latakia", False),
        ("RETREAT", ["Syria"], "Syria", False),
    ],
    ids=["of who acts", "of somebody else", "no adjective", "a noun"],
)
def test_the_adjective_of_a_person_is_not_where(
    told_in: Any, kind: str, by: list[str], place: str, is_origin: bool
) -> None:
    told = told_in(PLACES)
    event = told.event("spoke", kind, by)
    act = replace(told.act(event), by=event.sources)
    named = {one.id: one.name for one in told.draft.places}
    choice = next(one for one in place_choices(act, told.story) if named[one.id] == place)
    assert tells_origin(choice, act, told.story) is is_origin


def test_the_adjective_of_who_leaves_is_not_where_of_others_it_is(told_in: Any) -> None:
    told = told_in("The withdrawal of Russian troops from Syria began.")
    event = told.event("withdrawal", "RETREAT", ["Russian military"])
    for kind, is_origin in (("RETREAT", True), ("ASSAULT", False)):
        act = replace(told.act(event), by=event.sources, type=kind)
        choice = place_choices(act, told.story)[0]
        assert tells_origin(choice, act, told.story) is is_origin


def test_a_place_is_open_where_another_country_is_nearly_as_likely(told_in: Any) -> None:
    story = told_in(PLACES).story
    place = {one.name: Choice(one.id, (), "story") for one in story.draft.places}
    assert is_open([(place["Turkey"], 1.0), (place["Syria"], 0.5)], story)
    assert not is_open([(place["Turkey"], 1.0), (place["Syria"], 0.1)], story)
    assert not is_open([(place["Latakia"], 1.0), (place["Syria"], 0.9)], story)


def test_nothing_is_likelier_than_what_speaks_against_it() -> None:
    choice = Choice("l1", (), "told")
    assert likeliest([(choice, 0.1)]) is choice
    assert likeliest([(choice, -0.1)]) is None
    assert likeliest([]) is None


def test_an_event_dated_by_its_page_has_no_time_of_its_own(draft_of: Any) -> None:
    (event,) = draft_of("Chad condemned Sudan.", upto="events").events
    assert (event.time, event.start_date, event.dated_by) == (None, "2017-12-11", "page")
    assert not any('date page "' in line for line in event.why)
