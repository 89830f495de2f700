from __future__ import annotations

from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Tree

HEADINGS = ("h2", "h3", "h4", "h5")
MARKED = ("byline", "caption", "dateline")
HEIGHT = 3
"""Elements around a line that are asked whether they hold a caption."""

SHORT = 25
"""A byline or date line has no more words."""


def label_lines(tree: Tree, sums: Measures, article: list[int]) -> list[str]:
    """Return what each line of the article is: byline, dateline, caption, paragraph, `other` (standfirst)."""
    kinds = []
    for n in article:
        kind = label_line(tree, sums, n)
        if kind == "paragraph" and n in article[:2] and _is_standfirst(tree, n):
            kind = "other"
        kinds.append(kind)
    return kinds


def _is_standfirst(tree: Tree, n: int) -> bool:
    """Whether a line sums the article up above its text: a heading, or an element that says so."""
    element = tree.elements[tree.lines[n].element]
    return element.tag in HEADINGS or "standfirst" in element.roles


def label_line(tree: Tree, sums: Measures, n: int) -> str:
    """Return what a line of the article is: byline, dateline, caption or paragraph."""
    line = tree.lines[n]
    index = line.element
    for height in range(HEIGHT):
        element = tree.elements[index]
        roles = element.roles
        if element.tag == "figcaption" or "caption" in roles:
            return "caption"
        if height == 0 and line.words <= SHORT and "byline" in roles and "story" not in roles:
            return "byline"
        index = element.up
        if index < 0 or "story" in roles:
            break
    mark = sums.marks[n]
    return mark if mark in MARKED else "paragraph"
