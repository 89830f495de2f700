"""A spaCy Doc copied into plain words."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.attrs import (
    DEP,
    HEAD,
    IS_PUNCT,
    IS_SPACE,
    LEMMA,
    LIKE_NUM,
    LOWER,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc

from onrecord.stages.sentences.load_model import load_model
from onrecord.stages.sentences.remember_rows import Columns, mix_columns
from onrecord.words import Doc, Token, Tokens

COLUMNS = [ORTH, LOWER, LEMMA, TAG, POS, DEP, IS_PUNCT, IS_SPACE, LIKE_NUM, SPACY, HEAD, SENT_START]
KEYS = [0, 2, 3, 4, 5]
"""Columns that all but the last three follow from: a word, its lemma and its labels."""
BLANK, OFFSET, START = 9, 10, 11
"""Columns of the blank after a word, of the way to its head, of the starts of sentences."""
MOST_WORDS = 100_000
SHORT_STEM = re.compile(r"[^aeiou]*(?:qu)?[aeiou][^aeioushwxy]")
"""A verb like stop or plan: one vowel, one consonant, and that is doubled before -ed and -ing."""

Labels = tuple[str, str, str, str, str, str, bool, bool, bool]
"""Text, lower case, lemma, tag, part of speech, label; whether it is a mark, a blank, a number."""


@dataclass(slots=True)
class WordCopier:
    """Copies Docs of spaCy into plain words; remembers the strings and flags of each word."""

    nlp: Language
    known: dict[int, Labels] = field(default_factory=dict)

    def __call__(self, doc: SpacyDoc) -> Doc:
        rows: Any = doc.to_array(COLUMNS)
        words = [Token() for _ in doc]
        self._label(words, rows)
        _place(words, rows[:, BLANK].tolist())
        copied = Doc("".join([word.text + word.whitespace_ for word in words]), words)
        for word in words:
            word.doc = copied
        offsets = rows[:, OFFSET].astype("int64")
        link_words(words, (numpy.arange(len(words)) + offsets).tolist())
        _mark_spans(copied, doc, numpy.flatnonzero(rows[1:, START] == 1) + 1)
        copied.vectors = doc.tensor if len(doc.tensor) == len(words) else None
        return copied

    def _label(self, words: list[Token], rows: Columns) -> None:
        """Give each word its text, its labels and flags."""
        if len(self.known) > MOST_WORDS:
            self.known.clear()
        for i, (word, key) in enumerate(zip(words, mix_columns(rows[:, KEYS]), strict=True)):
            if key not in self.known:
                self.known[key] = self._read(rows[i].tolist())
            (
                word.text,
                word.lower_,
                word.lemma_,
                word.tag_,
                word.pos_,
                word.dep_,
                word.is_punct,
                word.is_space,
                word.like_num,
            ) = self.known[key]

    def _read(self, row: list[int]) -> Labels:
        strings = self.nlp.vocab.strings
        text, lower, lemma, tag, pos, label = (sys.intern(strings[number]) for number in row[:6])
        mark, space, number = (flag == 1 for flag in row[6:9])
        if pos == "VERB":
            lemma = sys.intern(mend_lemma(lower, lemma))
        return text, lower, lemma, tag, pos, label, mark, space, number


def mend_lemma(form: str, lemma: str) -> str:
    """Return the lemma of a verb with the e that spaCy's rules drop: a short stem would have doubled.

    >>> mend_lemma("staged", "stag"), mend_lemma("waging", "wag"), mend_lemma("ended", "end")
    ('stage', 'wage', 'end')
    """
    if form in (lemma + "ed", lemma + "ing") and SHORT_STEM.fullmatch(lemma):
        return lemma + "e"
    return lemma


def _place(words: list[Token], blanks: list[int]) -> None:
    """Tell each word where it stands, and that it is in no entity yet."""
    idx = 0
    for i, (word, blank) in enumerate(zip(words, blanks, strict=True)):
        word.i = i
        word.idx = idx
        word.whitespace_ = " " if blank else ""
        word.ent_iob_ = "O"
        word.ent_type_ = ""
        idx += len(word.text) + blank


def link_words(words: list[Token], heads: list[int]) -> None:
    """Tie each word to its head, to what depends on it, and to the ends of all that does."""
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    first, last = list(range(len(words))), list(range(len(words)))
    for i, head in enumerate(heads):
        words[i].head = words[head]
        if i < head:
            lefts.setdefault(head, []).append(words[i])
        elif i > head:
            rights.setdefault(head, []).append(words[i])
        while first[head] > i:
            first[head] = i
            head = heads[head]
    for i in range(len(heads) - 1, -1, -1):
        head = heads[i]
        while last[head] < i:
            last[head] = i
            head = heads[head]
    for i, word in enumerate(words):
        word.lefts = tuple(lefts.get(i, ()))
        word.rights = tuple(rights.get(i, ()))
        word.children = word.lefts + word.rights
        word.left_edge, word.right_edge = words[first[i]], words[last[i]]


def _mark_spans(copied: Doc, doc: SpacyDoc, starts: NDArray[numpy.intp]) -> None:
    """Add sentences and entities."""
    bounds = [0, *starts.tolist(), len(copied)]
    copied.sents = tuple(Tokens(copied, start, end) for start, end in pairwise(bounds) if start < end)
    copied.ents = tuple(Tokens(copied, ent.start, ent.end, ent.label_) for ent in doc.ents)
    for entity in copied.ents:
        for word in entity:
            word.ent_iob_, word.ent_type_ = "I", entity.label_
        copied.words[entity.start].ent_iob_ = "B"


@cache
def load_copier(model: str | None) -> WordCopier:
    """Return the copier of a model, which lives as long as the process."""
    return WordCopier(load_model(model))
