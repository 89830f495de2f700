from __future__ import annotations

import itertools
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.errors import FolderError
from onrecord.incidents import (
    Index,
    Linker,
    find_copies,
    index_pages,
    link_events,
    read_commitments,
    read_copies,
    read_incidents,
    sketch_page,
    sketch_pages,
)
from onrecord.incidents.act_words import compare_wording
from onrecord.incidents.compare_events import compare_acts, compare_events, compare_stories
from onrecord.incidents.join_events import group_reports
from onrecord.incidents.weigh_pair import can_be_one, link_weights
from onrecord.incidents.weigh_words import stem_word
from onrecord.incidents.write_headline import Standing, tell_first_report, tell_stretch, write_headline
from onrecord.records import Act, Incident, Party, Record

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
)["case"]


@pytest.fixture(scope="module")
def read_cases() -> dict[str, list[Record]]:
    """Return the records of the pages of each case."""
    pages = [page for case in CASES for page in case["page"]]
    records = iter(list(onrecord.read_many(pages)))
    return {case["name"]: [next(records) for _ in case["page"]] for case in CASES}


def find_incident(name: str, records: list[Record], incidents: tuple[Incident, ...]) -> str:
    """Return the id of the incident of a report named as `page word`."""
    page, word = name.split()
    record = next(record for record in records if record.page.id == page)
    events = {
        event.id
        for event in record.events
        if word in record.page.text[event.span[0] : event.span[1]].split()
        and word in record.page.text[event.trigger[0] : event.trigger[1]]
    }
    assert events, f"{page}: no event with {word!r}: {record.events}"
    found = [one.id for one in incidents for r in one.reports if r.page == page and r.event in events]
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any], read_cases: dict[str, list[Record]]) -> None:
    records = read_cases[case["name"]]
    incidents = link_events(records)
    for group in case.get("same", []):
        ids = {find_incident(name, records, incidents) for name in group}
        assert len(ids) == 1, (group, [(i.id, i.reports, i.why) for i in incidents])
    for group in case.get("apart", []):
        ids = [find_incident(name, records, incidents) for name in group]
        assert len(set(ids)) == len(group), [i.why for i in incidents]
    if "same" in case:
        name = find_incident(case["same"][0][0], records, incidents)
        one = next(one for one in incidents if one.id == name)
        if "independent" in case:
            assert [conflict.kind for conflict in one.conflicts] == case.get("conflicts", []), one.conflicts
            assert one.independent == case["independent"]
        assert one.headline == case.get("headline", one.headline)
    for reaction, act in case.get("about", []):
        found = {one.id: one for one in incidents}
        tied = found[find_incident(reaction, records, incidents)]
        assert tied.about == find_incident(act, records, incidents), [(i.headline, i.why) for i in incidents]
    assert {copy.page: copy.of for copy in find_copies(records)} == case.get("copies", {})


@pytest.fixture(scope="module")
def all_records(read_cases: dict[str, list[Record]]) -> list[Record]:
    return list(itertools.chain.from_iterable(read_cases.values()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_pages_changes_nothing(data: st.DataObject, all_records: list[Record]) -> None:
    shuffled = data.draw(st.permutations(all_records))
    assert link_events(shuffled) == link_events(all_records)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_later_page_adds_and_never_rewrites(data: st.DataObject, all_records: list[Record]) -> None:
    """What the pages up to a day told stays joined as it was when later pages come in."""
    ordered = sorted(all_records, key=lambda record: (record.page.published or "9999", record.page.id))
    known = data.draw(st.integers(0, len(ordered)))
    before = {one.id: one for one in link_events(ordered[:known])}
    after = {one.id: one for one in link_events(ordered)}
    for name, one in before.items():
        assert after[name].reports[: len(one.reports)] == one.reports
        assert after[name].why[: len(one.why)] == one.why


def test_every_event_is_in_one_incident(all_records: list[Record]) -> None:
    told = [(report.page, report.event) for one in link_events(all_records) for report in one.reports]
    assert sorted(told) == sorted((r.page.id, event.id) for r in all_records for event in r.events)


def test_every_join_has_its_reasons(all_records: list[Record]) -> None:
    for one in link_events(all_records):
        assert len(one.why) == len(one.reports) - 1
        members = {(report.page, report.event) for report in one.reports}
        for join in one.why:
            assert join.reasons
            assert (join.to.page, join.to.event) in members


def test_numbers_are_kept_with_their_sources(read_cases: dict[str, list[Record]]) -> None:
    records = read_cases["two papers, two numbers of dead"]
    dead = next(f for one in link_events(records) for f in one.values if f.of == "dead")
    assert (dead.low, dead.high) == (12, 19)
    assert {(reading.page, reading.low) for reading in dead.by} == {("north", 12), ("south", 19)}


def test_the_first_report_and_the_spread_over_time(read_cases: dict[str, list[Record]]) -> None:
    (one,) = [i for i in link_events(read_cases["a wire copy is no source of its own"]) if len(i.reports) > 1]
    assert [report.page for report in one.reports] == ["wire", "copy"]
    assert one.reports[1].copy_of == "wire"
    assert [(day.date, day.reports) for day in one.spread] == [("2024-03-05", 1), ("2024-03-06", 1)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_pages_linked_as_they_come_are_linked_as_if_all_came_at_once(
    data: st.DataObject, all_records: list[Record]
) -> None:
    """Whatever order pages come in, whichever are dropped again, the links are those of what stays."""
    shuffled = data.draw(st.permutations(all_records))
    dropped = {record.page.id for record in data.draw(st.lists(st.sampled_from(shuffled), max_size=6))}
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=4)))
    index = Index()
    linker = Linker(index)
    for begin, end in itertools.pairwise([0, *cuts, len(shuffled)]):
        linker.update([(sketch_page(record), n) for n, record in enumerate(shuffled[begin:end])])
    linker.update([], sorted(dropped))
    linker.finish()
    kept = [record for record in all_records if record.page.id not in dropped]
    anew = index_pages(sketch_pages(kept))
    assert tell_groups(read_incidents(index)) == tell_groups(read_incidents(anew))
    assert read_copies(index) == read_copies(anew)
    assert read_commitments(index) == read_commitments(anew)


def tell_groups(incidents: tuple[Incident, ...]) -> list[Incident]:
    """Return incidents without their ids: a folder keeps the id under which it has shown an incident."""
    names = {one.id: n for n, one in enumerate(incidents)}
    return [replace(one, id="", about=str(names[one.about]) if one.about else None) for one in incidents]


def test_what_the_learned_layer_read_is_no_same_act(read_cases: dict[str, list[Record]]) -> None:
    """Its rule names a type of act, so two of its events need a word in common to be the same act."""
    pages = [sketch_page(record) for record in read_cases["two papers, two numbers of dead"]]
    one, other = (replace(page.events[0], rule="model: ASSAULT", trigger=page.id) for page in pages)
    assert "same act" not in {trait.name for trait in compare_acts(one, other)}
    assert "same word" in {trait.name for trait in compare_acts(one, replace(other, trigger=one.trigger))}


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("custody", "apprehended", "words for one act"),
        ("shelling", "attack", "a general word"),
        ("killing", "shooting", "a harm and another act"),
        ("hijacked", "arrested", "words for other acts"),
        ("hijacked", "gathered", "a word for no known act"),
    ],
)
def test_words_tell_one_act_or_others(one: str, other: str, agree: str) -> None:
    assert compare_wording(stem_word(one), stem_word(other)) == agree
    assert compare_wording(stem_word(other), stem_word(one)) == agree
    assert agree in link_weights()


def test_a_process_that_comes_between_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two processes link one folder, the one that loses its turn says why, without a traceback."""
    monkeypatch.setattr("onrecord.incidents.link_index.WAIT", 0.1)
    index = Index(tmp_path / "index.sqlite")
    index.commit()
    index.database.execute("commit")
    other = Index(tmp_path / "index.sqlite")
    index.database.execute("begin")
    with pytest.raises(FolderError, match="another onrecord process"):
        index.commit()
    other.close()
    index.close()


def test_a_report_joins_what_two_of_five_reports_are_like() -> None:
    """An incident of ten reports asks for four of them; two are too few."""
    alike = dict.fromkeys(itertools.combinations(range(10), 2), 500)
    for near, groups in ((4, 1), (2, 2)):
        scores = alike | {(number, 10): 500 for number in range(near)}
        edges = {
            number: {a + b - number: score for (a, b), score in scores.items() if number in (a, b)}
            for number in range(11)
        }
        assert len(group_reports(range(11), edges, 220, -300)) == groups


def test_pages_without_a_day_must_share_more(read_cases: dict[str, list[Record]]) -> None:
    """An undated page may tell of the same region years before."""
    pages = [sketch_page(record) for record in read_cases["two papers, two numbers of dead"]]
    undated = replace(pages[1], published=None)
    assert "pages that share little" not in {trait.name for trait in compare_stories(*pages, 0.3)}
    assert "pages that share little" in {trait.name for trait in compare_stories(pages[0], undated, 0.3)}


def test_who_acts_there_is_acted_on_here(read_cases: dict[str, list[Record]]) -> None:
    first, second = map(sketch_page, read_cases["one arrest in other words"])
    one, other = first.events[0], second.events[0]
    turned = replace(other, acting=other.acted_on, acted_on=other.acting)
    for there, is_turned in ((other, False), (turned, True)):
        names = {trait.name for trait in compare_events(one, there, first, second)}
        assert ("sides turned" in names) == is_turned


def test_every_trait_has_a_weight(all_records: list[Record]) -> None:
    pages = [sketch_page(record) for record in all_records]
    told = [(page, event) for page in pages for event in page.events]
    names = {
        trait.name
        for (first, one), (second, other) in itertools.combinations(told, 2)
        if can_be_one(one, other)
        if first is not second
        for trait in (*compare_stories(first, second, 0.1), *compare_events(one, other, first, second))
    }
    assert names <= link_weights().keys()
    assert names & {"same act", "same days", "in other countries"}


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2024-03-11", "2024-03-11", "11 Mar 2024"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("1947-01-01", "1947-12-31", "1947"),
        ("2024-03-11", "2024-03-12", "11 Mar 2024"),
        ("9999-12-01", "9999-12-31", "Dec 9999"),
    ],
)
def test_a_headline_is_no_more_exact_than_its_reports(start: str, end: str, told: str) -> None:
    assert tell_stretch(start, end) == told


def test_a_headline_says_where_its_day_is_that_of_a_report() -> None:
    act, several = Act("CONSULT", None), [Party("villagers", None)]
    day = tell_first_report("2024-03-11T08:00")
    told = write_headline("", act, Standing("planned"), several, [Party("Chad", "TCD")], None, day, ())
    assert told.startswith("Villagers plan to ")
    assert told.endswith(", reported 11 Mar 2024")
    assert tell_first_report(None) == ""


def test_a_headline_names_nobody_on_both_sides() -> None:
    chad, niger = Party("Chad", "TCD"), Party("Niger", "NER")
    act = Act("ASSAULT", None)
    told = write_headline("", act, Standing("actual"), [chad], [chad, niger], None, None, ())
    assert told == "Chad attacked Niger"
    denial = Standing("actual", is_disputed=True, by="rebel leaders")
    assert write_headline("", act, denial, [chad], [niger], None, None, ()).endswith(
        "; rebel leaders deny it"
    )
    talks = write_headline(
        "", Act("CONSULT", None), Standing("actual"), [chad, niger], [chad], None, None, ()
    )
    assert talks.count("Chad") == 1
    assert "Niger" in talks
