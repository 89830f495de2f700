from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from onrecord.lexicons.comment_words import find_words
from onrecord.stages.page.find_comment_elements import Found, find_comment_elements
from onrecord.stages.page.find_repeated import find_repeated
from onrecord.stages.page.find_runs import find_runs
from onrecord.stages.page.find_voiced import find_voiced
from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Tree

NOTICE_WORDS = (4, 300)
FEW_WORDS = 25
BLOCK_WORDS = 80
MOST_PROSE = 3
MOST_GAP = 3


def find_comments(tree: Tree, sums: Measures) -> list[Found]:
    """Return the reader comments of a page in order: elements that hold one each, else runs of lines.

    Where no name of a class and no heading tells them, their repeated form does.
    """
    found = find_comment_elements(tree, sums)
    if len(found) < 2:
        found = max(found, find_runs(tree, sums), key=len)
    if len(found) < 2:
        found = max(found, find_repeated(tree, sums), key=len)
    if not found:
        found = find_voiced(tree, sums)
    return sorted(found, key=lambda comment: comment.lines[0])


def find_notice(tree: Tree, sums: Measures, article: list[int]) -> list[int]:
    """Return the lines of a comment section that holds no comment: its heading, house rules and form.

    It stands behind the beginning of the article. Looked for in sections that name themselves comments,
    around a field to fill in, and around a line that invites to comment; what stands beside it and speaks
    of comments, or has fields to fill in, belongs to it.
    """
    start, end = (article[0], article[-1]) if article else (0, -1)
    ways = (_named_notices, _fielded_notices, _headed_notices)
    found = next((lines for way in ways if (lines := way(tree, sums, start))), [])
    if not found:
        return []
    first = _extend(tree, sums, range(found[0] - 1, max(end, start), -1), found[0])
    last = _extend(tree, sums, range(found[-1] + 1, len(tree.lines)), found[-1])
    kept = set(found)
    outside = (*range(first, found[0]), *range(found[-1] + 1, last + 1))
    return sorted(kept | {n for n in outside if not tree.lines[n].hidden})


def _extend(tree: Tree, sums: Measures, lines: range, edge: int) -> int:
    """Return the last of some lines that still is about comments, with few others before it."""
    gap = 0
    for n in lines:
        line = tree.lines[n]
        if line.hidden:
            continue
        is_link = line.linked > 0.9 * len(line.text)
        is_field = sums.fields[n + 1] > sums.fields[n]
        if not is_link and (
            is_field or sums.marks[n] == "form" or find_words("talk", "membership").search(line.text)
        ):
            edge, gap = n, 0
        elif (gap := gap + 1 + is_link) > MOST_GAP:
            break
    return edge


def _named_notices(tree: Tree, sums: Measures, start: int) -> list[int]:
    found: list[int] = []
    until = 0
    for i in tree.noted:
        element = tree.elements[i]
        if i < until or element.tag in ("html", "body") or element.first < start:
            continue
        roles = element.roles
        if ("form" in roles or ("comment" in roles and "counter" not in roles)) and (
            lines := _read_notice(tree, element.first, element.last)
        ):
            until = element.end
            found += lines
    return found


def _fielded_notices(tree: Tree, sums: Measures, start: int) -> list[int]:
    """Return the largest block around the first field of a form about comments."""
    shown = [0, *accumulate(0 if line.hidden else line.words for line in tree.lines)]
    tried: set[int] = set()
    for n in tree.fields:
        if not start <= n < len(tree.lines) or tree.lines[n].element in tried:
            continue
        tried.add(tree.lines[n].element)
        if found := _grow_notice(tree, sums, n, start, shown, NOTICE_WORDS[1]):
            return found
    return []


def _headed_notices(tree: Tree, sums: Measures, start: int) -> list[int]:
    """Return the block around the first line that invites to comment."""
    words = [0, *accumulate(line.words for line in tree.lines)]
    for n in range(start, len(tree.lines)):
        is_invitation = sums.marks[n] in ("form", "comments") and tree.lines[n].words >= 3
        if is_invitation and (found := _grow_notice(tree, sums, n, start, words, BLOCK_WORDS)):
            return found
    return []


def _grow_notice(tree: Tree, sums: Measures, n: int, start: int, running: list[int], most: int) -> list[int]:
    """Return the largest notice around a line that has at most so many words (`running` counts them)."""
    found: list[int] = []
    for index in _climb(tree, tree.lines[n].element):
        element = tree.elements[index]
        words = running[element.last] - running[element.first]
        prose = sums.prose[element.last] - sums.prose[element.first]
        if element.first < start or prose > MOST_PROSE or words > most:
            break
        found = _read_notice(tree, element.first, element.last) or found
    return found


def _climb(tree: Tree, index: int) -> Iterator[int]:
    while index > 0:
        yield index
        index = tree.elements[index].up


def _read_notice(tree: Tree, first: int, last: int) -> list[int]:
    """Return the visible lines of a run if they are few, no list of links, and speak of comments."""
    lines = [n for n in range(first, last) if not tree.lines[n].hidden]
    words = sum(tree.lines[n].words for n in lines)
    linked = sum(tree.lines[n].linked for n in lines)
    size = sum(len(tree.lines[n].text) for n in lines)
    most = 0.6 if words > FEW_WORDS else 1.0
    if not NOTICE_WORDS[0] <= words <= NOTICE_WORDS[1] or linked > most * size:
        return []
    return lines if any(find_words("talk").search(tree.lines[n].text) for n in lines) else []
