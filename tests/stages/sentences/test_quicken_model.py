from __future__ import annotations

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.samples import sample_page
from onrecord.stages.sentences.encode_words import WordEncoder, read_encoder
from onrecord.stages.sentences.find_entities import read_finder
from onrecord.stages.sentences.learn_words import learn_words
from onrecord.stages.sentences.load_model import DEFAULT_MODEL, load_model

TEXTS = [
    *(line for line in sample_page().splitlines() if line.strip()),
    "Oslo",
    "",
    "Yes .\n\n  Maria Holm of Norsk Hydro paid $3.5 million on 4 May 2011 in New York City .  ",
]


@pytest.fixture(scope="module")
def model() -> Language:
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.tokenizer.infix_finditer = load_model(None).tokenizer.infix_finditer
    nlp.add_pipe("split_run_together", before="parser")
    return nlp


@pytest.fixture(scope="module")
def docs(model: Language) -> list[Doc]:
    return list(model.tokenizer.pipe(TEXTS))


@pytest.fixture
def encoder(model: Language) -> WordEncoder:
    found = read_encoder(model.get_pipe("tok2vec").model)
    assert found is not None
    return found


def entities(docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    return [[(entity.start, entity.end, entity.label_) for entity in doc.ents] for doc in docs]


def test_vectors_are_those_of_the_model(model: Language, docs: list[Doc], encoder: WordEncoder) -> None:
    theirs = model.get_pipe("tok2vec").predict(docs)
    for own, other in zip(encoder(docs), theirs, strict=True):
        assert numpy.allclose(own, other, atol=1e-4)


def test_a_vector_does_not_depend_on_the_batch(docs: list[Doc], encoder: WordEncoder) -> None:
    for together, doc in zip(encoder(docs), docs, strict=True):
        (alone,) = encoder([doc])
        assert numpy.array_equal(together, alone)


def test_words_that_were_forgotten_are_learned_again(docs: list[Doc], encoder: WordEncoder) -> None:
    before = encoder(docs)
    encoder.known.most = 5
    for _ in range(2):
        after = [vectors for doc in docs for vectors in encoder([doc])]
        assert all(map(numpy.array_equal, before, after))
    assert len(encoder.known.rows) < 100


def test_entities_are_those_of_the_model(model: Language) -> None:
    theirs = list(model.pipe(TEXTS))
    finder = read_finder(model.get_pipe("ner"))
    assert finder is not None
    own = [Doc(doc.vocab).from_docs([doc]) if len(doc) else doc for doc in theirs]
    for doc in own:
        doc.set_ents([], default="missing")
    assert entities(list(finder.pipe(own))) == entities(theirs)
    assert [[token.ent_iob for token in doc] for doc in own] == [[t.ent_iob for t in doc] for doc in theirs]


def test_the_whole_pipeline_agrees_with_the_model(model: Language) -> None:
    for own, other in zip(load_model(None).pipe(TEXTS), model.pipe(TEXTS), strict=True):
        assert [(t.tag_, t.dep_, t.head.i) for t in own] == [(t.tag_, t.dep_, t.head.i) for t in other]
        assert entities([own]) == entities([other])


def test_a_network_of_another_kind_is_left_alone(model: Language) -> None:
    assert read_encoder(model.get_pipe("tagger").model) is None
    assert read_finder(model.get_pipe("parser")) is None
    assert read_finder(model.get_pipe("attribute_ruler")) is None


def test_learned_words_change_no_token() -> None:
    nlp = load_model(None)
    text = "“Don't go,” she said. “Don't go,” U.S. and U.S. said, twice-told, twice-told: can't, can't!"

    def tokens() -> list[tuple[str, str]]:
        with nlp.memory_zone():
            return [(token.text, token.norm_) for token in nlp.make_doc(text)]

    before = tokens()
    learn_words([text])
    assert tokens() == before


def test_lemmas_outlive_a_memory_zone() -> None:
    nlp = load_model(None)
    for _ in range(2):
        with nlp.memory_zone():
            lemmas = [token.lemma_ for token in nlp("Zworkins were zworking at Zworkinville.")]
            assert lemmas[:3] == ["zworkin", "be", "zworke"]
