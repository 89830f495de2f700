from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.records import Span, Statement
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.find_quotes import MARKS, Quote
from onrecord.words import Token

LEFT = " \t\n\r\xa0,;:.-–—…·•"
RIGHT = " \t\n\r\xa0,;:-–—"
OPEN_QUOTE = re.compile(r"[“«\"][^”»\"]*$")
"""A quotation without its closing mark"""
SHORT_FORM = re.compile(r"(?:(?<!\w)[A-Z]|\.[^\s.]{1,3})\.$")
"""`U.`, `p.m.`"""


def place_of(scene: Scene, token: Token) -> Span:
    """Return the span of a token in the page."""
    start = scene.sentence.offset + token.idx
    return start, start + len(token.text)


def span_between(scene: Scene, first: Token, last: Token) -> Span:
    """Return the span from one token to another."""
    return place_of(scene, first)[0], place_of(scene, last)[1]


def trim_span(text: str, span: Span) -> Span | None:
    """Return a span without blanks, dashes and full stops at its ends; None if nothing is left."""
    start, end = span
    while start < end and text[start] in LEFT:
        start += 1
    while end > start and (text[end - 1] in RIGHT or _ends_with_stop(text[start:end])):
        end -= 1
    return (start, end) if end > start else None


def _ends_with_stop(words: str) -> bool:
    """Return whether a full stop closes words: that of `U.S.` belongs to it, as in a quote left open."""
    return words[-1] in ".…" and not SHORT_FORM.search(words) and not OPEN_QUOTE.match(words)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in text order, those that touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def size_of(spans: Iterable[Span]) -> int:
    """Return the length of some spans in characters."""
    return sum(end - start for start, end in spans)


def encloses(outer: Attribution | Statement, inner: Attribution | Statement) -> bool:
    """Return whether one content holds the cue and the content of another statement."""
    held = (*inner.content, inner.cue or inner.content[0])
    return size_of(outer.content) > size_of(inner.content) and all(
        any(start <= span[0] and span[1] <= end for start, end in outer.content) for span in held
    )


def absorb_quotes(scene: Scene, span: Span, cue: int) -> Span:
    """Return a content span widened to the ends of the quotations that it cuts.

    A quotation that holds the cue itself is not widened to: the content then ends where it ends.
    """
    start, end = span
    for quote in scene.quotes:
        if quote.end <= start or quote.start >= end:
            continue
        if quote.start <= cue < quote.end:
            end = min(end, quote.end - 1)
        else:
            start, end = min(start, quote.start), max(end, quote.end)
    return start, _end_after_colon(scene, end)


def _end_after_colon(scene: Scene, end: int) -> int:
    """Return the end of a quotation that a content announces: `hoped for one thing: “Let us fish.”`"""
    after = (quote for quote in scene.quotes if scene.text[end : quote.start].strip() == ":")
    return next((quote.end for quote in after), end)


def tokens_in(scene: Scene, span: Span) -> list[Token]:
    """Return the tokens of a sentence that begin in a span of the page."""
    start, end = span[0] - scene.sentence.offset, span[1] - scene.sentence.offset
    return [token for token in scene.sentence.tokens if start <= token.idx < end]


def inner_end(text: str, quote: Quote) -> str:
    """Return the last character of a quotation inside of its marks."""
    return text[quote.start : quote.end].rstrip(MARKS)[-1:]
