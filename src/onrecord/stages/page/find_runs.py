from __future__ import annotations

import re
from itertools import pairwise

from onrecord.lines import read_header
from onrecord.stages.page.find_comment_elements import Found, common_ancestor, sign
from onrecord.stages.page.measure_lines import HEAD_WORDS, Measures, is_author, names_speaker
from onrecord.stages.page.parse_html import Element, Tree

FRAME = ("comments", "form", "control")
"""Marks that are no part of a comment."""

DIGIT = re.compile(r"\d")
CLOSE_HEAD = 6
"""Lines under a heading within which the head of a comment must stand."""

CLOSE = 12
"""Lines behind a lone comment within which a button or a form must stand."""

LEAST_SIGNED, LEAST_TEXT = 3, 3
MOST_LINKED = 0.8
TITLED, HEADINGS = 4, frozenset(("h1", "h2", "h3", "h4", "h5"))
"""Words of the linked heading over a teaser."""


def find_runs(tree: Tree, sums: Measures) -> list[Found]:
    """Return the comments of a page on which no element holds a whole one: head and text are mere neighbours.

    Looked for in sections that name themselves comments, between lines that name who wrote, and under a
    heading; the way that finds most is taken.
    """
    tries = [find(tree, sums) for find in (_find_sections, _find_bylined, _find_headed, _find_signed)]
    return max(tries, key=len)


def _found(tree: Tree, runs: list[list[int]], rule: str) -> list[Found]:
    return [Found(tuple(run), tree.lines[run[0]].element, rule) for run in runs if run]


def _find_sections(tree: Tree, sums: Measures) -> list[Found]:
    runs: list[list[int]] = []
    for i, element in enumerate(tree.elements):
        is_top = sums.inside[i] and not (element.up >= 0 and sums.inside[element.up])
        if is_top and sums.heads[element.last] > sums.heads[element.first]:
            runs += split_run(tree, sums, element.first, element.last)
    return _found(tree, runs, "section")


def _find_headed(tree: Tree, sums: Measures) -> list[Found]:
    """Return the comments under the first heading such as '12 Comments' in the lower part of the page."""
    for n, mark in enumerate(sums.marks):
        line = tree.lines[n]
        if mark != "comments" or line.hidden or line.linked > 0.5 * len(line.text) or is_above(sums, n):
            continue
        if not any(sums.is_head[n + 1 : n + 1 + CLOSE_HEAD]):
            continue
        holder = line.element
        while holder > 0 and sums.heads[tree.elements[holder].last] == sums.heads[n]:
            holder = tree.elements[holder].up
        runs = split_run(tree, sums, n + 1, tree.elements[holder].last) if holder > 0 else []
        lines = [tree.lines[k] for run in runs for k in run]
        if runs and sum(x.linked for x in lines) < 0.5 * sum(len(x.text) for x in lines):
            return _found(tree, runs, "under-heading")
    return []


def _find_signed(tree: Tree, sums: Measures) -> list[Found]:
    """Return the lines under a heading over comments that each begin with, or end in, an author's name."""
    for n, mark in enumerate(sums.marks):
        if mark not in ("comments", "form") or tree.lines[n].hidden or is_above(sums, n):
            continue
        runs: list[list[int]] = []
        for k in range(n + 1, len(tree.lines)):
            if tree.lines[k].hidden:
                continue
            if not _is_signed(tree, k):
                break
            runs.append([k])
        if len(runs) >= LEAST_SIGNED:
            return _found(tree, runs, "signed")
    return []


def _is_signed(tree: Tree, n: int) -> bool:
    line = tree.lines[n]
    pieces = [index for index, text in line.runs if text.strip()]
    return any(i > line.element and is_author(tree.elements[i]) for i in (pieces[0], pieces[-1]))


def is_above(sums: Measures, n: int) -> bool:
    """Whether most of the page's prose stands behind a line, so that it cannot be over comments alone."""
    return 2 * sums.prose[n] < sums.prose[-1] - sums.prose[n]


def split_run(tree: Tree, sums: Measures, first: int, last: int) -> list[list[int]]:
    """Return the lines of each comment in a run of lines, cut before or behind the lines that are heads."""
    kept: list[int] = []
    for n in range(first, last):
        if sums.marks[n] == "form" and any(sums.is_head[k] for k in kept):
            break
        if sums.marks[n] not in FRAME and not tree.lines[n].hidden:
            kept.append(n)
    heads = [n for n in kept if sums.is_head[n]]
    if not heads:
        return []
    while kept and sums.marks[kept[-1]] == "boilerplate":
        kept.pop()
    if not kept:
        return []
    words = [sums.words[n + 1] - sums.words[n] for n in kept]
    before = sum(w for n, w in zip(kept, words, strict=True) if n < heads[0])
    after = sum(w for n, w in zip(kept, words, strict=True) if n > heads[-1])
    if before and not after and tree.lines[heads[0]].words <= HEAD_WORDS:
        return _cut_behind(tree, kept, heads)
    return _cut_before(tree, sums, kept, heads)


def _sign_line(tree: Tree, n: int) -> str:
    element = tree.elements[tree.lines[n].element]
    return sign(element.tag, element.names)


def _cut_before(tree: Tree, sums: Measures, kept: list[int], heads: list[int]) -> list[list[int]]:
    """Return the runs that begin with heads of the first one's kind, where words stand between them."""
    lead = _sign_line(tree, heads[0])
    begins: list[int] = []
    for n in heads:
        if tree.lines[n].words <= HEAD_WORDS and _sign_line(tree, n) != lead:
            continue
        # A date under the name is no new comment.
        if not begins or any(sums.words[k + 1] > sums.words[k] for k in kept if begins[-1] <= k < n):
            begins.append(n)
    ends = [*begins[1:], kept[-1] + 1]
    return [[k for k in kept if a <= k < b] for a, b in zip(begins, ends, strict=True)]


def _cut_behind(tree: Tree, kept: list[int], heads: list[int]) -> list[list[int]]:
    """Return the runs that end with heads of the last one's kind."""
    tail = _sign_line(tree, heads[-1])
    runs, start = [], kept[0]
    for n in heads:
        if _sign_line(tree, n) == tail:
            runs.append([k for k in kept if start <= k <= n])
            start = n + 1
    return runs


def _find_bylined(tree: Tree, sums: Measures) -> list[Found]:
    """Return the comments between lines such as 'Posted by: Ann on 3 May' that are all of one kind."""
    groups: dict[str, list[int]] = {}
    for n, line in enumerate(tree.lines):
        if sums.is_head[n] and _is_by(line.text) and line.linked < MOST_LINKED * len(line.text):
            groups.setdefault(_sign_line(tree, n), []).append(n)
    runs = [
        _between(tree, sums, heads) if len(heads) > 1 else _lone(tree, sums, heads[0])
        for heads in groups.values()
    ]
    return _found(tree, max(runs, key=len, default=[]), "bylined")


def _is_by(text: str) -> bool:
    """Whether a line says by whom and when a comment is: a handle need not begin with a capital."""
    header = read_header(text)
    return names_speaker(text) or (header is not None and header.form == "by" and header.stamp is not None)


def _lone(tree: Tree, sums: Measures, head: int) -> list[list[int]]:
    """Return the only comment of a page: a dated head far down, and buttons or a form behind its text."""
    around = (*sums.marks[max(0, head - CLOSE_HEAD) : head], *sums.marks[head + 1 : head + CLOSE])
    is_closed = not {"control", "form", "comments"}.isdisjoint(around)
    if is_above(sums, head) or not DIGIT.search(tree.lines[head].text) or not is_closed:
        return []
    run = [head]
    for n in range(head + 1, min(head + CLOSE, len(tree.lines))):
        if sums.marks[n] in FRAME:
            break
        if not tree.lines[n].hidden:
            run.append(n)
    return [run] if len(run) > 1 else []


def _between(tree: Tree, sums: Measures, heads: list[int]) -> list[list[int]]:
    """Return heads with the lines between them; what stands outside must be of the same kind as those."""

    def is_usable(n: int) -> bool:
        return not tree.lines[n].hidden and sums.marks[n] not in FRAME

    if own := _in_own_elements(tree, heads):
        return [[n for n in range(one.first, one.last) if is_usable(n)] for one in own]
    inner = [[n for n in range(a + 1, b) if is_usable(n)] for a, b in pairwise(heads)]
    if sum(any(_is_headline(tree, n) for n in run) for run in inner) > 0.5 * len(inner):
        return []  # each is the byline of another story
    dated = sum(bool(DIGIT.search(tree.lines[n].text)) or ":" in tree.lines[n].text for n in heads)
    if sum(map(bool, inner)) < 0.6 * len(inner) or dated < 0.6 * len(heads):
        return []
    holder = tree.elements[common_ancestor(tree, tree.lines[heads[0]].element, tree.lines[heads[-1]].element)]
    known = {_kind(tree, n) for run in inner for n in run}

    def follow(lines: range) -> list[int]:
        run: list[int] = []
        for n in lines:
            if sums.marks[n] in ("comments", "form") or (is_usable(n) and _kind(tree, n) not in known):
                break
            if is_usable(n):
                run.append(n)
        return run

    tail = follow(range(heads[-1] + 1, holder.last))
    if tail:
        return [[head, *run] for head, run in zip(heads, [*inner, tail], strict=True) if run]
    start = follow(range(heads[0] - 1, holder.first - 1, -1))[::-1]
    return [[*run, head] for head, run in zip(heads, [start, *inner], strict=True) if run]


def _in_own_elements(tree: Tree, heads: list[int]) -> list[Element]:
    """Return the elements that each hold one head in a line with text over it, if all heads stand so."""
    owners = [tree.elements[tree.lines[n].element] for n in heads]
    starts = {one.first for one in owners}
    tops = [tree.lines[one.first] for one in owners]
    has_text = all(
        one.first < n and top.words > LEAST_TEXT and not top.linked
        for one, top, n in zip(owners, tops, heads, strict=True)
    )
    return owners if has_text and len(starts) == len(heads) else []


def _is_headline(tree: Tree, n: int) -> bool:
    """Whether a line is a linked heading of several words, as over the teaser of another story."""
    line = tree.lines[n]
    is_linked = line.words >= TITLED and line.linked > MOST_LINKED * len(line.text)
    return is_linked and tree.elements[line.element].tag in HEADINGS


def _kind(tree: Tree, n: int) -> tuple[str, str]:
    element = tree.elements[tree.lines[n].element]
    above = tree.elements[max(element.up, 0)]
    return sign(element.tag, element.names), sign(above.tag, above.names)
