"""A view as a picture: its drawing, or its table, as an SVG file that stands for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import escape

from onrecord.web.rows import Rows

SVG = re.compile(r"<svg viewBox=\"0 0 (\d+) (\d+)\"(.*?)</svg>", re.S)
STYLE = """
text { font-family: sans-serif; fill: #1d1f21; }
.label { font-size: 8px; fill: #5d6166; }
.label.end, .name.end { text-anchor: end; }
.label.middle, .name.middle { text-anchor: middle; }
.label.top { dominant-baseline: hanging; }
.name { font-size: 10px; dominant-baseline: middle; }
.axis { stroke: #dcd9d1; }
.hit { fill: none; }
.land { fill: #e9e7e0; stroke: #fbfaf7; stroke-width: .4; }
.land.s1 { fill: #bdc9cd; }
.land.s2 { fill: #a0b6c1; }
.land.s3 { fill: #84a3b6; }
.land.s4 { fill: #648da8; }
.land.s5 { fill: #437798; }
rect.cooperation, circle.cooperation, marker.cooperation { fill: #24693f; }
rect.conflict, circle.conflict, marker.conflict { fill: #b3261e; }
rect.neither, marker.mixed { fill: #5d6166; }
circle { fill-opacity: .75; }
circle.node { fill: #1d1f21; fill-opacity: 1; }
.score-dot { fill: #1d1f21; }
.tie { fill: none; stroke-opacity: .55; }
.tie.cooperation { stroke: #24693f; }
.tie.conflict { stroke: #b3261e; }
.tie.mixed { stroke: #5d6166; }
.line { fill: none; stroke-width: 2; }
.line.score { stroke: #1d1f21; stroke-width: 1.2; }
.line.first, .dot.first { stroke: #2f6fa8; }
.line.second, .dot.second { stroke: #97631b; }
.line.between, .dot.between { stroke: #7a4fa3; stroke-dasharray: 5 3; }
.dot { fill: #fff; }
.head { font-weight: bold; font-size: 11px; }
.cell { font-size: 11px; }
.title { font-size: 15px; font-weight: bold; }
.note { font-size: 10px; fill: #5d6166; }
.rule { stroke: #dcd9d1; }
"""
"""The colours of the light scheme, since a file has no style sheet beside it."""
MOST_ROWS = 60
LETTER, LONGEST = 6.1, 52
"""Pixels of a letter, and letters of a cell."""
LINE = 18


def draw_file(html: str, title: str) -> str:
    """Return the drawing of a rendered template as an SVG file; links are left out, their contents stay.

    Raises ValueError if the template has no drawing.
    """
    found = SVG.search(html)
    if found is None:
        raise ValueError("no drawing in this template")
    width, height, rest = int(found[1]), int(found[2]), found[3]
    body = re.sub(r"</?a\b[^>]*>", "", rest.partition(">")[2])
    return _wrap(width, height + 26, title, f'<g transform="translate(0 26)">{body}</g>')


def draw_rows(rows: Rows, columns: Sequence[str], heads: dict[str, str], title: str) -> str:
    """Return the first rows of a table as an SVG file."""
    places = [rows.columns.index(name) for name in columns]
    names = [heads.get(name, name.replace("_", " ")) for name in columns]
    cells = [[_show(row[place]) for place in places] for row in rows.rows[:MOST_ROWS]]
    widths = [
        LETTER * min(LONGEST, max(len(text) for text in column)) + 14
        for column in zip(names, *cells, strict=True)
    ]
    starts = [8 + sum(widths[:number]) for number in range(len(widths))]
    lines = [_draw_line("head", names, starts, 44)]
    for number, row in enumerate(cells):
        y = 44 + LINE * (number + 1)
        lines.append(f'<line class="rule" x1="8" x2="{sum(widths):.0f}" y1="{y - 13}" y2="{y - 13}"/>')
        lines.append(_draw_line("cell", row, starts, y))
    left = len(rows.rows) - len(cells)
    end = 44 + LINE * (len(cells) + 1)
    note = f"and {left:,} more rows" if left > 0 else f"{len(cells)} {'row' if len(cells) == 1 else 'rows'}"
    lines.append(f'<text class="note" x="8" y="{end}">{note}</text>')
    return _wrap(round(max(sum(widths) + 16, 300)), end + 12, title, "\n".join(lines))


def _draw_line(kind: str, texts: Sequence[str], starts: Sequence[float], y: float) -> str:
    shown = (text if len(text) <= LONGEST else text[: LONGEST - 1] + "…" for text in texts)
    return "".join(
        f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}">{escape(text)}</text>'
        for x, text in zip(starts, shown, strict=True)
    )


def _show(value: Any) -> str:
    """Return a cell on one line, without what XML cannot hold."""
    if value is None:
        return "–"
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _wrap(width: int, height: int, title: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width * 2}" '
        f'height="{height * 2}"><title>{escape(title)}</title><style>{STYLE}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text class="title" x="8" y="18">{escape(title)}</text>{body}</svg>'
    )
