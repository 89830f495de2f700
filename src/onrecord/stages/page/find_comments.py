from __future__ import annotations

import re

from onrecord.stages.page.find_runs import find_runs
from onrecord.stages.page.find_units import Found, find_units
from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Tree
from onrecord.stages.page.read_cues import read_cues

SPOKEN = re.compile(
    r"\b(?:comments?|opinions?|say|repl(?:y|ies)|thoughts?|views?|discuss\w*|talkback|feedback|post|register|sign)\b",
    re.IGNORECASE,
)
NOTICE_WORDS = (4, 300)
BLOCK_WORDS = 80


def find_comments(tree: Tree, sums: Measures) -> list[Found]:
    """Return the reader comments of a page in order: elements that hold one each, else runs of lines."""
    found = find_units(tree, sums) or find_runs(tree, sums)
    return sorted(found, key=lambda comment: comment.lines[0])


def find_notice(tree: Tree, sums: Measures) -> list[int]:
    """Return the lines of a comment section that holds no comment: its heading, house rules and form."""
    found: list[int] = []
    until = 0
    for i, element in enumerate(tree.elements):
        if i < until or not element.names or element.tag in ("html", "body"):
            continue
        roles = read_cues(element.names)
        if ("form" in roles or ("comment" in roles and "counter" not in roles)) and (
            lines := _read_notice(tree, element.first, element.last)
        ):
            until = element.end
            found += lines
    return found or _headed_notice(tree, sums)


def _read_notice(tree: Tree, first: int, last: int) -> list[int]:
    lines = [n for n in range(first, last) if not tree.lines[n].hidden]
    words = sum(tree.lines[n].words for n in lines)
    linked = sum(tree.lines[n].linked for n in lines)
    size = sum(len(tree.lines[n].text) for n in lines)
    if not NOTICE_WORDS[0] <= words <= NOTICE_WORDS[1] or linked > 0.6 * size:
        return []
    return lines if any(SPOKEN.search(tree.lines[n].text) for n in lines) else []


def _headed_notice(tree: Tree, sums: Measures) -> list[int]:
    """Return the block around the first line that invites to comment."""
    for n, mark in enumerate(sums.marks):
        line = tree.lines[n]
        if mark not in ("form", "comments") or line.hidden or line.words < 3:
            continue
        holder = line.element
        while tree.elements[holder].up > 0:
            above = tree.elements[tree.elements[holder].up]
            if sum(tree.lines[k].words for k in range(above.first, above.last)) > BLOCK_WORDS:
                break
            holder = tree.elements[holder].up
        block = tree.elements[holder]
        return [k for k in range(block.first, block.last) if not tree.lines[k].hidden] or [n]
    return []
