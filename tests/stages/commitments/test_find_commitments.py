from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.lexicons import load_examples
from onrecord.pipeline import read_pages
from onrecord.records import Commitment, RawComment, RawPage, Record

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
REPORT = "Two ministers met in Cairo on Monday to talk about the harbour."
"""Stands before a reader's comment, which is what such a case is about."""


def read_case(case: dict[str, Any]) -> Record:
    """Return the record of a case: a passage of a report, or a comment below one."""
    comments = (RawComment("1", case["comment"], "Rook"),) if "comment" in case else ()
    raw = RawPage(case.get("text", REPORT), kind="passage", published="2017-12-11", comments=comments)
    return next(read_pages([raw]))


def describe(record: Record, one: Commitment) -> dict[str, str]:
    """Return a commitment in words of the page; what it does not have is left out."""
    text = record.page.text
    names = {actor.id: actor.name for actor in record.actors}
    names |= {part.id: "comment" for part in record.parts if part.kind == "comment"}
    events = (*record.events, *(event for voice in record.comments for event in voice.claims))
    triggers = {event.id: text[slice(*event.trigger)] for event in events}
    cues = {said.id: text[slice(*said.cue)] for said in record.statements if said.cue}
    told = {
        "kind": one.kind,
        "by": names.get(one.by or "", ""),
        "content": text[slice(*one.content)],
        "condition": text[slice(*one.condition)] if one.condition else "",
        "due": one.due or "",
        "event": triggers.get(one.event or "", ""),
    }
    asked = told | {"doer": names.get(one.doer or "", ""), "said": cues.get(one.statement or "", "")}
    return {key: value for key, value in asked.items() if value or key == "by"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("text", case.get("comment"))[:60])
def test_case(case: dict[str, Any]) -> None:
    record = read_case(case)
    found = [describe(record, one) for one in record.commitments]
    for told, wanted in zip(found, case["found"], strict=False):
        if "event" not in wanted:  # which acts are coded is tested with events
            told.pop("event", None)
    assert found == case["found"]
    assert all(one.rule for one in record.commitments)
    reasons = [one.reason for one in record.refused if one.stage == "commitments"]
    assert reasons == case.get("refused", [])


def test_a_date_falls_due_only_where_the_day_of_publication_is_known() -> None:
    raw = RawPage("The council promised to open the school by May 2018.", kind="passage")
    (promise,) = next(read_pages([raw])).commitments
    assert promise.due is None


def test_what_is_turned_down_says_why() -> None:
    refused = read_case({"text": "Will the army leave the town? Floods will come."}).refused
    reasons = [one.reason for one in refused if one.stage == "commitments"]
    assert reasons == ["a question", "a future of nobody's word"]


def test_a_commitment_stays_what_it_was_without_comments() -> None:
    text = "President Vladimir Putin ordered the withdrawal of troops from Syria."
    alone = read_case({"text": text}).commitments
    below = read_case({"text": text, "comment": "Putin will stay in Syria. He should leave."}).commitments
    assert below[: len(alone)] == alone


TWICE = (
    "President Emmanuel Macron ordered the withdrawal of French troops from Mali.\n\n"
    "“I order the minister to start the withdrawal of French troops from Mali,” Macron said."
)


def test_one_commitment_told_twice_is_one_with_both_mentions() -> None:
    record = read_case({"text": TWICE})
    (order,) = record.commitments
    told = [record.page.text[slice(*span)] for span in order.mentions]
    assert told == [
        "the withdrawal of French troops from Mali",
        "the minister to start the withdrawal of French troops from Mali",
    ]
    assert order.content in order.mentions
    again = [one.span for one in order.evidence if one.kind == "mention"]
    assert again == [span for span in order.mentions if span != order.content]


def test_evidence_names_the_condition_and_the_words_of_who_speaks() -> None:
    record = read_case({"text": "“We will stay unless the council pays us,” Norway said."})
    (promise,) = record.commitments
    told = [(one.rule, one.kind, record.page.text[slice(*one.span or (0, 0))]) for one in promise.evidence]
    assert told == [
        ("modal:future:will", "kind", "will"),
        ("self", "by", "We"),
        ("condition", "condition", "unless the council pays us"),
    ]
    record = read_case({"text": "“It is necessary for Iran to take part in the talks,” Norway said."})
    (demand,) = record.commitments
    assert [(one.rule, one.kind) for one in demand.evidence][1:] == [("speaker", "by")]


def test_evidence_names_the_rule_and_who_is_bound() -> None:
    text = "Prime Minister Theresa May promised to pay the miners by Friday."
    record = read_case({"text": text})
    promise = next(one for one in record.commitments if one.kind == "promise" and one.due)
    told = {one.kind: one for one in promise.evidence}
    assert told["kind"].rule == promise.rule
    assert told["by"].value == promise.by
    assert told["due"].value == promise.due == "2017-12-15"
    assert record.page.text[slice(*told["due"].span or (0, 0))] == "Friday"


def read_titled(title: str, text: str) -> Record:
    """Return the record of an article with a title."""
    raw = RawPage(f"{title}\n\n{text}", title=title, published="2017-12-11")
    return next(read_pages([raw]))


def test_a_headline_plans_only_as_a_headline() -> None:
    text = "The troops met in Oslo on Monday to talk about the harbour and the bridge with the mayor."
    record = read_titled("Norway to send troops to Mali", text)
    assert [(one.kind, one.rule) for one in record.commitments] == [("plan", "headline")]


def test_a_statement_of_somebody_is_the_word_of_who_made_it() -> None:
    text = "We will send aid to the town. We call on Iran to open the border."
    record = read_titled("Statement by President Emmanuel Macron on the flood", text)
    names = {actor.id: actor.name for actor in record.actors}
    assert [(one.kind, names[one.by or ""]) for one in record.commitments] == [
        ("promise", "Emmanuel Macron"),
        ("demand", "Emmanuel Macron"),
    ]
    other = read_titled("Floods in the north", text)
    assert not other.commitments


EXAMPLES = [
    (name, sentence, wanted)
    for name, yes, no in load_examples("commitment_cues")
    for wanted, sentences in ((True, yes), (False, no))
    for sentence in sentences
]


@pytest.mark.parametrize(("name", "sentence", "wanted"), EXAMPLES, ids=lambda value: str(value)[:50])
def test_the_sentences_of_the_lexicon(name: str, sentence: str, wanted: bool) -> None:
    record = read_case({"text": sentence})
    rules = [(one.rule or "").split(":")[0] for one in record.commitments]
    assert (name in rules) == wanted, rules
