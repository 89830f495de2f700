"""The lone comment of a page: no form repeats, its heading and its voice alone tell that a reader speaks."""

from __future__ import annotations

from statistics import fmean

from onrecord.lexicons.comment_words import find_words
from onrecord.lines import weigh_voice
from onrecord.stages.page.find_comment_elements import Found
from onrecord.stages.page.find_runs import is_above
from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Tree
from onrecord.stages.page.read_heads import name_line

OVER = ("comments", "readers", "form")
STOPS = ("comments", "form", "readers", "boilerplate")
"""Marks that end a comment."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MOST_LINES, FEW_LINES, LEAST_WORDS = 8, 3, 4
"""Lines of a lone comment, lines of one whose edge can be a name, and words of a line that is heard."""
LEAST_VOICE = 0.6
"""Voice from which it is a reader's: a section of a report can be called Reactions, too."""


def find_voiced(tree: Tree, sums: Measures) -> list[Found]:
    """Return the text under a heading over comments, if it sounds like a reader."""
    for n, mark in enumerate(sums.marks):
        if mark not in OVER or tree.lines[n].hidden or is_above(sums, n):
            continue
        lines = _read_under(tree, sums, n)
        if not 0 < len(lines) <= MOST_LINES or _is_notice(tree, sums, lines):
            continue
        said = [
            tree.lines[k].text for k in lines if tree.lines[k].words >= LEAST_WORDS and not sums.is_head[k]
        ]
        if said and fmean(map(weigh_voice, said)) >= LEAST_VOICE:
            edges = (lines[-1], lines[0]) if len(lines) <= FEW_LINES else ()
            name = next((name for k in edges if (name := name_line(tree, sums, k))), None)
            return [Found(tuple(lines), tree.lines[lines[0]].element, "voice", name)]
    return []


def _is_notice(tree: Tree, sums: Measures, lines: list[int]) -> bool:
    """Whether lines are house rules or the labels of a form: they speak of comments and members."""
    if sums.fields[min(lines[-1] + 2, len(tree.lines))] > sums.fields[lines[0]]:
        return True
    return any(find_words("talk", "membership").search(tree.lines[k].text) for k in lines)


def _read_under(tree: Tree, sums: Measures, n: int) -> list[int]:
    """Return the lines under a heading, up to another heading, a list of links or the frame of the page."""
    found: list[int] = []
    for k in range(n + 1, len(tree.lines)):
        line = tree.lines[k]
        is_heading = tree.elements[line.element].tag in HEADINGS
        if sums.marks[k] in STOPS or is_heading or line.linked > 0.5 * len(line.text):
            break
        if not line.hidden and sums.marks[k] != "control":
            found.append(k)
        if len(found) > MOST_LINES:
            break
    return found
