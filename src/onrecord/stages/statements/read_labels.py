from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.records import Part, Sentence
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.find_quotes import LINE, count_words
from onrecord.stages.statements.measure_spans import trim_span
from onrecord.stages.statements.source_words import source_words

KICKER = r"(?:[A-Z][\w’' -]{2,20} [–—-] )?"
"""EXCLUSIVE –"""
LABEL = re.compile(rf"{KICKER}(?P<name>[A-Z][^:.!?\n\"“”;–—]{{0,70}}?)(?P<colon>:)(?=\s)")
"""Lee to reporters: ..."""
ADDRESSEE = re.compile(r"(?i)\s+(?:to|on)\s")
"""What follows is not the speaker: `Putin to Assad: ...`, `Lee on taxes: ...`"""
TURN = re.compile(r"(?:Q|A|[A-Z][A-Z.’' -]{1,30}(?:, [A-Z][^:,]{2,30})?)$")
"""How a transcript names who speaks: `Q`, `LEE`, `ANN LEE, HOST`"""
SHORTEST = 3
"""Words that a headline must hold after its label."""


LONGEST = 5
"""Words of a name before the colon."""
LINKS = ("of", "and", "de", "al", "bin", "van", "von", "the")


@dataclass(frozen=True, slots=True)
class HeadlineLabel:
    """Words before the colon of a headline that name no speaker."""

    word: str
    source: str


@cache
def labels() -> frozenset[str]:
    """Return the labels of headlines, in lower case."""
    return frozenset(entry.word for entry in load("headline_labels", HeadlineLabel))


def read_labels(text: str, parts: Sequence[Part], sentences: Sequence[Sentence]) -> Iterator[Attribution]:
    """Yield what a name with a colon says: in a headline (`Lee: Taxes must fall`), a turn, after a rank."""
    found = [
        (part, label, line.end())
        for part in parts
        for line in LINE.finditer(text, part.start, part.end)
        if (label := LABEL.match(text, line.start(), line.end()))
    ]
    turns = sum(1 for _, label, _ in found if TURN.match(label["name"]))
    for part, label, end in found:
        is_turn = turns > 1 and TURN.match(label["name"]) is not None
        is_title = part.kind == "title" and _names_speaker(label["name"])
        if is_turn or is_title or _has_rank(label["name"]):
            yield from _read_label(text, label, end, sentences)


def _names_speaker(name: str) -> bool:
    """Return whether what stands before the colon of a headline can name someone."""
    speaker = ADDRESSEE.split(name)[0]
    return _is_name(speaker.split()) and speaker.lower() not in labels()


def _has_rank(name: str) -> bool:
    """Return whether a name begins with a rank or a form of address: `DCI Ora Penfold: two men ...`"""
    first, *rest = name.split()
    return first.strip(".").lower() in source_words("rank") and _is_name(rest)


def _is_name(words: list[str]) -> bool:
    return 0 < len(words) <= LONGEST and all(word[0].isupper() or word in LINKS for word in words)


def _read_label(
    text: str, label: re.Match[str], end: int, sentences: Sequence[Sentence]
) -> Iterator[Attribution]:
    """Yield what a label introduces, if that is more than two words."""
    content = trim_span(text, (label.end(), end))
    start, stop = label.span("name")
    addressee = ADDRESSEE.search(text, start, stop)
    mention = (start, addressee.start() if addressee else stop)
    for sentence in sentences:
        if content and count_words(text, content) >= SHORTEST and sentence.start < mention[1] <= sentence.end:
            *_, head = (t for t in sentence.tokens if sentence.offset + t.idx < mention[1])
            yield Attribution(sentence, (content,), "label:colon", head, mention, label.span("colon"))
