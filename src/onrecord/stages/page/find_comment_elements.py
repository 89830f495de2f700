from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from onrecord.lines import read_header
from onrecord.stages.page.measure_lines import Measures, is_typed
from onrecord.stages.page.parse_html import Element, Tree

STRIPES = re.compile(
    r"\d|^(?:even|odd|alt|first|last|clearfix|hidden|admin|author|by\w+)$"
    r"|^(?:thread|depth|status|comment-author)-"
)
"""Classes that tell one comment of a list from the next, not comments from other things: odd, depth-2."""

HOLDER = re.compile(
    r"(?:^|[ _-])(?:comment|cmt|post|reply|div-comment|c|dsq-comment|li-comment|pl)[-_]?(\d+)(?![\w-])"
)
"""The id of one comment: comment-1234."""

NUMBERED = re.compile(r"#?(\d{1,4})[.):]\s")
"""The number that a comment begins with: 12. Who pays for it?"""

UNIT_TAGS = "div li article section dd dt dl tr td table p blockquote ul ol tbody"
UNITS = frozenset(UNIT_TAGS.split())
"""Elements that a whole comment can stand in."""

LOOSE = frozenset(("li", "tr", "article"))
"""Inside a comment section these are alike whatever their classes."""

MOST_LINKED = 0.6
NEAR = 8
"""Lines between a heading over comments and the first of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A comment as the markup has it: its lines, the element it stands in, and how it was found."""

    lines: tuple[int, ...]
    element: int
    rule: str
    name: str | None = None
    """Who wrote it, where that was read to find it."""


@dataclass(slots=True)
class Group:
    """All elements of one signature that hold a comment's head; sums leave out their like inside them."""

    elements: list[int] = field(default_factory=list)
    sums: list[list[int]] = field(default_factory=list)
    """Of each: heads, words besides, characters in links, characters."""

    def whole(self) -> list[int]:
        """Return which of the elements hold a head and words besides."""
        return [i for i, (heads, words, _, _) in enumerate(self.sums) if heads and words > 0]


def find_comment_elements(tree: Tree, sums: Measures) -> list[Found]:
    """Return the comments that stand in elements of their own, each with its head and words.

    Elements are taken together by tag and class. A group counts if its elements name themselves comments,
    stand in a section that does, or under a heading; the group with most comments goes first.
    """
    ranked: list[tuple[float, int, Group, list[int], str]] = []
    for group in _group_elements(tree, sums).values():
        whole = group.whole()
        rule = _accept(tree, sums, group, whole) if whole else None
        if rule:
            words = sum(group.sums[i][1] for i in whole)
            holder = tree.elements[common_ancestor(tree, group.elements[whole[0]], group.elements[whole[-1]])]
            cover = words / max(1, sums.words[holder.last] - sums.words[holder.first])
            ranked.append((len(whole) * min(1.0, cover + 0.3), words, group, whole, rule))
    ranked.sort(key=lambda row: (-row[0], -row[1]))
    taken = [False] * len(tree.lines)
    found: list[Found] = []
    for _, _, group, whole, rule in ranked:
        for unit in _take(tree, sums, group, whole, rule):
            if not any(taken[n] for n in unit.lines):
                found.append(unit)
        for unit in found:
            for n in unit.lines:
                taken[n] = True
    return found


@lru_cache(maxsize=50_000)
def sign(tag: str, names: str) -> str:
    """Return what elements of one kind have in common: tag and class, without numbers and stripes.

    >>> sign("li", "comment even depth-1")
    'li.comment'
    """
    kept = [token for token in names.split() if not STRIPES.search(token)][:2]
    return f"{tag}.{'.'.join(kept)}"


def common_ancestor(tree: Tree, first: int, second: int) -> int:
    """Return the innermost element that holds both elements; `first` does not stand after `second`."""
    while first >= 0 and not first <= second < tree.elements[first].end:
        first = tree.elements[first].up
    return max(first, 0)


def _sign_element(tree: Tree, index: int) -> str:
    """Return the signature of an element: by its class, or where it has none by its parent's."""
    element = tree.elements[index]
    own = sign(element.tag, element.names)
    if not own.endswith(".") or element.up < 0:
        return own
    above = tree.elements[element.up]
    return f"{sign(above.tag, above.names)}>{own}"


def _group_elements(tree: Tree, sums: Measures) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    open_: dict[str, list[int]] = {}
    for i, element in enumerate(tree.elements):
        if sums.heads[element.last] == sums.heads[element.first] or element.tag not in UNITS:
            continue
        own = _sums_of(element, sums)
        names = [_sign_element(tree, i)]
        if element.tag in LOOSE and sums.inside[i]:
            names.append(element.tag)  # inside comments these are alike whatever their class
        for name in names:
            group = groups.setdefault(name, Group())
            around = open_.setdefault(name, [])
            while around and tree.elements[group.elements[around[-1]]].end <= i:
                around.pop()
            if around:
                outer = group.sums[around[-1]]
                group.sums[around[-1]] = [a - b for a, b in zip(outer, own, strict=True)]
            around.append(len(group.elements))
            group.elements.append(i)
            group.sums.append(own)
    return groups


def _sums_of(element: Element, sums: Measures) -> list[int]:
    rows = (sums.heads, sums.words, sums.linked, sums.size)
    return [row[element.last] - row[element.first] for row in rows]


def _accept(tree: Tree, sums: Measures, group: Group, whole: list[int]) -> str | None:
    """Return by what a group is taken for comments, None if it is not."""
    elements = [group.elements[i] for i in whole]
    shares = sorted(group.sums[i][2] / max(1, group.sums[i][3]) for i in whole)
    if _is_numbered(tree, elements):
        return "numbered"
    if shares[len(shares) // 2] > MOST_LINKED:
        return None
    if len(whole) == 1:
        return "cue" if _is_named(tree.elements[elements[0]]) else None
    if sum(sums.inside[i] for i in elements) >= 0.5 * len(elements):
        return "cue"
    first = tree.elements[elements[0]].first
    return "heading" if "comments" in sums.marks[max(0, first - NEAR) : first] else None


def _is_numbered(tree: Tree, elements: list[int]) -> bool:
    """Whether elements count up or down by one, each with a header of name and date, as in a guest book."""
    if len(elements) < 3:
        return False
    numbers: list[int] = []
    headers = 0
    for index in elements:
        element = tree.elements[index]
        lines = [tree.lines[n].text for n in range(element.first, min(element.last, element.first + 4))]
        number = NUMBERED.match(lines[0])
        if not number:
            return False
        numbers.append(int(number[1]))
        headers += any(_is_header(text) for text in lines[1:])
    steps = {b - a for a, b in pairwise(numbers)}
    return steps in ({1}, {-1}) and headers >= 0.6 * len(elements)


def _is_header(text: str) -> bool:
    header = read_header(text)
    return header is not None and header.author is not None and header.stamp is not None


def _is_named(element: Element) -> bool:
    """Whether an element says that it is one comment: class and number, or schema.org type."""
    if is_typed(element):
        return True
    roles = element.roles
    return "comment" in roles and "counter" not in roles and HOLDER.search(element.names) is not None


def _take(tree: Tree, sums: Measures, group: Group, whole: list[int], rule: str) -> Iterator[Found]:
    """Yield the comments of a group, with those beside them that are all head or none, or inside them."""
    parents = {tree.elements[group.elements[i]].up for i in whole}
    named = sum(sums.inside[group.elements[i]] for i in whole) >= 0.5 * len(whole)
    kept = {i for i in whole if not named or sums.inside[group.elements[i]]}
    chosen = [
        index
        for i, index in enumerate(group.elements)
        if i in kept or (_has_text(group.sums[i]) and _stands_beside(tree, sums, index, parents, named))
    ]
    members = set(chosen)
    inner = [k for index in chosen for k in _inner_holders(tree, sums, index, members)]
    lines = share_lines(tree, sorted({*chosen, *inner}))
    for index in sorted(lines):
        yield Found(tuple(lines[index]), index, rule)


def _has_text(sums: list[int]) -> bool:
    heads, words, _, _ = sums
    return heads > 0 or words > 0


def _stands_beside(tree: Tree, sums: Measures, index: int, parents: set[int], named: bool) -> bool:
    return tree.elements[index].up in parents and (sums.inside[index] or not named)


def share_lines(tree: Tree, owners: list[int]) -> dict[int, list[int]]:
    """Return the lines of each element that are in no other of them: each line goes to the innermost."""
    lines: dict[int, list[int]] = {}
    around: list[int] = []
    at = 0

    def give(upto: int) -> None:
        nonlocal at
        while around and at < upto:
            end = min(upto, tree.elements[around[-1]].last)
            if at < end:
                lines.setdefault(around[-1], []).extend(range(at, end))
                at = end
            if at < upto:
                around.pop()
        at = max(at, upto)

    for index in owners:
        give(tree.elements[index].first)
        around.append(index)
    give(len(tree.lines))
    return lines


def _inner_holders(tree: Tree, sums: Measures, index: int, members: set[int]) -> list[int]:
    """Return the elements inside a comment, but in no other of `members`, that hold one of another number."""
    own = HOLDER.search(tree.elements[index].names)
    seen = {own[1] if own else None}
    found = []
    k = index + 1
    while k < tree.elements[index].end:
        element = tree.elements[k]
        if k in members:
            k = element.end
            continue
        held = HOLDER.search(element.names) if element.names and element.tag in UNITS else None
        if held and held[1] not in seen and all(_sums_of(element, sums)[:2]):
            seen.add(held[1])
            found.append(k)
        k += 1
    return found
