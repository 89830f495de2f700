from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.lines import PageMark, find_mark, read_credit_line
from onrecord.stages.parts.cut_lines import Line
from onrecord.stages.parts.piece import Piece

TITLE_LENGTH = 220
STOPPED = re.compile(r"[.…;,]['\"”’)]*$")
DATELINED = re.compile(
    r"[A-Z][A-Za-z.' -]{2,40}(?:, [A-Z][\w. ]{2,30})?(?: \([A-Za-z/ ]{2,20}\))?\s?[-–—]+\s?[A-Z\"“]"
)
ROLE_KINDS = dict.fromkeys(("boilerplate", "comments", "form", "readers"), "other")
CREDITS = 3
"""Lines under the title that can say who wrote the report, and when."""
TOP = 8
"""Lines from the top of the page within which its title is looked for."""


def label_report(text: str, lines: list[Line], title: str | None, is_discussed: bool = False) -> list[Piece]:
    """Return the parts of the report: title, bylines, datelines, captions, paragraphs.

    Where comments follow (`is_discussed`), its last line may be the heading over them.
    """
    spans = _join_wrapped(lines)
    marks = [find_mark(text[start:end]) for start, end in spans]
    last = marks[-1:] if is_discussed else []
    marks = [
        mark if mark and mark.role != "readers" else None for mark in marks[: len(marks) - len(last)]
    ] + last
    at = _find_title(text, spans, [mark is not None for mark in marks], title)
    parts = []
    for i, ((start, end), mark) in enumerate(zip(spans, marks, strict=True)):
        kind, rule = _label_span(text[start:end], mark, None if at is None else i - at)
        parts.append(Piece(start, end, kind, f"{kind}:{rule}"))
    return parts


def _label_span(said: str, mark: PageMark | None, under: int | None) -> tuple[str, str]:
    """Return the kind of a line of the report, and by what; it stands so many lines under the title."""
    if under == 0:
        return "title", "top-line"
    if mark:
        return ROLE_KINDS.get(mark.role, mark.role), mark.name
    if under is not None and under < 0:
        return "other", "above-title"
    if under is not None and under <= CREDITS and (kind := read_credit_line(said)):
        return kind, "words"
    return ("paragraph", "line") if any(map(str.isalnum, said)) else ("other", "no-word")


def _join_wrapped(lines: list[Line]) -> list[tuple[int, int]]:
    """Return the spans of paragraphs; lines that were broken at a fixed width are joined."""
    inside = [line for line in lines[1:] if not line.gap]
    widths = [line.end - line.start for line in lines]
    wrapped = (
        len(inside) >= 3
        and len(inside) > 0.4 * len(lines)
        and any(line.gap for line in lines[1:])
        and 40 <= max(widths) <= 100
    )
    spans: list[tuple[int, int]] = []
    for line in lines:
        if wrapped and spans and not line.gap:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return spans


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text[: 2 * TITLE_LENGTH]).strip().lower()


def _find_title(text: str, spans: list[tuple[int, int]], marked: list[bool], title: str | None) -> int | None:
    if len(spans) < 2:
        return None
    heads = [text[start : min(end, start + TITLE_LENGTH + 1)] for start, end in spans[:TOP]]
    wanted = _fold(title or "")
    given = _first(len(heads), lambda i: bool(wanted) and _is_same(_fold(heads[i]), wanted))
    if given is not None:
        return given
    first = _first(len(heads), lambda i: not marked[i])
    if first is None or not _looks_like_title(heads[first]):
        return None
    after = first + 1
    # A section's name over the headline: one or two words, and the next line is a headline too.
    if (
        len(heads[first].split()) <= 2
        and after < len(heads)
        and not marked[after]
        and len(heads[after].split()) >= 4
        and _looks_like_title(heads[after])
        and len(spans) > after + 1
    ):
        return after
    return first


def _first(count: int, holds: Callable[[int], bool]) -> int | None:
    return next((i for i in range(count) if holds(i)), None)


def _is_same(line: str, title: str) -> bool:
    """Whether a line is the known title, give or take the site's name behind it."""
    return bool(line) and (
        line == title or (len(line) > 15 and (title.startswith(line) or line.startswith(title)))
    )


def _looks_like_title(line: str) -> bool:
    return len(line) <= TITLE_LENGTH and not STOPPED.search(line) and not DATELINED.match(line)
