"""Every yes and no sentence of the codebook goes through the coder."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.lexicons import codebook_files, load_examples

SENTENCES = [
    (key, wanted, sentence)
    for path in codebook_files()
    for key, yes, no in load_examples(f"codebook/{path.name}")
    for wanted, sentences in (("yes", yes), ("no", no))
    for sentence in sentences
]


@pytest.mark.parametrize(("key", "wanted", "sentence"), SENTENCES, ids=lambda value: value[:50])
def test_sentence(draft_of: Any, key: str, wanted: str, sentence: str) -> None:
    rules = [event.rule for event in draft_of(sentence, upto="events").events]
    assert (key in rules) == (wanted == "yes"), rules
