from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.records import Part, Span

OPENING = "“«„‟"
CLOSING = "”»"
STRAIGHT = '"″＂'
MARKS = "\"'‘’“”«»„‟"
LONGEST_SINGLE = 900
"""Beyond this a pair of single marks is taken for two apostrophes."""
REACH = 2_000
"""Characters in which a further closing mark is looked for."""

DOUBLE = re.compile(f"''(?!')|``|[{OPENING}{CLOSING}{STRAIGHT}]")
BEGINNING = re.compile(
    rf"(?<![^\s(\[—–])(?:''|``|[{OPENING}{CLOSING}{STRAIGHT}])(?=\S)"
    rf"|(?<![\w,.?!…])[{OPENING}]|[{OPENING}](?![\s,.;:?!]|$)"
)
"""A mark that begins a quotation; the second one of `Apparently not,“ she said` does not."""
SINGLE_OPEN = re.compile(
    r"(?:(?<=[\s(\[—–,:])|^)[‘'](?=[A-Z$“…]|[a-z]\w* )(?!(?:em|til|tis|twas|cause|round)\b)"
)
"""‘We will stay,’ he said"""
SINGLE_CLOSE = re.compile(r"(?<=[^\ss])[’'](?![\w’'])|(?<=s)[’'](?![\w’' ])")
PLURAL_CLOSE = re.compile(r"(?<=s)[’'](?= )")
"""A possessive plural, unless no other mark follows: ‘We have no boats’ he said"""
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
    """Return the outermost quotations of some parts, in text order; none runs over the end of a paragraph.

    A quotation left open goes on in the next paragraph if that one begins with a mark. If not, the
    closing mark was forgotten, and the quotation ends with its sentence.
    """
    found: list[Quote] = []
    is_open = False
    for part in parts:
        for line in LINE.finditer(text, part.start, part.end):
            quotes = list(_quotes_of_line(text, line.start(), line.end(), part.id))
            if is_open and quotes and not text[line.start() : quotes[0].start].strip():
                quotes[0] = replace(quotes[0], chained=True)
            is_open = bool(quotes) and not quotes[-1].closed
            found += quotes
    followers = (*found[1:], None)
    return tuple(
        quote if quote.closed or (after and after.chained) else _end_with_sentence(text, quote)
        for quote, after in zip(found, followers, strict=False)
    )


def _quotes_of_line(text: str, start: int, end: int, part: str) -> Iterator[Quote]:
    """Yield the quotations of one line: those in double marks, then those in single marks outside of them."""
    doubles = list(_double_quotes(text, start, end, part))
    edges = [start, *(edge for quote in doubles for edge in quote.span), end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    singles = [quote for gap in gaps for quote in _single_quotes(text, *gap, part)]
    yield from sorted([*doubles, *singles], key=lambda quote: quote.start)


def _double_quotes(text: str, start: int, end: int, part: str) -> Iterator[Quote]:
    opened, depth = -1, 0
    for mark in DOUBLE.finditer(text, start, end):
        begins = BEGINNING.match(text, mark.start(), end) is not None
        if opened < 0:
            if begins or mark[0] not in CLOSING:
                opened, depth = mark.start(), 1
        elif mark[0] in CLOSING or not begins:
            # a straight mark, or an opening one that can only close, ends all that is open
            depth = depth - 1 if mark[0] in CLOSING else 0
            if depth == 0 or not _has_closing(text, mark.end(), end):
                yield Quote(opened, mark.end(), part)
                opened = -1
        elif mark[0] in OPENING:
            depth += 1
        else:
            yield Quote(opened, mark.start(), part, closed=False)
            opened, depth = mark.start(), 1
    if opened >= 0:
        yield Quote(opened, end, part, closed=False)


def _has_closing(text: str, start: int, end: int) -> bool:
    return any(mark[0] not in OPENING for mark in DOUBLE.finditer(text, start, min(end, start + REACH)))


def _single_quotes(text: str, start: int, end: int, part: str) -> Iterator[Quote]:
    at = start
    while opened := SINGLE_OPEN.search(text, at, end):
        within = opened.end(), min(end, opened.end() + LONGEST_SINGLE)
        closed = SINGLE_CLOSE.search(text, *within) or PLURAL_CLOSE.search(text, *within)
        at = (closed or opened).end()
        if closed:
            yield Quote(opened.start(), at, part)


def _end_with_sentence(text: str, quote: Quote) -> Quote:
    """Return a quotation without its closing mark, cut at the end of its first sentence."""
    stop = SENTENCE_END.search(text, quote.start + 2, quote.end)
    words = text[quote.start : stop.end() if stop else quote.end]
    return replace(quote, end=quote.start + len(words.rstrip()))


def count_words(text: str, span: Span) -> int:
    """Return how many words stand in a span."""
    return sum(1 for _ in WORD.finditer(text, *span))


def line_at(text: str, offset: int) -> Span:
    """Return the span of the line in which an offset lies, its end excluded."""
    return text.rfind("\n", 0, offset) + 1, text.find("\n", offset) % (len(text) + 1)
