"""Lemmas and morphological features by word, tag and label, each worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.symbols import VERB, expl
from spacy.tokens import Doc, Token

from onrecord.stages.sentences.remember_rows import RowMemory, mix_columns
from onrecord.stages.sentences.take_batches import take_batches

Answer = tuple[int, int, int]
"""Part of speech, morphology and lemma."""
Class = tuple[int, int]
"""Part of speech and morphology."""

MOST_KEYS = 200_000
PAIRED = frozenset({"ai", "gon", "got", "let", "c'm", "y'", "y"})
"""First words of the patterns that look at the next word as well ("gon na")."""
PAIRING = frozenset({"n't", "nt", "na", "ta", "'s", "on", "all"})
"""Second words of the same patterns."""
EXISTENTIAL = frozenset({"is", "are", "was", "were", "'s", "'re"})
"""What counts as a verb, not as an auxiliary, after "there"."""
PAIRED_IDS, PAIRING_IDS, EXISTENTIAL_IDS = (
    numpy.array([hash_string(word) for word in sorted(words)], dtype="uint64")
    for words in (PAIRED, PAIRING, EXISTENTIAL)
)
COLUMNS = [ORTH, TAG, DEP, LOWER, IS_SPACE]
KEYS = slice(0, 3)
"""Word, tag and dependency label: nearly all that spaCy's own two components look at."""


@dataclass(slots=True)
class WordDescriber:
    """Gives each token its part of speech, morphology and lemma as the model's own attribute ruler and
    lemmatizer do, but asks them only once for each word, tag and label.

    The two components take a sixth of the parse; their patterns look at one token but for the few
    that PAIRED and EXISTENTIAL stand for. `tests/stages/sentences` compares the two ways.
    """

    nlp: Language
    named: re.Pattern[str]
    """Words that some pattern names; to all others they look at tag and label alone."""
    known: RowMemory
    classes: dict[tuple[int, int], Class] = field(default_factory=dict)
    """Class of the words that no pattern names, by tag and label."""
    lemmas: dict[tuple[int, Class], int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    """Each lemma by its number, to be made known anew in each memory zone."""

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Yield some Docs with their words described, in order."""
        return take_batches(docs, batch_size, self._describe)

    def _describe(self, docs: Sequence[Doc]) -> None:
        if len(self.texts) > MOST_KEYS:
            for memory in (self.known.rows, self.lemmas, self.texts):
                memory.clear()
        words = numpy.concatenate([doc.to_array(COLUMNS) for doc in docs])
        rows = self.known.find(mix_columns(words[:, KEYS]), lambda new: self._learn(words[new].tolist()))
        values = self.known.table[rows]
        for lemma in set(values[:, 2].tolist()):
            self.nlp.vocab.strings.add(self.texts[lemma])
        lower, after = words[:-1, 3], words[1:, 3]
        existential = numpy.flatnonzero((words[:-1, 2] == expl) & numpy.isin(after, EXISTENTIAL_IDS))
        values[existential + 1, 0] = VERB
        for i in numpy.flatnonzero(numpy.isin(lower, PAIRED_IDS) & numpy.isin(after, PAIRING_IDS)).tolist():
            values[i : i + 2] = self._ask(words[i : i + 2].tolist())
        start = 0
        for doc in docs:
            doc.from_array([POS, MORPH, LEMMA], values[start : start + len(doc)])  # type: ignore[arg-type]
            start += len(doc)

    def _learn(self, words: list[list[int]]) -> list[Answer]:
        """Return what the model says of each of some words."""
        classes = [self._classify(word) for word in words]
        self._learn_lemmas(
            (word[0], own) for word, own in zip(words, classes, strict=True) if own is not None
        )
        return [
            self._ask([word])[0] if own is None else (*own, self.lemmas[word[0], own])
            for word, own in zip(words, classes, strict=True)
        ]

    def _classify(self, word: list[int]) -> Class | None:
        """Return the class of a word, None if it is one that a pattern names."""
        _, tag, dep, lower, blank = word
        if blank or self.named.fullmatch(self.nlp.vocab.strings[lower]):
            return None
        if (tag, dep) not in self.classes:
            pos, morph, _ = self._ask([word])[0]
            self.classes[tag, dep] = pos, morph
        return self.classes[tag, dep]

    def _learn_lemmas(self, words: Iterable[tuple[int, Class]]) -> None:
        """Ask for the lemmas of words whose class is known, all together."""
        new = list(dict.fromkeys(word for word in words if word not in self.lemmas))
        if not new:
            return
        vocab = self.nlp.vocab
        doc = Doc(vocab, [vocab.strings[orth] for orth, _ in new])
        classes = numpy.array([own for _, own in new], dtype="uint64")
        doc.from_array([POS, MORPH], classes)  # type: ignore[arg-type]
        for word, token in zip(new, self.nlp.get_pipe("lemmatizer")(doc), strict=True):
            self.lemmas[word] = self._keep(token)

    def _ask(self, words: list[list[int]]) -> list[Answer]:
        """Return what the model says of some words in a row."""
        strings = self.nlp.vocab.strings
        texts, tags, labels = ([strings[word[column]] for word in words] for column in range(3))
        doc = Doc(self.nlp.vocab, texts, tags=tags, deps=labels, heads=[0] * len(words))
        for name in ("attribute_ruler", "lemmatizer"):
            doc = self.nlp.get_pipe(name)(doc)
        return [(word.pos, strings[str(word.morph)], self._keep(word)) for word in doc]

    def _keep(self, word: Token) -> int:
        """Return the number of a word's lemma."""
        self.texts[word.lemma] = word.lemma_
        return word.lemma


def read_named(patterns: Iterable[dict[str, Any]]) -> re.Pattern[str]:
    """Return an expression for the words that the patterns of an attribute ruler name.

    It takes any word if there is a pattern that looks at something else than word, tag and label.
    """
    named: list[str] = []
    for token in (token for entry in patterns for pattern in entry["patterns"] for token in pattern):
        for attribute, test in token.items():
            if attribute == "LOWER" and isinstance(test, str):
                named.append(re.escape(test))
            elif attribute == "LOWER" and set(test) <= {"IN", "REGEX"}:
                named += map(re.escape, test.get("IN", ()))
                named += [f".*(?:{test['REGEX']}).*"] if "REGEX" in test else []
            elif attribute not in ("TAG", "DEP", "IS_SPACE"):
                named.append(".*")
    return re.compile("|".join(dict.fromkeys(named)), re.DOTALL)


@Language.factory("describe_words")
def make_describer(nlp: Language, name: str) -> Any:
    """Return the component that stands in for the attribute ruler and the lemmatizer."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    if lemmatizer.lookups.has_table("lemma_index"):
        # the lists hold up to 100,000 words, and each is read to the end to see that a form is no word
        index = lemmatizer.lookups.get_table("lemma_index")
        index.update({key: frozenset(forms) for key, forms in index.items()})
    known = RowMemory(numpy.zeros((1, 3), dtype="uint64"), MOST_KEYS)
    return WordDescriber(nlp, read_named(ruler.patterns), known)
