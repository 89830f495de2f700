from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from onrecord.records import Refusal
from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Element, Tree, span_lines

MOST_NOTES = 200
"""Stretches that are told apart; what more there is, is counted."""
LINKED, QUOTED, PROSE = 0.6, 80, 1200
"""Share of links from which text is a list of them; characters quoted of such a list, and of sentences."""
SENTENCE = 8
"""Words from which a line is more than a label."""

REASONS = {
    "control": "button",
    "form": "invitation to comment",
    "comments": "heading over comments",
    "readers": "heading over comments",
    "boilerplate": "frame of the page",
}
"""What a mark says of a line that was left out."""

FRAMES = frozenset(("nav", "footer", "aside", "form", "button"))


def note_left(
    tree: Tree, sums: Measures, places: Mapping[int, int], texts: frozenset[str], told: frozenset[int]
) -> tuple[Refusal, ...]:
    """Return a refusal for each stretch that a reader sees and that was not written, where it stood.

    `places` says where in the text each written line ends, `texts` what was written, `told` which lines
    another refusal speaks of. The words of all refusals and of the text are all words that are shown.
    """
    left: list[tuple[int, int, str]] = []
    frames = _find_frames(tree)
    place = 0
    for n, line in enumerate(tree.lines):
        place = places.get(n, place)
        if n not in places and n not in told and line.hidden is None:
            left.append((n, place, say_why(tree, sums, n, texts, frames[n])))
    runs = [list(run) for _, run in groupby(left, key=lambda row: row[1:])]
    notes = [_note(tree, run) for run in runs[:MOST_NOTES]]
    if more := runs[MOST_NOTES:]:
        words = sum(tree.lines[n].words for run in more for n, *_ in run)
        notes.append(Refusal((place, place), "page", f"left out: {len(more)} more stretches ({words} words)"))
    return tuple(notes)


def _note(tree: Tree, run: list[tuple[int, int, str]]) -> Refusal:
    place, why = run[0][1:]
    lines = [tree.lines[n] for n, *_ in run]
    words = sum(line.words for line in lines)
    linked = sum(line.linked for line in lines)
    most = QUOTED if linked > LINKED * sum(len(line.text) for line in lines) else PROSE
    quoted = " / ".join(line.text for line in lines)
    quoted = quoted if len(quoted) <= most else quoted[:most] + "…"
    return Refusal((place, place), "page", f"left out, {why} ({words} words): {quoted}")


def say_why(tree: Tree, sums: Measures, n: int, texts: frozenset[str], frame: str | None) -> str:
    """Return why a line that is shown was not written; `frame` is what it stands in beside the article."""
    line = tree.lines[n]
    if line.words >= SENTENCE and line.text in texts:
        return "laid out a second time"
    mark = sums.marks[n]
    if mark in REASONS:
        return REASONS[mark]
    if frame:
        return f"beside the article ({frame})"
    return "links" if line.linked > LINKED * len(line.text) else "outside the article"


def _find_frames(tree: Tree) -> list[str | None]:
    """Return for each line the tag or name of the frame that it stands in, the innermost one, or None."""
    frames: list[str | None] = [None] * len(tree.lines)
    for i in tree.noted:
        if frame := _name_frame(tree.elements[i]):
            for n in span_lines(tree, i):
                frames[n] = frame
    return frames


def _name_frame(element: Element) -> str | None:
    if element.tag in FRAMES:
        return element.tag
    if "aside" in element.roles and element.tag not in ("body", "html"):
        return element.names.split()[0][:30]
    return None
