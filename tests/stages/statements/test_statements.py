from __future__ import annotations

import tomllib
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from onrecord.lexicons import load_examples
from onrecord.lexicons.load import data_path, read_rows
from onrecord.records import Draft, Statement

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def describe(draft: Draft, statement: Statement) -> dict[str, Any]:
    """Return a statement in words of the page; what it does not have is left out."""
    text = draft.page.text
    names = {actor.id: actor.name for actor in draft.actors}
    held = {one.id: one for one in draft.statements}
    cue = statement.cue
    mention = statement.speaker_mention
    outer = held[statement.within] if statement.within else None
    told = {
        "kind": statement.kind,
        "attitude": statement.attitude,
        "content": [text[start:end] for start, end in statement.content],
        "cue": text[slice(*cue)] if cue else "",
        "mention": text[slice(*mention)] if mention else "",
        "speaker": names.get(statement.speaker or "", ""),
        "via": names.get(statement.via or "", ""),
        "unnamed": [one or "" for one in astuple(statement.unnamed)] if statement.unnamed else [],
        "within": text[slice(*outer.cue)] if outer and outer.cue else "",
    }
    return {key: value for key, value in told.items() if value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["text"], upto="statements", kind=case.get("page", "passage"))
    assert [describe(draft, one) for one in draft.statements] == case["found"]
    assert all(one.rule for one in draft.statements)
    reasons = [one.reason for one in draft.refused if one.stage == "statements"]
    assert reasons == case.get("refused", [])


EXAMPLES = [
    (lexicon, name, sentence, wanted)
    for lexicon in ("attribution_verbs", "attribution_nouns")
    for name, yes, no in load_examples(lexicon)
    for wanted, sentences in ((True, yes), (False, no))
    for sentence in sentences
]


@pytest.mark.parametrize(("lexicon", "name", "sentence", "wanted"), EXAMPLES, ids=lambda v: str(v)[:50])
def test_the_sentences_of_the_lexicon(
    draft_of: Any, lexicon: str, name: str, sentence: str, wanted: bool
) -> None:
    entry = next(row for row in read_rows(data_path(lexicon)) if row["name"] == name)
    draft = draft_of(sentence, upto="statements")
    lemmas = [(s.rule or "").split(":")[0] for s in draft.statements]
    assert any(lemma in entry["lemmas"] for lemma in lemmas) == wanted, lemmas


def test_evidence_says_what_decided_a_statement(draft_of: Any) -> None:
    """The cue's entry and the path to the speaker stand beside the words that they read."""
    text = "Mayor Anna Lind opened the fair and said the bridge was safe."
    draft = draft_of(text, upto="statements")
    (statement,) = draft.statements
    told = [(one.kind, one.rule, text[slice(*one.span)] if one.span else None) for one in statement.evidence]
    assert told == [
        ("cue", "say", "said"),
        ("speaker", "conj>nsubj", "Mayor Anna Lind"),
        ("actor", "mention", "Mayor Anna Lind"),
        ("content", "clause", "the bridge was safe"),
    ]
    assert statement.evidence[2].value == statement.speaker


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Lind: Bridge tolls must fall\n\nThe town wants lower tolls. It will vote in May.", "label:colon"),
        ("“Out of the way!” barked a guard at the gate.", "free quote:named"),
    ],
)
def test_evidence_names_the_rule_where_no_entry_and_no_path_decided(
    draft_of: Any, text: str, rule: str
) -> None:
    first = draft_of(text, upto="statements", kind="article").statements[0]
    assert {one.kind: one.rule for one in first.evidence if one.kind in ("cue", "speaker")} == {
        "cue": rule,
        "speaker": rule,
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Lind, the mayor, left. “We will stay,” Lind said.", "mention"),
        ("“We will stay,” Anna Lind said. They cheered.\n\n“It is late. We must go now.”", "last speaker"),
    ],
)
def test_evidence_says_how_the_actor_was_found(draft_of: Any, text: str, rule: str) -> None:
    last = draft_of(text, upto="statements", kind="article").statements[-1]
    assert [one.rule for one in last.evidence if one.kind == "actor"] == [rule]


def test_what_is_left_to_an_outer_statement_is_refused_with_the_reason(draft_of: Any) -> None:
    draft = draft_of("The mayor said she hoped to leave.", upto="statements")
    assert [(draft.page.text[slice(*one.span)], one.reason) for one in draft.refused] == [
        ("hoped", "part of what a speaker says")
    ]
    draft = draft_of("The minister declined to criticise the army.", upto="statements")
    assert [(draft.page.text[slice(*one.span)], one.reason) for one in draft.refused] == [
        ("declined", "a verb that only carries the cue beside it")
    ]
