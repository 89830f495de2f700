from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from onrecord.records import Page, Part, Sentence
from onrecord.stages.sentences.load_model import load_model

BATCH = 64
"""Documents that spaCy takes at a time."""


def parse_sentences(
    pages: Sequence[tuple[Page, tuple[Part, ...]]], model: str | None = None
) -> list[tuple[Sentence, ...]]:
    """Return the sentences of each page, in order; one spaCy Doc is parsed for each part.

    Pages are parsed together, because the model is fastest on batches. The Docs live as long as
    the caller's `memory_zone`, if it opened one.
    """
    texts = [page.text[part.start : part.end] for page, parts in pages for part in parts]
    docs = parse_texts(texts, model)
    return [
        tuple(sentence for part in parts for sentence in _sentences(part, next(docs)))
        for _page, parts in pages
    ]


def parse_texts(texts: Iterable[str], model: str | None = None) -> Iterator[Doc]:
    """Yield a parsed Doc for each text, in order."""
    return load_model(model).pipe(texts, batch_size=BATCH)


def model_name(model: str | None = None) -> str:
    """Return the name and version of the language model, as the record names it."""
    meta = load_model(model).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _sentences(part: Part, doc: Doc) -> Iterator[Sentence]:
    for sent in doc.sents:
        text = sent.text
        if not text.strip():
            continue
        start = part.start + sent.start_char + len(text) - len(text.lstrip())
        end = part.start + sent.start_char + len(text.rstrip())
        yield Sentence(start, end, part.id, part.start, sent)
