from __future__ import annotations

from dataclasses import replace

from onrecord.records import Sentence, Span
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.find_quotes import Quote, count_words
from onrecord.stages.statements.measure_spans import merge_spans
from onrecord.stages.statements.name_quote import name_quote

MARKS = "\"'“”‘’«»"
LONGEST_HEADING = 5
CLOSING_MARKS = "\"'”’»"


def join_quotes(
    text: str, sentences: list[Sentence], found: list[list[Attribution]], quotes: tuple[Quote, ...]
) -> list[Attribution]:
    """Return all attributions in text order, the quotes that no cue took given to the running speaker."""
    ordered = [one for group in found for one in group]
    taken = {quote.span for one in ordered for quote in _quotes_in(one.content, quotes)}
    for before, quote in zip((None, *quotes), quotes, strict=False):
        home = _index_at(sentences, quote.start)
        if quote.span in taken or home is None or not _stands_alone(text, quote):
            continue
        index = _carried_on(ordered, before) if quote.chained else _continued_by(text, ordered, quote)
        if index is None:
            ordered.append(name_quote(text, sentences, home, quote))
        else:
            previous = ordered[index]
            ordered[index] = replace(previous, content=merge_spans([*previous.content, quote.span]))
    return sorted(ordered, key=_place)


def _place(one: Attribution) -> Span:
    return one.content[0] if one.cue is None else min(one.content[0], one.cue)


def _quotes_in(content: tuple[Span, ...], quotes: tuple[Quote, ...]) -> list[Quote]:
    return [q for q in quotes if any(s < q.end and q.start < e for s, e in content)]


def _stands_alone(text: str, quote: Quote) -> bool:
    """Return whether a quote is a sentence of its own: no cue is needed to see that someone speaks."""
    if not quote.chained and _is_heading(text, quote):
        return False
    before = text[max(0, quote.start - 3) : quote.start].rstrip(" ")
    last = text[quote.start : quote.end].rstrip("\"'”’»")[-1:]
    after = text[quote.end : quote.end + 2].strip(" ")
    return (
        (not before or before[-1] in '.?!\n”"’:')
        and (last in ".?!,…" or after[:1] in ("", "\n"))
        and count_words(text, quote.span) >= 3
    )


def _is_heading(text: str, quote: Quote) -> bool:
    """Return whether a quote is the title of a section: a short line of its own, or all in capitals."""
    line = text[text.rfind("\n", 0, quote.start) + 1 :].split("\n", 1)[0].strip(" .")
    words = text[quote.start : quote.end].strip(MARKS).strip(" .")
    is_short = count_words(text, quote.span) <= LONGEST_HEADING
    return words.isupper() or (is_short and line.strip(MARKS) == words)


def _carried_on(found: list[Attribution], before: Quote | None) -> int | None:
    """Return the index of the statement that holds the paragraph before, whose quote was left open."""
    held = (i for i, one in enumerate(found) if before and any(s <= before.start < e for s, e in one.content))
    return next(held, None)


def _continued_by(text: str, found: list[Attribution], quote: Quote) -> int | None:
    """Return the index of the direct statement of the same paragraph that a quote goes on with.

    “We will stay,” he said, pointing to the hills. “They know it.”
    """
    best = None
    for index, one in enumerate(found):
        end = one.content[-1][1]
        if not quote.start - 600 < end <= quote.start or text[end - 1] not in CLOSING_MARKS:
            continue
        if "\n" not in text[end : quote.start] and (best is None or end > found[best].content[-1][1]):
            best = index
    return best


def _index_at(sentences: list[Sentence], offset: int) -> int | None:
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low if low < len(sentences) else None
