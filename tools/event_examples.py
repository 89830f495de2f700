"""The candidates of marked pages as examples: their traits, their vectors, and what the marks say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy
from own_reports import read_reports

from onrecord.grammar import token_span
from onrecord.ontology.read_codebook import read_codebook
from onrecord.pipeline import BATCH, STAGES
from onrecord.records import Draft, RawPage, Settings
from onrecord.sources import open_sources, page_from_dict
from onrecord.stages.events.list_candidates import Scan, list_candidates
from onrecord.stages.events.story import index_stories
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences

OPTIONAL = 0.6
"""Share of a vote that an optional mark has for its type; the rest says that there is no event."""
FIRST_TYPE = 0.75
"""Share of the first of several types that a mark allows."""
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
CLASSES = ("none", *TYPES)


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of a sentence."""

    place: int
    """Among the words of its sentence."""
    span: tuple[int, int]
    traits: tuple[str, ...]
    vector: Any
    mark: dict[str, Any] | None
    """The mark that it is the main word of."""
    is_beside: bool
    """Whether it is a lesser word of a mark: no example at all."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with its candidates."""

    page: str
    fold: int
    is_open: bool
    number: int
    """Of the sentence in its story."""
    words: tuple[str, ...]
    examples: tuple[Example, ...]


def read_lessons(path: Path) -> list[Lesson]:
    """Return the sentences that hold candidates: of marked pages, then of the reports of our own."""
    own = read_reports()
    marked = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    pages = {page["id"]: page for page in (*marked, *own)}
    book = read_codebook()
    return [
        lesson
        for draft in chain(read_drafts(path), draft_pages(page_from_dict(page, None) for page in own))
        for story in index_stories(draft)
        for number, scan in enumerate(list_candidates(story, book))
        if (lesson := make_lesson(scan, number, pages[draft.page.id])).examples
    ]


def is_open(page: dict[str, Any]) -> bool:
    """Return whether a page may be learned from."""
    return not page["licence"].startswith("restricted")


def read_drafts(path: Path, upto: str = "events") -> Iterator[Draft]:
    """Yield the draft of each page of a file as a stage finds it."""
    return draft_pages((one for one in open_sources([str(path)]) if isinstance(one, RawPage)), upto)


def draft_pages(raws: Iterable[RawPage], upto: str = "events") -> Iterator[Draft]:
    """Yield the draft of each page as a stage finds it."""
    raws = iter(raws)
    names = [name for name, _ in STAGES]
    before = STAGES[: names.index(upto)]
    while batch := list(islice(raws, BATCH)):
        parted = [(page, split_parts(page)) for page in map(read_page, batch)]
        for (page, parts), found in zip(parted, parse_sentences(parted), strict=True):
            draft = Draft(Settings(), page, parts, found.kept)
            for name, stage in before:
                added: dict[str, Any] = {name: stage(draft).kept}
                draft = replace(draft, **added)
            yield draft


def make_lesson(scan: Scan, number: int, page: dict[str, Any]) -> Lesson:
    """Return a sentence with what the marks of its page say of its candidates."""
    words = list(scan.sentence.tokens)
    first, vectors = words[0].i, words[0].doc.vectors
    spans = [token_span(scan.sentence, one.token) for one in scan.candidates]
    main: dict[int, dict[str, Any]] = {}
    beside: set[int] = set()
    for start, end, event in find_marks(page):
        touched = [n for n, span in enumerate(spans) if span[0] < end and start < span[1]]
        if not touched:
            continue
        heads = {scan.candidates[n].token for n in touched}
        top = [n for n in touched if scan.candidates[n].token.head not in heads - {scan.candidates[n].token}]
        chosen = next((n for n in top if scan.candidates[n].token.pos_ != "AUX"), (top or touched)[0])
        beside |= set(touched) - {chosen}
        if chosen not in main or main[chosen]["need"] != "core":
            main[chosen] = event
    examples = tuple(
        Example(
            one.token.i - first,
            span,
            tuple(dict.fromkeys((*one.traits, *scan.shared))),
            vectors[one.token.i].astype("float32"),
            main.get(n),
            n in beside and n not in main,
        )
        for n, (one, span) in enumerate(zip(scan.candidates, spans, strict=True))
    )
    words_ = tuple(word.text for word in words)
    return Lesson(page["id"], page["fold"], is_open(page), number, words_, examples)


def find_marks(page: dict[str, Any]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the span of each trigger of a page with its event, repeated mentions too."""
    for event in page["gold"]["events"]:
        for one in (event, *event.get("also", ())):
            start = page["text"].index(one["quote"]) + one["quote"].index(one["trigger"])
            yield start, start + len(one["trigger"]), event


def vote(mark: dict[str, Any] | None) -> list[float]:
    """Return the share of each class that a mark votes for.

    >>> vote(None)[0]
    1.0
    """
    shares = [0.0] * len(CLASSES)
    if mark is None:
        shares[0] = 1.0
        return shares
    types: Sequence[str] = mark["type"]
    whole = 1.0 if mark["need"] == "core" else OPTIONAL
    shares[0] = 1 - whole
    for n, name in enumerate(types):
        part = 1.0 if len(types) == 1 else FIRST_TYPE if n == 0 else (1 - FIRST_TYPE) / (len(types) - 1)
        shares[CLASSES.index(name)] += whole * part
    return shares


def stack_votes(examples: Sequence[Example]) -> Any:
    """Return the votes as an array (examples, classes)."""
    return numpy.array([vote(one.mark) for one in examples], dtype="float32")


def list_modes(mark: dict[str, Any] | None) -> list[str]:
    """Return the modes that a mark allows for its first type, as `TYPE/mode`; `TYPE/` for none.

    >>> list_modes({"type": ["AID"], "mode": []})
    ['AID/']
    """
    if mark is None:
        return []
    kind = mark["type"][0]
    return [f"{kind}/{mode}" for mode in mark["mode"][:2]] or [f"{kind}/"]


def choose_modes(lessons: Iterable[Lesson], least: int) -> tuple[str, ...]:
    """Return the modes, in alphabetical order, that enough marks have, of types that have several."""
    counts = Counter(name for lesson in lessons for one in lesson.examples for name in list_modes(one.mark))
    names = sorted(name for name, count in counts.items() if count >= least)
    kinds = Counter(name.partition("/")[0] for name in names)
    return tuple(name for name in names if kinds[name.partition("/")[0]] > 1 or not name.endswith("/"))


def vote_modes(mark: dict[str, Any] | None, modes: Sequence[str]) -> list[float]:
    """Return the share of each mode that a mark votes for; zeros where its type has none."""
    allowed = [name for name in list_modes(mark) if name in modes]
    return [allowed.count(name) / len(allowed) if allowed else 0.0 for name in modes]
