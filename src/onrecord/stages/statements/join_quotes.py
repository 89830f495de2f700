from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Sentence
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.find_quotes import MARKS, Quote, count_words
from onrecord.stages.statements.measure_spans import merge_spans
from onrecord.stages.statements.name_quote import name_quote

SHORTEST = 3
"""Words of a quotation that needs no cue."""
CLOSING_MARKS = "\"'”’»"
REACH = 600
"""Characters after a statement in which its quotation may go on."""
INTRODUCED = re.compile(r"(?:^|[.?!\n”\"’:]) *$")
"""The end of a sentence, before a quotation that is one of its own."""


def join_quotes(
    text: str, sentences: Sequence[Sentence], found: list[list[Attribution]], quotes: tuple[Quote, ...]
) -> list[Attribution]:
    """Return all attributions in text order, quotations without a cue given to the running speaker."""
    ordered = [one for group in found for one in group]
    taken = {quote.span for one in ordered for quote in quotes if _shares_words(one, quote)}
    ends = [sentence.end for sentence in sentences]
    for before, quote in zip(quotes[:1] + quotes, quotes, strict=False):
        home = bisect_right(ends, quote.start)
        if quote.span in taken or home == len(sentences) or not _stands_alone(text, quote):
            continue
        index = _holder_of(before, ordered) if quote.chained else _continued_by(text, ordered, quote)
        if index is None:
            ordered.append(name_quote(text, sentences, home, quote))
        else:
            whole = merge_spans([*ordered[index].content, quote.span])
            ordered[index] = replace(ordered[index], content=whole)
    return sorted(ordered, key=lambda one: min(one.content[0], one.point))


def _shares_words(one: Attribution, quote: Quote) -> bool:
    return any(start < quote.end and quote.start < end for start, end in one.content)


def _stands_alone(text: str, quote: Quote) -> bool:
    """Return whether a quotation is a sentence of its own: no cue is needed to see that someone speaks."""
    words = text[quote.start : quote.end].strip(MARKS)
    return (
        not words.isupper()  # the title of a section
        and INTRODUCED.search(text[max(0, quote.start - 3) : quote.start]) is not None
        and words[-1:] in tuple(".?!,…")
        and count_words(text, quote.span) >= SHORTEST
    )


def _holder_of(quote: Quote, found: list[Attribution]) -> int | None:
    """Return the index of the first statement that holds a quotation."""
    return next((index for index, one in enumerate(found) if _shares_words(one, quote)), None)


def _continued_by(text: str, found: list[Attribution], quote: Quote) -> int | None:
    """Return the index of the last direct statement before a quotation of its paragraph.

    `“We will stay,” he said, pointing to the hills. “They know it.”`
    """
    ends = [
        (one.content[-1][1], index)
        for index, one in enumerate(found)
        if quote.start - REACH < one.content[-1][1] <= quote.start
    ]
    direct = [
        (end, index)
        for end, index in ends
        if text[end - 1] in CLOSING_MARKS and "\n" not in text[end : quote.start]
    ]
    return max(direct)[1] if direct else None
