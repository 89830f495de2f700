from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.stages.sentences.copy_words import link_words
from onrecord.stages.sentences.repair_parse import REPAIRS
from onrecord.words import Doc, Token, Tokens

CASES = tomllib.loads((Path(__file__).parent / "repairs.toml").read_text(encoding="utf-8"))["case"]
LEMMAS = {"saw": "see", "said": "say", "adding": "add", "saying": "say", "left": "leave"}
BY_NAME = {repair.__name__: repair for repair in REPAIRS}


def build_doc(rows: list[str]) -> Doc:
    """Return a Doc of rows `word label head part-of-speech tag`; a head is the nearest word of that text."""
    words: list[Token] = []
    idx = 0
    for i, row in enumerate(rows):
        word = Token()
        word.text, word.dep_, _, word.pos_, word.tag_ = row.split(" ")
        word.lower_ = word.text.lower()
        word.lemma_ = LEMMAS.get(word.text, word.lower_)
        word.i, word.idx, word.whitespace_, word.ent_type_ = i, idx, " ", ""
        idx += len(word.text) + 1
        words.append(word)
    doc = Doc(" ".join(word.text for word in words), words)
    for word in words:
        word.doc = doc
    doc.sents = (Tokens(doc, 0, len(words)),)
    link_words(words, [_head(words, i, row.split(" ")[2]) for i, row in enumerate(rows)])
    return doc


def _head(words: list[Token], at: int, text: str) -> int:
    same = [word.i for word in words if word.text == text]
    return at if at in same else min(same, key=lambda i: abs(i - at))


def arcs_of(doc: Doc) -> list[str]:
    return [f"{word.text} {word.dep_} {word.head.text}" for word in doc]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['repair']}: {case['text']}")
def test_a_repair_changes_these_arcs_and_no_others(case: dict[str, Any]) -> None:
    doc = build_doc(case["before"])
    assert doc.text == case["text"]
    before = arcs_of(doc)
    after = arcs_of(BY_NAME[case["repair"]](doc))
    assert [arc for arc in after if arc not in before] == case["after"]
    assert len(after) == len(before)


def test_each_repair_has_a_case_where_it_acts_and_one_where_it_does_not() -> None:
    for name in BY_NAME:
        acts = {bool(case["after"]) for case in CASES if case["repair"] == name}
        assert acts == {True, False}, name
