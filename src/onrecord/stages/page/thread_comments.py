from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.stages.page.parse_html import Element, Tree

LEVEL = re.compile(
    r"(?<![a-z])(?:depth|(?:reply-|comment-|thread-)?level|indent(?:ed)?|nested|lvl|tier)[-_]?(\d{1,2})(?!\d)"
)
"""A class that says how deep a comment stands: depth-2, level3."""

LEVEL_KEYS = ("data-depth", "data-level", "data-indent", "data-nesting", "aria-level", "indent")
PARENT_KEYS = (
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "data-parent-comment-id",
    "data-reply-to",
    "data-in-reply-to",
    "data-inreplyto",
    "data-replyto",
    "parent-id",
    "parentid",
)
OWN_KEYS = ("id", "data-comment-id", "data-commentid", "data-id", "data-post-id", "name")
MARGIN = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,4}(?:\.\d+)?)\s*(px|em|rem|%|pt)?")
NUMBER = re.compile(r"\d++")
MOST_SHARE = 0.6


def thread_comments(tree: Tree, elements: Sequence[int]) -> list[int | None]:
    """Return for each comment the index of the one it answers, by markup; None where it opens a thread.

    `elements` are the comments' elements in document order. Tried in order: ids of parents, levels in
    classes and attributes, comments inside comments or in a wrapper behind one, margins.
    """
    if not elements:
        return []
    chains = _chains(tree, elements)
    for read in (_by_ids, _by_levels, _by_nesting, _by_margins):
        parents = read(tree, elements, chains)
        if any(parent is not None for parent in parents):
            return parents
    return [None] * len(elements)


def _chains(tree: Tree, elements: Sequence[int]) -> list[list[int]]:
    """Return for each comment its element and those around it, up to a comment or what holds all."""
    first, last = elements[0], max(elements)
    members = set(elements)
    chains = []
    for index in elements:
        chain = [index]
        up = tree.elements[index].up
        while up >= 0 and up not in members and not (up <= first and last < tree.elements[up].end):
            chain.append(up)
            up = tree.elements[up].up
        chains.append(chain)
    return chains


def _number(text: str | None) -> str | None:
    """Return the last number in an id, as it is written."""
    found = NUMBER.findall(text or "")
    return found[-1] if found else None


def _by_ids(tree: Tree, elements: Sequence[int], chains: list[list[int]]) -> list[int | None]:
    owners: dict[str, int] = {}
    for i, chain in enumerate(chains):
        for index in chain:
            for key in OWN_KEYS:
                number = tree.elements[index].attributes.get(key) if tree.elements[index].attributes else None
                if number:
                    owners.setdefault(_number(number) or number, i)
    parents: list[int | None] = []
    for i, chain in enumerate(chains):
        parent = None
        for index in chain:
            attributes = tree.elements[index].attributes
            given = next((attributes[key] for key in PARENT_KEYS if attributes.get(key)), None)
            if given:
                parent = owners.get(_number(given) or given)
                break
        parents.append(parent if parent != i else None)
    return parents


def _by_levels(tree: Tree, elements: Sequence[int], chains: list[list[int]]) -> list[int | None]:
    return _stack([_level_of(tree, chain) for chain in chains])


def _level_of(tree: Tree, chain: list[int]) -> float | None:
    levels = (_level(tree.elements[index]) for index in chain)
    return next((level for level in levels if level is not None), None)


def _level(element: Element) -> float | None:
    found = LEVEL.search(element.names)
    if found:
        return float(found[1])
    for key in LEVEL_KEYS:
        value = element.attributes.get(key)
        if value and value.isdigit():
            return float(value)
    return None


def _by_margins(tree: Tree, elements: Sequence[int], chains: list[list[int]]) -> list[int | None]:
    margins: list[float | None] = []
    for chain in chains:
        total = 0.0
        for index in chain:
            found = MARGIN.search((tree.elements[index].attributes.get("style") or "").lower())
            total += float(found[1]) if found else 0.0
        margins.append(total)
    return _stack(margins)


def _stack(levels: Sequence[float | None]) -> list[int | None]:
    """Return the parent of each: the last one before it on a lower level, none for the lowest."""
    known = [level for level in levels if level is not None]
    if len(known) < MOST_SHARE * len(levels):
        return [None] * len(levels)
    lowest = min(known)
    stack: list[tuple[float, int]] = []
    parents: list[int | None] = []
    for i, level in enumerate(levels):
        value = lowest if level is None else level
        while stack and stack[-1][0] >= value:
            stack.pop()
        parents.append(stack[-1][1] if stack and value > lowest else None)
        stack.append((value, i))
    return parents


def _by_nesting(tree: Tree, elements: Sequence[int], chains: list[list[int]]) -> list[int | None]:
    members = {index: i for i, index in enumerate(elements)}
    ordered, before = sorted(elements), _find_previous(tree)
    return [_container(tree, chain, members, ordered, before) for chain in chains]


def _container(
    tree: Tree, chain: list[int], members: dict[int, int], ordered: list[int], previous: list[int | None]
) -> int | None:
    """Return the comment that one stands in, or whose wrapper for answers it stands in."""
    for wrapper in chain[1:]:
        before = previous[wrapper]
        while before is not None:
            if before in members:
                return members[before]
            if bisect_left(ordered, before) < bisect_left(ordered, tree.elements[before].end):
                break
            before = previous[before]
    up = tree.elements[chain[-1]].up
    return members.get(up)


def _find_previous(tree: Tree) -> list[int | None]:
    """Return for each element the one before it under the same parent."""
    previous: list[int | None] = []
    latest: dict[int, int] = {}
    for index, element in enumerate(tree.elements):
        previous.append(latest.get(element.up))
        latest[element.up] = index
    return previous
