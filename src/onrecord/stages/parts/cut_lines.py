from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its stripped span, and how many blank lines stand before it."""

    start: int
    end: int
    gap: int


def cut_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines of a stretch of text that are not blank, in one pass whatever their length."""
    end = len(text) if end is None else end
    lines: list[Line] = []
    gap = 0
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = text[start:stop]
        kept = line.strip()
        if kept:
            left = start + len(line) - len(line.lstrip())
            lines.append(Line(left, left + len(kept), gap))
            gap = 0
        else:
            gap += 1
        start = stop + 1
    return lines
