"""The learned layer: sums that nothing else changes, reasons that add up, a vocabulary without names."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from onrecord.ontology.read_codebook import read_codebook
from onrecord.records import Draft
from onrecord.stages.events.list_candidates import Scan, list_candidates
from onrecord.stages.events.name_traits import MASKED
from onrecord.stages.events.story import index_stories
from onrecord.stages.events.weigh_types import NONE, EventModel, read_model

SENTENCE = "Kenyan police arrested two Ugandan officials in Nairobi on Monday."
MOST_BYTES = 8_000_000


@pytest.fixture(scope="module")
def model() -> EventModel:
    return read_model()


def read(draft: Draft) -> list[Scan]:
    return [scan for story in index_stories(draft) for scan in list_candidates(story, read_codebook())]


def test_the_order_of_traits_changes_nothing(draft_of: Any, model: EventModel) -> None:
    (scan,) = read(draft_of(SENTENCE, upto="statements"))
    for candidate in scan.candidates:
        rows = sorted(model.find_rows(candidate.traits))
        assert numpy.array_equal(model.types.odds([rows]), model.types.odds([rows[::-1]]))


def test_the_reasons_add_up_to_the_odds(draft_of: Any, model: EventModel) -> None:
    (scan,) = read(draft_of(SENTENCE, upto="statements"))
    arrest = next(one for one in scan.candidates if one.token.text == "arrested")
    rows = sorted(model.find_rows(arrest.traits))
    wanted = model.types.classes.index("COERCE")
    (odds,) = model.types.odds([rows])
    bias = model.types.bias[wanted] - model.types.bias[NONE]
    assert numpy.isclose(sum(model.types.terms(rows, wanted, NONE)) + bias, odds[wanted] - odds[NONE])


def test_a_sentence_has_the_same_vectors_whatever_was_read_before(model: EventModel) -> None:
    words = SENTENCE.split()
    line = (words, [2, 5, 9])
    (before,) = model.encoder([line])
    model.encoder([(["Something", "else", "entirely", "."], [0])])
    (after,) = model.encoder([line])
    assert numpy.array_equal(before, after)
    assert before.shape == (4, 384)


def test_sentences_side_by_side_do_not_see_each_other(model: EventModel) -> None:
    lines = [(SENTENCE.split(), [2, 3]), (["Chad", "condemned", "Niger", "."], [1])] * 40
    for line, vectors in zip(lines, model.encoder(lines), strict=True):
        (alone,) = model.encoder([line])
        assert numpy.allclose(alone, vectors, atol=1e-3)


def test_words_beyond_the_longest_line_get_the_vector_of_the_sentence(model: EventModel) -> None:
    _, rows = model.encoder.line_up(["withdrawal"] * 500)
    assert rows[0] == 1
    assert rows[-1] == 0


def test_no_name_was_learned(model: EventModel) -> None:
    kinds = ("PERSON", "ORG", "GPE")
    assert set(kinds) <= MASKED
    assert not [
        name for name in model.names if name.startswith(("word ", "dobj ")) and "putin" in name.lower()
    ]


def test_the_file_is_small() -> None:
    from onrecord.lexicons import data_path

    assert data_path("event_model.npz").stat().st_size < MOST_BYTES
