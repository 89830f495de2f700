from __future__ import annotations

from statistics import median

from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Tree

LEAST_CELLS, CELL_WORDS, LEAST_FIGURES = 4, 4, 0.25
"""Cells of a table of figures, words of the usual one, and the share of cells that begin with a digit."""
FEW_LINKS = 0.3


def find_tables(tree: Tree, sums: Measures) -> frozenset[int]:
    """Return the lines that are cells of tables of figures: short, many of them numbers, no sentence."""
    found: set[int] = set()
    for element in (tree.elements[i] for i in tree.noted):
        if element.tag != "table" or element.last - element.first < LEAST_CELLS:
            continue
        if (
            sums.prose[element.last] > sums.prose[element.first]
            or sums.heads[element.last] > sums.heads[element.first]
        ):
            continue
        lines = range(element.first, element.last)
        words = median(tree.lines[n].words for n in lines)
        figures = sum(tree.lines[n].text.lstrip("+-–−$€£(")[:1].isdigit() for n in lines)
        linked = sums.linked[element.last] - sums.linked[element.first]
        size = sums.size[element.last] - sums.size[element.first]
        if words <= CELL_WORDS and figures >= LEAST_FIGURES * len(lines) and linked <= FEW_LINKS * size:
            found.update(lines)
    return frozenset(found)
