from __future__ import annotations

import doctest
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from onrecord.pipeline import STAGES
from onrecord.records import Draft, RawComment, RawPage, Settings, Time
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences
from onrecord.stages.times import find_times, reckon, resolve_dates, resolve_lengths

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def as_row(text: str, time: Time) -> dict[str, str]:
    row = {"words": text[slice(*time.mention)], "value": time.value}
    if time.type != "DATE":
        row["type"] = time.type
    if time.mod:
        row["mod"] = time.mod
    if time.start and time.end:
        row["days"] = time.start if time.start == time.end else f"{time.start}/{time.end}"
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_text_has_these_times(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["text"], upto="times", published=case.get("published", "2017-12-11") or None)
    assert [as_row(draft.page.text, time) for time in draft.times] == case["times"]


def draft_with(text: str, published: str | None, comments: tuple[RawComment, ...] = ()) -> Draft:
    page = read_page(RawPage(text, published=published, comments=comments))
    parts = split_parts(page)
    (sentences,) = parse_sentences([(page, parts)])
    return Draft(Settings(), page, parts, sentences.kept)


def test_a_history_counts_from_the_last_date_it_came_to(draft_of: Any) -> None:
    text = (
        "The league was founded on 3 March 1921. In May it split. The rebels met on 12 June 1921 and "
        "left two days later.\n\nIn November 1921 they struck. In January they gave up. A treaty of 1995 "
        "named them. In March they were pardoned."
    )
    found = draft_of(text, upto="times", published="2009-12-19").times
    assert [time.value for time in found] == [
        *("1921-03-03", "1921-05", "1921-06-12", "1921-06-14", "1921-11", "1922-01", "1995", "1922-03"),
    ]


def test_news_counts_from_its_own_day(draft_of: Any) -> None:
    text = "The league was founded on 3 March 1921. In May it will split, it said on Friday."
    found = draft_of(text, upto="times").times
    assert [time.value for time in found] == ["1921-03-03", "2018-05", "2017-12-08"]


def test_comments_count_from_their_own_day_and_change_no_report() -> None:
    text = "Mill shut\n\nThe mill was shut on Friday, the town said.\n"
    old = "In May 1921, June 1921 and July 1921 it was shut on Friday, I read yesterday."
    alone = find_times(draft_with(text, "2017-12-11")).kept
    both = find_times(draft_with(text, "2017-12-11", (RawComment("c", old, published="2018-01-03"),))).kept
    assert both[: len(alone)] == alone
    assert [time.value for time in both[len(alone) :]] == [
        *("1921-05", "1921-06", "1921-07", "2017-12-29", "2018-01-02"),
    ]


def test_a_name_that_is_also_a_month_is_refused_with_a_reason(draft_of: Any) -> None:
    draft = draft_of("About 1100 people fled. A second 1990 people stayed.", upto="times")
    assert draft.times == ()
    assert {item.reason for item in draft.refused if item.stage == "times"} >= {"a number, not a year"}


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n\n", "99:99 0/0/00 00th 0000 31 February", "1 " * 3000, "the last the next " * 500),
        "5 May 0001 years later 9999999999999 years ago, 99999 centuries later, 2000000 months ago",
    ],
)
def test_odd_input_does_not_raise(text: str) -> None:
    draft = draft_with(text, "2017-12-11")
    for time in find_times(draft).kept:
        assert draft.page.text[slice(*time.mention)].strip()


def test_spans_do_not_overlap_and_ids_follow_the_text(draft_of: Any) -> None:
    text = " ".join(case["text"] for case in CASES)
    found = draft_of(text, upto="times").times
    assert [time.id for time in found] == [f"t{n}" for n in range(1, len(found) + 1)]
    assert all(one.mention[1] <= other.mention[0] for one, other in pairwise(found))
    assert len(found) > 100


@pytest.mark.parametrize("module", [reckon, resolve_dates, resolve_lengths])
def test_examples_of_the_functions_hold(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_the_stage_runs_between_places_and_quantities() -> None:
    names = [name for name, _ in STAGES]
    assert names.index("times") < names.index("events")


def test_the_stage_gives_the_same_twice() -> None:
    draft = draft_with("He left on Monday, two days before Easter 2016.", "2017-12-11")
    assert find_times(draft) == find_times(replace(draft))
