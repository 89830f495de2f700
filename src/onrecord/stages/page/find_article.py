from __future__ import annotations

import re
from itertools import accumulate

from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Line, Tree
from onrecord.stages.page.read_cues import read_cues

ASIDE_TAGS = frozenset(("nav", "footer", "aside", "form", "button"))
SHARE = 0.6
"""An element that holds this share of what its parent holds is taken for the article in its place."""

FRAME = ("control", "boilerplate", "form", "comments")
WORD = re.compile(r"\w+")
MOST_LINKED = 0.8


def find_article(tree: Tree, sums: Measures, taken: list[bool]) -> list[int]:
    """Return the lines of the article in order; `taken` lines belong to comments."""
    weights = [0.0 if taken[n] or sums.marks[n] else weigh_line(line) for n, line in enumerate(tree.lines)]
    asides = _find_asides(tree, [0.0, *accumulate(weights)])
    weights = [0.0 if asides[line.element] else w for line, w in zip(tree.lines, weights, strict=True)]
    running = [0.0, *accumulate(weights)]
    first, last = 0, len(tree.lines)
    if running[-1] > 0:
        top = tree.elements[_descend(tree, running)]
        good = [n for n in range(top.first, top.last) if weights[n] > 0]
        first, last = good[0], good[-1] + 1
    return [
        n
        for n in range(first, last)
        if not taken[n]
        and not tree.lines[n].hidden
        and not asides[tree.lines[n].element]
        and sums.marks[n] not in FRAME
        and tree.lines[n].linked <= MOST_LINKED * len(tree.lines[n].text)
    ]


def weigh_line(line: Line) -> float:
    """Return how much a line looks like a paragraph of prose: long, few links; 0 if it does not."""
    if line.hidden:
        return 0.0
    share = line.linked / len(line.text)
    if line.words < 10:
        return 1.0 if line.words >= 5 and line.text[-1] in ".!?:\"”'’)" and share < 0.3 else 0.0
    return max(0.0, (line.words - 8) * (1 - 2 * share))


def _find_asides(tree: Tree, running: list[float]) -> list[bool]:
    """Return for each element whether it stands beside the article: navigation, teasers, share bars."""
    asides: list[bool] = []
    for element in tree.elements:
        aside = element.up >= 0 and asides[element.up]
        if not aside and (
            element.tag in ASIDE_TAGS or (element.names and "aside" in read_cues(element.names))
        ):
            small = running[element.last] - running[element.first] < 0.5 * running[-1]
            aside = small and element.tag not in ("body", "html")
        asides.append(aside)
    return asides


def _descend(tree: Tree, running: list[float]) -> int:
    """Return the innermost element that holds most of the story."""
    top = 0
    while True:
        element = tree.elements[top]
        whole = running[element.last] - running[element.first]
        best, most = -1, SHARE * whole
        k = top + 1
        while k < element.end:
            child = tree.elements[k]
            weight = running[child.last] - running[child.first]
            if weight >= most > 0 and (child.last - child.first > 1 or weight == whole):
                best, most = k, weight
            k = child.end
        if best < 0:
            return top
        top = best


def find_title(tree: Tree, article: list[int], stated: str | None) -> int | None:
    """Return the line that is the page's title: like the one it states, else its first large heading."""
    wanted = _fold(stated or "")
    best, most = None, 0.0
    for n, line in enumerate(tree.lines[: article[0] + 30 if article else None]):
        if line.hidden or line.words > 40:
            continue
        heading = {"h1": 0.5, "h2": 0.3, "h3": 0.2}.get(tree.elements[line.element].tag, 0.0)
        score = _likeness(_fold(line.text), wanted) + heading
        if score > most:
            best, most = n, score
    return best if most >= 0.5 else None


def _fold(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _likeness(words: list[str], wanted: list[str]) -> float:
    """Return how far a line is the beginning or the whole of the stated title, 0 to 1.5."""
    if len(words) < 2 or not wanted:
        return 0.0
    if words == wanted[: len(words)] or wanted == words[: len(wanted)]:
        return 1.5 if len(words) >= 3 else 0.8
    same = len(set(words) & set(wanted))
    share = same / len(set(words))
    return share if same >= 3 and share > 0.7 else 0.0
