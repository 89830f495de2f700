"""The stage: sentences with tags, lemmas, dependency heads and named entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Doc as SpacyDoc

from onrecord.dates import find_dateline
from onrecord.records import Found, Page, Part, Refusal, Sentence, Span
from onrecord.stages.sentences.copy_words import load_copier
from onrecord.stages.sentences.learn_words import learn_words
from onrecord.stages.sentences.load_model import load_model
from onrecord.stages.sentences.recase_title import recase_title
from onrecord.stages.sentences.repair_parse import repair_parse
from onrecord.words import Doc

BATCH = 64
"""Documents that spaCy takes at a time."""
LONGEST_PAGE = 1_000_000
LONGEST_STRETCH = 20_000
STRETCH_END = re.compile(r"[.!?][\"”’]?\s|\n")


def parse_sentences(
    pages: Sequence[tuple[Page, tuple[Part, ...]]], model: str | None = None
) -> list[Found[Sentence]]:
    """Return the sentences of each page, in order; one Doc is parsed for each stretch of a part.

    Pages are parsed together, because the model is fastest on batches. Nothing is parsed of a page
    that is not in English, nor of a page beyond its first million characters; both are refused with
    the reason.
    """
    plans = [_plan(page, parts) for page, parts in pages]
    texts = [
        _recase(page, parts, start, end) if part.kind == "title" else page.text[start:end]
        for (page, parts), (kept, _) in zip(pages, plans, strict=True)
        for part, (start, end) in kept
    ]
    docs = iter(read_words(texts, model))
    return [
        Found(
            tuple(sentence for part, span in kept for sentence in _sentences(part, span, next(docs))),
            refused,
        )
        for kept, refused in plans
    ]


def _recase(page: Page, parts: tuple[Part, ...], start: int, end: int) -> str:
    """Return a title as the report below it writes its words; comments have no say in it."""
    report = [part for part in parts if part.kind not in ("title", "comment") and part.start < LONGEST_PAGE]
    return recase_title(page.text[start:end], "\n".join(page.text[p.start : p.end] for p in report))


def _plan(page: Page, parts: tuple[Part, ...]) -> tuple[list[tuple[Part, Span]], tuple[Refusal, ...]]:
    """Return which stretches of a page are parsed, and what is not with the reason."""
    if page.language != "en":
        reason = f"the page is in another language ({page.language}): onrecord codes English"
        return [], (Refusal((0, len(page.text)), "sentences", reason),)
    kept = [(part, span) for part in parts for span in _stretches(page.text, part) if span[0] < LONGEST_PAGE]
    if not parts or parts[-1].end <= LONGEST_PAGE:
        return kept, ()
    reason = f"the page is longer than {LONGEST_PAGE:,} characters: the rest was not coded"
    return kept, (Refusal((kept[-1][1][1] if kept else 0, len(page.text)), "sentences", reason),)


def _stretches(text: str, part: Part) -> Iterator[Span]:
    """Yield the spans of a part that are parsed at a time: one, but for datelines and huge parts.

    A dateline stands by itself, for the parser would take it for the subject of what follows.
    """
    start = part.start
    if part.kind == "paragraph":
        start, _ = find_dateline(text, part.start, part.end)
        if start > part.start:
            yield part.start, start
    while part.end - start > LONGEST_STRETCH:
        window = text[start : start + LONGEST_STRETCH]
        ends = [m.end() for m in STRETCH_END.finditer(window)]
        cut = start + (ends[-1] if ends else LONGEST_STRETCH)
        yield start, cut
        start = cut
        if start >= LONGEST_PAGE:
            return
    yield start, part.end


def read_words(texts: Sequence[str], model: str | None = None) -> list[Doc]:
    """Return the parsed words of each text, in order.

    spaCy's own Docs end with the memory zone in which they are made: without one, a process grows by
    half a megabyte a page.
    """
    learn_words(texts, model)
    copy_words = load_copier(model)
    with load_model(model).memory_zone():
        return [repair_parse(copy_words(doc)) for doc in parse_texts(texts, model)]


def parse_texts(texts: Iterable[str], model: str | None = None) -> Iterator[SpacyDoc]:
    """Yield a Doc of spaCy for each text, in order."""
    return load_model(model).pipe(texts, batch_size=BATCH)


@lru_cache(maxsize=2)
def model_name(model: str | None = None) -> str:
    """Return the name and version of the language model, as the record names it.

    Asked for with each page; spaCy lists the labels of every component to answer.
    """
    meta = load_model(model).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _sentences(part: Part, span: Span, doc: Doc) -> Iterator[Sentence]:
    for sent in doc.sents:
        text = sent.text
        if not text.strip():
            continue
        start = span[0] + sent.start_char + len(text) - len(text.lstrip())
        end = span[0] + sent.start_char + len(text.rstrip())
        yield Sentence(start, end, part.id, span[0], sent)
