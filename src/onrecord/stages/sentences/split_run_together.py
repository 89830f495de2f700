"""Sentence starts that a missing blank hides."""

from __future__ import annotations

import numpy
from spacy.attrs import ORTH, SPACY
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Token

END_MARKS = (".", "!", "?", "…")
CLOSING_QUOTES = ('"', "”", "’", "'")
MARK_IDS = numpy.array([hash_string(mark) for mark in END_MARKS + CLOSING_QUOTES], dtype="uint64")


@Language.component("split_run_together")
def split_run_together(doc: Doc) -> Doc:
    """Mark the sentence starts that a missing space hides: `continues it.Even the BBC`."""
    if len(doc) < 3:
        return doc
    orths, blanks = doc.to_array([ORTH, SPACY]).T
    marks = numpy.isin(orths[1:-1], MARK_IDS) & (blanks[1:-1] == 0)
    for i in numpy.flatnonzero(marks).tolist():
        before, mark, word = doc[i], doc[i + 1], doc[i + 2]
        if word.text[:1].isupper() and _ends_sentence(before, mark):
            word.is_sent_start = True
    return doc


def _ends_sentence(before: Token, mark: Token) -> bool:
    if mark.text in END_MARKS:
        return before.text.islower()
    return mark.text in CLOSING_QUOTES and before.text in END_MARKS
