from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.records import Part, Span

OPENING = "“«„‟"
CLOSING = "”»"
STRAIGHT = '"″＂'
LONGEST_SINGLE = 900
"""Beyond this a pair of single marks is taken for two apostrophes."""

DOUBLE = re.compile(f"''(?!')|``|[{OPENING}{CLOSING}{STRAIGHT}]")
SINGLE_OPEN = re.compile(
    r"(?:(?<=[\s(\[—–,:])|^)[‘'](?=[A-Z$“…]|[a-z]\w* )(?!(?:em|til|tis|twas|cause|round)\b)"
)
"""‘We will stay,’ he said"""
SINGLE_CLOSE = re.compile(r"(?<=\S)[’'](?![\w’'])")
SENTENCE_END = re.compile(r"[.!?…](?=[\s]|$)")
LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks, the marks included."""

    start: int
    end: int
    part: str
    closed: bool = True
    chained: bool = False
    """Goes on from the paragraph before, which opened a quote and did not close it."""

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_quotes(text: str, parts: Iterable[Part]) -> tuple[Quote, ...]:
    """Return the outermost quotations of some parts, in text order; a paragraph is the widest reach.

    A paragraph that opens a quote and does not close it runs on if the next one opens with a mark;
    if not, a mark was forgotten, and the quote ends with its sentence.
    """
    found: list[Quote] = []
    running = False
    for part in parts:
        for line in LINE.finditer(text, part.start, part.end):
            quotes = list(_quotes_of_line(text, line.start(), line.end(), part.id))
            first = text[line.start() : line.end()].lstrip()[:1]
            if running and found:
                if quotes and first and first in OPENING + STRAIGHT + "'‘`":
                    quotes[0] = replace(quotes[0], chained=True)
                else:
                    found[-1] = _ended(text, found[-1])
            running = bool(quotes) and not quotes[-1].closed
            found += quotes
    if running:
        found[-1] = _ended(text, found[-1])
    return tuple(found)


def _quotes_of_line(text: str, start: int, end: int, part: str) -> Iterator[Quote]:
    """Yield the quotations of one line: those in double marks, then those in single marks outside of them."""
    doubles = list(_double_quotes(text, start, end, part))
    singles: list[Quote] = []
    at = start
    for quote in doubles:
        singles += _single_quotes(text, at, quote.start, part)
        at = quote.end
    singles += _single_quotes(text, at, end, part)
    yield from sorted([*doubles, *singles], key=lambda quote: quote.start)


def _double_quotes(text: str, start: int, end: int, part: str) -> Iterator[Quote]:
    opened, depth = -1, 0
    for mark in DOUBLE.finditer(text, start, end):
        if opened < 0:
            if mark[0] in CLOSING and not _looks_opening(text, mark, start, end):
                continue
            opened, depth = mark.start(), 1
        elif mark[0] in OPENING and not _looks_closing(text, mark, start, end):
            depth += 1
        elif mark[0] not in CLOSING + OPENING and _looks_opening(text, mark, start, end):
            yield _ended(text, Quote(opened, mark.start(), part, closed=False))
            opened, depth = mark.start(), 1
        else:
            # a straight mark, or an opening one that can only close, ends all that is open
            depth = depth - 1 if mark[0] in CLOSING else 0
            if depth == 0 or not _has_closing(text, mark.end(), end):
                yield Quote(opened, mark.end(), part)
                opened, depth = -1, 0
    if opened >= 0:
        yield Quote(opened, end, part, closed=False)


def _has_closing(text: str, start: int, end: int) -> bool:
    return any(mark[0] not in OPENING for mark in DOUBLE.finditer(text, start, min(end, start + 2_000)))


def _looks_opening(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return (before.isspace() or before in "([—–") and not after.isspace()


def _looks_closing(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Return whether a mark ends words: `Apparently not,“ he said`."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return (before.isalnum() or before in ",.?!…") and (after.isspace() or after in ",.;:?!")


def _single_quotes(text: str, start: int, end: int, part: str) -> Iterator[Quote]:
    at = start
    while opened := SINGLE_OPEN.search(text, at, end):
        closed = _closing_single(text, opened.end(), min(end, opened.end() + LONGEST_SINGLE))
        if closed is None:
            at = opened.end()
        else:
            yield Quote(opened.start(), closed, part)
            at = closed


def _closing_single(text: str, start: int, end: int) -> int | None:
    """Return where the single mark that closes a quote ends, plural possessives passed over."""
    plural: int | None = None
    for mark in SINGLE_CLOSE.finditer(text, start, end):
        if text[mark.start() - 1] == "s" and text[mark.end() : mark.end() + 1] == " ":
            plural = plural or mark.end()
            continue
        return mark.end()
    return plural


def _ended(text: str, quote: Quote) -> Quote:
    """Return a quote whose closing mark was forgotten, ended with its first sentence."""
    stop = SENTENCE_END.search(text, quote.start + 2, quote.end)
    end = stop.end() if stop else quote.end
    while end > quote.start + 1 and text[end - 1].isspace():
        end -= 1
    return replace(quote, end=end, closed=False)


def count_words(text: str, span: Span) -> int:
    """Return how many words stand in a span."""
    return sum(1 for _ in WORD.finditer(text, *span))
