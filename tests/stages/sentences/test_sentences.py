from __future__ import annotations

from importlib import import_module

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.records import RawPage
from onrecord.samples import sample_page
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences
from onrecord.stages.sentences.load_model import DEFAULT_MODEL, load_model

TRICKY = "There's a plan. There were two. They ain't leaving, let's go, I'm gonna say what he'd've done."


def sentences_of(text: str) -> list[str]:
    page = read_page(RawPage(text, kind="passage"))
    (found,) = parse_sentences([(page, split_parts(page))])
    return [page.text[s.start : s.end] for s in found.kept]


def words(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [(token.text, token.pos_, token.lemma_, str(token.morph)) for token in doc]


def test_words_are_described_as_the_model_does() -> None:
    ours, theirs = load_model(None), spacy.load(DEFAULT_MODEL)
    theirs.tokenizer.infix_finditer = ours.tokenizer.infix_finditer
    for text in (*sample_page().splitlines(), TRICKY):
        assert words(ours(text)) == words(theirs(text))


def test_sentences_run_together_are_parted() -> None:
    assert sentences_of("It started the war, and continues it.Even the radio reported it.") == [
        "It started the war, and continues it.",
        "Even the radio reported it.",
    ]
    assert sentences_of("They sat there since the war?Instead they talk.")[-1] == "Instead they talk."


def test_abbreviations_are_not_parted() -> None:
    assert len(sentences_of("The U.S. envoy met J.K. Holm in Oslo.")) == 1


def test_sentence_spans_carry_no_blanks() -> None:
    assert sentences_of("  The talks failed.   The envoy left.  ") == ["The talks failed.", "The envoy left."]


def test_the_rest_of_a_huge_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("onrecord.stages.sentences.parse_sentences"), "LONGEST_PAGE", 5_000)
    page = read_page(RawPage("The talks went on. " * 2_000, kind="passage"))
    (found,) = parse_sentences([(page, split_parts(page))])
    assert 4_000 < found.kept[-1].end < 30_000
    assert "the rest was not coded" in found.refused[0].reason


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline 'en_none'"):
        load_model("en_none")
