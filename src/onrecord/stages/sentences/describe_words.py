from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.symbols import VERB, expl
from spacy.tokens import Doc

Key = tuple[int, int, int]
"""Word, tag and dependency label: nearly all that spaCy's own two components look at."""

MOST_KEYS = 200_000
PAIRED = frozenset({"ai", "gon", "got", "let", "c'm", "y'", "y", "doin'", "'nuff"})
"""First words of the patterns that look at the next word as well ("gon na")."""
EXISTENTIAL = frozenset({"is", "are", "was", "were", "'s", "'re"})
"""What counts as a verb, not as an auxiliary, after "there"."""
PAIRED_IDS = frozenset(map(hash_string, PAIRED))
EXISTENTIAL_IDS = frozenset(map(hash_string, EXISTENTIAL))


@dataclass(slots=True)
class WordDescriber:
    """Gives each token its part of speech, morphology and lemma as the model's own attribute ruler and
    lemmatizer do, but asks them only once for each word, tag and label.

    The two components take a sixth of the parse; their patterns look at one token but for the few
    that PAIRED and EXISTENTIAL stand for. `tests/stages/sentences` compares the two ways.
    """

    nlp: Language
    known: dict[Key, tuple[int, int, str]] = field(default_factory=dict)

    def __call__(self, doc: Doc) -> Doc:
        rows = doc.to_array([ORTH, TAG, DEP, LOWER]).tolist()
        if not PAIRED_IDS.isdisjoint(row[3] for row in rows):
            return self._ask(doc)
        keys: list[Key] = [(orth, tag, dep) for orth, tag, dep, _ in rows]
        found = [self.known.get(key) or self._learn(doc, i, key) for i, key in enumerate(keys)]
        strings = self.nlp.vocab.strings
        lemmas = {lemma: strings.add(lemma) for lemma in {lemma for _, _, lemma in found}}
        values = [[pos, morph, lemmas[lemma]] for pos, morph, lemma in found]
        for before, row, value in zip(keys, rows[1:], values[1:], strict=False):
            if before[2] == expl and row[3] in EXISTENTIAL_IDS:
                value[0] = VERB
        if values:
            doc.from_array([POS, MORPH, LEMMA], numpy.array(values, dtype="uint64"))  # type: ignore[arg-type]
        return doc

    def _learn(self, doc: Doc, i: int, key: Key) -> tuple[int, int, str]:
        """Return what the model says of one token, and keep it."""
        token = doc[i]
        alone = Doc(self.nlp.vocab, [token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        word = self._ask(alone)[0]
        answer = (word.pos, self.nlp.vocab.strings[str(word.morph)], word.lemma_)
        if len(self.known) < MOST_KEYS:
            self.known[key] = answer
        return answer

    def _ask(self, doc: Doc) -> Doc:
        for name in ("attribute_ruler", "lemmatizer"):
            doc = self.nlp.get_pipe(name)(doc)
        return doc


@Language.factory("describe_words")
def make_describer(nlp: Language, name: str) -> Any:
    """Return the component that stands in for the attribute ruler and the lemmatizer."""
    return WordDescriber(nlp)
