from __future__ import annotations

from collections.abc import Iterable

from onrecord.records import Span
from onrecord.stages.statements.attribution import Scene
from onrecord.words import Token

LEFT = " \t\n\r\xa0,;:.-–—…·•"
OPENING = '“«"'
CLOSING = '”»"'
RIGHT = " \t\n\r\xa0,;:-–—"


def place_of(scene: Scene, token: Token) -> Span:
    """Return the span of a token in the page."""
    start = scene.sentence.offset + token.idx
    return start, start + len(token.text)


def span_between(scene: Scene, first: Token, last: Token) -> Span:
    """Return the span from one token to another."""
    return place_of(scene, first)[0], place_of(scene, last)[1]


def trim_span(text: str, span: Span) -> Span | None:
    """Return a span without blanks, dashes and stops at its ends; None if nothing is left."""
    start, end = span
    while start < end and text[start] in LEFT:
        start += 1
    while end > start and (
        text[end - 1] in RIGHT or (text[end - 1] in ".…" and _is_full_stop(text, start, end))
    ):
        end -= 1
    return (start, end) if end > start else None


def _is_full_stop(text: str, start: int, end: int) -> bool:
    """Return whether the point before `end` closes a sentence: not in `U.S.`, nor in a quote left open."""
    if text[start] in OPENING and not any(mark in text[start + 1 : end] for mark in CLOSING):
        return False
    word = text[max(start, end - 5) : end - 1].rsplit(" ", 1)[-1]
    return not (len(word) == 1 and word.isupper()) and "." not in word


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in text order, those that touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def absorb_quotes(scene: Scene, span: Span, cue: int) -> Span:
    """Return a content span widened to the ends of the quotes that it cuts.

    A quote that holds the cue itself is not widened to: the content then ends where the quote ends.
    """
    start, end = span
    for quote in scene.quotes:
        if quote.end <= start or quote.start >= end:
            continue
        if quote.start <= cue < quote.end:
            end = min(end, quote.end - 1)
            continue
        if quote.start > cue or quote.end <= cue:
            start, end = min(start, quote.start), max(end, quote.end)
    for quote in scene.quotes:
        # that a bargain might be possible: “The question is ...”
        if end > cue and quote.start >= end and scene.text[end : quote.start].strip() == ":":
            return start, quote.end
    return start, end
