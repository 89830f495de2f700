"""Vectors of words in their sentence."""

import numpy
import pytest

from onrecord.stages.events.encode_context import MOST_PIECES, MOST_ROWS, ContextEncoder
from onrecord.stages.events.weigh_types import read_model

LINES = (
    "Soldiers closed the bridge at dawn .",
    "The minister said on Friday that her country would recall its envoy from the island .",
    "Talks failed .",
    "Crowds gathered" + " again" * 2 * MOST_PIECES,
    *(f"Dockers struck {'and marched ' * n}." for n in range(1, MOST_ROWS // 20)),
)
SENTENCES = [line.split() for line in LINES]


@pytest.fixture(scope="module")
def encoder() -> ContextEncoder:
    return read_model().encoder


def test_a_sentence_has_the_same_vectors_beside_any_others(encoder: ContextEncoder) -> None:
    asked = [(words, range(len(words))) for words in SENTENCES]
    together = encoder(asked)
    backwards = encoder(asked[::-1])[::-1]
    for sentence, beside, turned in zip(asked, together, backwards, strict=True):
        (alone,) = encoder([sentence])
        assert numpy.array_equal(alone, beside)
        assert numpy.array_equal(alone, turned)


def test_asked_words_alone_get_vectors(encoder: ContextEncoder) -> None:
    words = SENTENCES[1]
    (all_of_them,) = encoder([(words, range(len(words)))])
    (two,) = encoder([(words, (2, 9))])
    # Attention for fewer words sums in another order: the last bits may differ.
    for vector, same in zip(two, all_of_them[[0, 3, 10]], strict=True):
        assert vector @ same > 0.999 * numpy.linalg.norm(vector) * numpy.linalg.norm(same)


def test_words_beyond_the_pieces_that_are_read_get_the_vector_of_the_sentence(
    encoder: ContextEncoder,
) -> None:
    (vectors,) = encoder([(SENTENCES[3], (1, 2 * MOST_PIECES))])
    assert numpy.array_equal(vectors[2], vectors[0])
    assert not numpy.array_equal(vectors[1], vectors[0])


def test_a_word_is_cut_into_its_longest_pieces(encoder: ContextEncoder) -> None:
    names = {row: name for name, row in encoder.pieces.items()}
    assert [names[row] for row in encoder.cut("Résumés")] == ["resume", "##s"]
    assert [names[row] for row in encoder.cut("\N{CJK UNIFIED IDEOGRAPH-4E00}")] == ["[UNK]"]
