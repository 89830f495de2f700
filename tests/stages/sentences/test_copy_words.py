from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from spacy.tokens import Doc as SpacyDoc

from onrecord.samples import sample_page
from onrecord.stages.sentences.copy_words import load_copier
from onrecord.stages.sentences.load_model import load_model
from onrecord.words import Doc, release_words

LABELS = ("i", "idx", "text", "lower_", "lemma_", "tag_", "pos_", "dep_", "whitespace_", "text_with_ws")
FLAGS = ("ent_type_", "ent_iob_", "is_punct", "is_space", "like_num")
RELATIONS = ("lefts", "rights", "children", "subtree", "ancestors", "conjuncts")
TEXTS = [
    *(line for line in sample_page().splitlines() if line.strip()),
    "  Maria Holm, the envoy,  and Per Aas met in Oslo, and in Bergen, on 3 May.\n\nThey left 12 letters. ",
    "What did she say that he wanted to buy?",
    "Yes",
]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Doc, SpacyDoc]]:
    copy_words = load_copier(None)
    return [(copy_words(doc), doc) for doc in load_model(None).pipe(TEXTS)]


def words(found: Any) -> list[int]:
    return [word.i for word in found]


def spans(found: Any) -> list[tuple[int, int, str, str, int]]:
    return [(s.start, s.end, s.text, s.label_, s.start_char) for s in found]


def all_pairs(pairs: list[tuple[Doc, SpacyDoc]]) -> Iterator[tuple[Any, Any]]:
    return (pair for own, other in pairs for pair in zip(own, other, strict=True))


def test_words_carry_the_labels_of_the_model(pairs: list[tuple[Doc, SpacyDoc]]) -> None:
    for own, other in all_pairs(pairs):
        for name in (*LABELS, *FLAGS):
            assert getattr(own, name) == getattr(other, name), (own, name)
        assert (len(own), str(own)) == (len(other), str(other))


def test_words_are_tied_as_in_the_model(pairs: list[tuple[Doc, SpacyDoc]]) -> None:
    for own, other in all_pairs(pairs):
        for name in RELATIONS:
            assert words(getattr(own, name)) == words(getattr(other, name)), (own, name)
        assert (own.sent.start, own.sent.end) == (other.sent.start, other.sent.end)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(own, name).i == getattr(other, name).i, (own, name)


def test_sentences_and_entities_are_those_of_the_model(pairs: list[tuple[Doc, SpacyDoc]]) -> None:
    for own, other in pairs:
        assert own.text == other.text
        assert spans(own.sents) == spans(other.sents)
        assert spans(own.ents) == spans(other.ents)


@pytest.mark.parametrize(
    "part", [slice(2, 5), slice(3, 1), slice(4, 99), slice(99, 100), slice(-3, None), slice(0, 0)]
)
def test_slices_are_cut_as_in_the_model(pairs: list[tuple[Doc, SpacyDoc]], part: slice) -> None:
    for own, other in pairs:
        assert spans([own[part]]) == spans([other[part]])
        assert words(own.sents[0][part]) == words(next(iter(other.sents))[part])
        if len(other[part]):
            assert own[part].root.i == other[part].root.i
            assert own[part][-1].i == other[part][-1].i


def test_words_are_found_by_their_place_in_the_text(pairs: list[tuple[Doc, SpacyDoc]]) -> None:
    own, other = pairs[1]
    for start, end in pairwise(range(0, len(own.text) + 6, 3)):
        found, expected = own.char_span(start, end), other.char_span(start, end, alignment_mode="expand")
        assert (found is None) == (expected is None)
        if found is not None and expected is not None and len(expected):
            assert (found.start, found.end) == (expected.start, expected.end)


def test_neighbours_end_with_the_text(pairs: list[tuple[Doc, SpacyDoc]]) -> None:
    doc, _ = pairs[0]
    assert doc[0].nbor() is doc[1]
    assert doc[1].nbor(-1) is doc[0]
    for word, by in ((doc[0], -1), (doc[-1], 1)):
        with pytest.raises(IndexError):
            word.nbor(by)


def test_released_words_are_untied() -> None:
    (own,) = map(load_copier(None), load_model(None).pipe(["The envoy left."]))
    release_words([own])
    assert own[0].text == "The"
    assert not hasattr(own[0], "head")
