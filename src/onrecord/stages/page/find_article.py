from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from onrecord.stages.page.find_comment_elements import sign
from onrecord.stages.page.label_lines import label_line
from onrecord.stages.page.measure_lines import LABEL_WORDS, Measures
from onrecord.stages.page.parse_html import BLOCKS, Element, Line, Tree, mark_lines, span_lines

ASIDE_TAGS = frozenset(("nav", "footer", "aside", "form", "button"))
NO_HOLDERS = frozenset(("p", "li", "ul", "ol", "dl", "blockquote", "pre"))
GOES_ON = frozenset(("p", "section", "h2", "h3", "h4", "blockquote"))
STORY_TAGS = frozenset(("article", "main"))
ADDRESS = ("http://", "https://", "www.")
FRAME = ("control", "boilerplate", "form", "comments")
SHARE, LEAST_SHARE, CLEAR = 0.6, 0.4, 2.5
"""An element that holds this share of what its parent holds is taken for the article in its place; less
will do if it holds the title, or so many times what the next one holds."""

MOST_LINKED = 0.8
ENDS = frozenset(".!?:…\"”'’)")
FAR = 0.3
"""Factor on what stands above the title, behind the first comment, or under a link as teasers do."""

DEEPER = (1.0, 1.5, 2.0)
"""Factor on what stands in no element that calls itself the story, in one, in more."""
MOSTLY = 0.7
LARGE = 100.0
SHORT = 8
FEW_LINKS = 0.2
A_SENTENCE = 5.0
"""What a sentence of 13 words without links weighs."""

MOST_HEIGHT = 100
"""Elements around the article that are looked through; the deepest page of the development sets has 60."""
MOST_LEAD = 6
TEASER_TITLE, MOST_TEASED = 3, 0.4
"""Words of a linked title over a teaser, and the share of the prose of a page that teasers have at most."""
POINT_WORDS = 4
TITLES = frozenset(("h1", "h2", "h3"))
UNDER = 3
"""Lines under a heading within which comments make it one over comments."""

LEAD = 15
"""Lines behind the title within which a lead may stand apart from the story."""


def find_article(
    tree: Tree, sums: Measures, taken: Sequence[bool], title: int | None, tables: frozenset[int]
) -> list[int]:
    """Return the lines of the article in order; `taken` lines are comments', `title` is likely its title.

    Cells of `tables` of figures are kept where they stand in it.
    """
    prose = [0.0 if taken[n] or sums.marks[n] else weigh_line(line) for n, line in enumerate(tree.lines)]
    asides = find_asides(tree, [0.0, *accumulate(prose)], title)
    for n in _find_teasers(tree, prose, title):
        asides[n] = True
    weights = [
        0.0 if aside else weight * factor
        for aside, weight, factor in zip(asides, prose, _weigh_places(tree, taken, title), strict=True)
    ]
    first, last = _find_range(tree, sums, weights, title)
    last = _end_at_comments(weights, taken, first, last)

    def is_kept(n: int) -> bool:
        line = tree.lines[n]
        if n in tables and not (taken[n] or line.hidden or asides[n]):
            return True
        is_frame = taken[n] or line.hidden or asides[n] or sums.marks[n] in FRAME
        if sums.marks[n] == "readers" and any(taken[n + 1 : n + 1 + UNDER]):
            return False
        if line.words <= LABEL_WORDS and sums.fields[min(n + 2, len(sums.fields) - 1)] > sums.fields[n]:
            return False  # the label of a field
        return not is_frame and (line.linked <= MOST_LINKED * len(line.text) or line.text.startswith(ADDRESS))

    kept = [n for n in range(first, last) if is_kept(n)]
    if not kept:
        return kept
    further = _find_further(tree, weights, first, last, title)
    if title is not None and title < kept[0] <= title + LEAD:
        further += _find_points(tree, title, kept[0])
    comment = next((n for n in range(last, len(taken)) if taken[n]), len(taken))
    kept = sorted({*kept, *(n for n in further if n < comment and is_kept(n))})
    before, after = range(kept[0] - 1, -1, -1), range(kept[-1] + 1, len(tree.lines))
    return [
        *reversed(_follow(tree, sums, before, kept[0], is_kept)),
        *kept,
        *_follow(tree, sums, after, kept[-1], is_kept),
    ]


def _end_at_comments(weights: list[float], taken: Sequence[bool], first: int, last: int) -> int:
    """Return where the article ends: at the first comment, if little prose stands behind it."""
    comment = next((n for n in range(first, last) if taken[n]), last)
    return comment if sum(weights[first:comment]) >= MOSTLY * sum(weights[first:last]) else last


def _follow(tree: Tree, sums: Measures, lines: range, edge: int, is_kept: Callable[[int], bool]) -> list[int]:
    """Return the short lines at an edge of the article that stand beside it, in elements of its kind."""
    own = tree.elements[tree.lines[edge].element]
    lists_dates = sums.is_head[edge]
    found = []
    for n in lines:
        line = tree.lines[n]
        element = tree.elements[line.element]
        is_like = element is own or (
            element.up == own.up and element.tag == own.tag and element.tag in ("p", "li")
        )
        if not is_like or not is_kept(n) or line.linked > 0.5 * len(line.text):
            break
        if sums.is_head[n] and not lists_dates:
            break
        found.append(n)
    return found


def weigh_line(line: Line) -> float:
    """Return how much a line looks like a paragraph of prose: long, few links; 0 if it does not."""
    if line.hidden or line.words < 5:
        return 0.0
    share = line.linked / len(line.text)
    if line.words < 10:
        return 1.0 if line.text[-1] in ENDS and share < 0.3 else 0.0
    return max(0.0, (line.words - 8) * (1 - 2 * share))


def find_asides(tree: Tree, running: list[float], title: int | None) -> list[bool]:
    """Return for each line whether it stands beside the article: in navigation, teasers, share bars.

    An element that holds the title, or most of the page's prose and not a little, is no aside.
    """
    least = max(LARGE, 0.5 * running[-1])

    def is_aside(element: Element) -> bool:
        if not (element.tag in ASIDE_TAGS or _is_named_aside(element)):
            return False
        weight = running[element.last] - running[element.first]
        is_main = weight > least or (title is not None and element.first <= title < element.last)
        return not is_main and not (weight > 0 and _is_lead(tree, element, title))

    return mark_lines(tree, is_aside)


def _find_teasers(tree: Tree, prose: list[float], title: int | None) -> set[int]:
    """Return the lines of teasers of other stories: boxes of one kind, each a linked title and a little text.

    A page that is made of such boxes, as a list of stories is, keeps them.
    """
    boxes: dict[tuple[int, str], dict[int, Element]] = {}
    for n, line in enumerate(tree.lines):
        if line.words < TEASER_TITLE or line.linked < MOST_LINKED * len(line.text) or n == title:
            continue
        box = tree.elements[_climb_from(tree, n)]
        if box.first == n and 1 < box.last - n <= MOST_LEAD:
            boxes.setdefault((box.up, sign(box.tag, box.names)), {})[n] = box
    found = {
        n
        for group in boxes.values()
        if len(group) > 1
        for box in group.values()
        for n in range(box.first, box.last)
    }
    return found if sum(prose[n] for n in found) < MOST_TEASED * sum(prose) else set()


def _climb_from(tree: Tree, n: int) -> int:
    """Return the innermost element that begins with a line and holds more than it."""
    index = tree.lines[n].element
    while tree.elements[index].last == n + 1 and (up := tree.elements[index].up) > 0:
        if tree.elements[up].first != n:
            break
        index = up
    return index


def _is_lead(tree: Tree, element: Element, title: int | None) -> bool:
    """Whether what is named like a teaser leads into the story: sentences close under the title, no link."""
    if title is None or element.tag in ASIDE_TAGS or not title < element.first <= title + LEAD:
        return False
    lines = tree.lines[element.first : element.last]
    return len(lines) <= MOST_LEAD and not any(line.linked for line in lines)


def _is_named_aside(element: Element) -> bool:
    roles = element.roles
    return "aside" in roles and "embed" not in roles and element.tag not in ("body", "html")


def _weigh_places(tree: Tree, taken: Sequence[bool], title: int | None) -> list[float]:
    """Return a factor for each line: more in what calls itself the story, less above the title, in teasers
    and behind the first comment."""
    depths = [0] * len(tree.lines)
    for i in tree.noted:
        if _is_story(tree.elements[i]):
            for n in span_lines(tree, i):
                depths[n] += 1
    factors = []
    behind, under_link = 1.0, False
    start = title or 0
    for n, (line, is_taken, depth) in enumerate(zip(tree.lines, taken, depths, strict=True)):
        if is_taken:
            behind = FAR
        factor = behind * DEEPER[depth] if depth < len(DEEPER) else behind * DEEPER[-1]
        if n < start:
            factor *= FAR
        if under_link and line.linked <= MOST_LINKED * len(line.text):
            factor *= FAR
        factors.append(factor)
        if line.linked and line.words >= 3 and not line.hidden and line.linked > 0.9 * len(line.text):
            under_link = True
        elif line.words > SHORT:  # a date may stand between the link and the teaser
            under_link = False
    return factors


def _find_range(tree: Tree, sums: Measures, weights: list[float], title: int | None) -> tuple[int, int]:
    """Return the first line of the article and the one behind its last."""
    running = [0.0, *accumulate(weights)]
    if running[-1] == 0:
        return _range_of_title(tree, title)
    top = tree.elements[_descend(tree, running, title)]
    good = [n for n in range(top.first, top.last) if weights[n] > 0]
    first, last = good[0], good[-1] + 1
    if title is None:
        return first, last
    if first < title < last and running[last] - running[title] > 0.6 * (running[last] - running[first]):
        first = next((n for n in good if n > title), first)
    if title < first <= title + LEAD:
        leads = (
            n for n in range(title + 1, first) if weights[n] and label_line(tree, sums, n) == "paragraph"
        )
        first = next(leads, first)
    return first, last


def _range_of_title(tree: Tree, title: int | None) -> tuple[int, int]:
    """Return the lines of the section under the title, on a page without prose; all if it has no title."""
    if title is None:
        return 0, len(tree.lines)
    index = tree.lines[title].element
    while index >= 0 and tree.elements[index].last - title < 2:
        index = tree.elements[index].up
    return title + 1, tree.elements[max(index, 0)].last


def _descend(tree: Tree, running: list[float], title: int | None) -> int:
    """Return the innermost element that holds most of the story."""
    top = 0
    while (best := _choose_child(tree, running, top, title)) is not None:
        top = best
    return top


def _choose_child(tree: Tree, running: list[float], top: int, title: int | None) -> int | None:
    """Return the section in an element that holds so much of its prose that it is the article, or None."""
    element = tree.elements[top]
    whole = running[element.last] - running[element.first]
    best, most, second, loose = -1, 0.0, 0.0, whole
    k = top + 1
    while k < element.end:
        child = tree.elements[k]
        if child.tag not in BLOCKS:  # an inline element around blocks is no section of its own
            k += 1
            continue
        weight = running[child.last] - running[child.first]
        if weight and (_is_holder(child) or weight == whole):
            loose -= weight
            if weight > most:
                best, most, second = k, weight, most
            else:
                second = max(second, weight)
        k = child.end
    if best < 0:
        return None
    chosen = tree.elements[best]
    is_titled = title is not None and chosen.first <= title < chosen.last
    is_clear = most >= CLEAR * max(second, loose)
    return (
        best if most >= SHARE * whole or (most >= LEAST_SHARE * whole and (is_clear or is_titled)) else None
    )


def _find_further(tree: Tree, weights: list[float], first: int, last: int, title: int | None) -> list[int]:
    """Return the lines of sections beside the largest one in which the story goes on.

    They are of its kind, or have no name and stand in an element that calls itself the story; they hold
    sentences and hardly a link.
    """
    top = tree.lines[last - 1].element
    storied = _mark_story(tree)
    found: list[int] = []
    for _ in range(MOST_HEIGHT):
        element = tree.elements[top]
        if top <= 0 or element.tag in ("body", "html"):
            break
        kind = sign(element.tag, element.names)
        is_story = storied[element.up]
        for k in _children(tree, element.up):
            other = tree.elements[k]
            is_like = other.tag == element.tag if kind.endswith(".") else sign(other.tag, other.names) == kind
            is_bare = is_story or (other.tag == "p" and other.first == element.last)
            is_beside = other.last <= first or other.first >= last
            if k != top and is_beside and (is_like or is_bare) and _is_prose(tree, weights, other):
                found += _lines_of_section(tree, weights, other, title)
        if kind.endswith("."):
            found += _run_on(tree, weights, top)
        top = element.up
    return found


def _run_on(tree: Tree, weights: list[float], index: int) -> list[int]:
    """Return the lines of nameless paragraphs, headings and sections right behind a section, up to prose.

    A short question or a heading is taken in where sentences follow it.
    """
    element = tree.elements[index]
    found: list[int] = []
    pending: list[int] = []
    for k in _children(tree, element.up):
        other = tree.elements[k]
        if other.first < element.last or other.first == other.last:
            continue
        lines = range(other.first, other.last)
        is_plain = sign(other.tag, other.names).endswith(".") and other.tag in GOES_ON
        if not is_plain or any(tree.lines[n].linked for n in lines):
            break
        pending += lines
        if _is_prose(tree, weights, other):
            found += pending
            pending = []
        elif len(pending) > MOST_LEAD:
            break
    return found


def _find_points(tree: Tree, title: int, first: int) -> list[int]:
    """Return the lines between title and text that sum it up: several words, no link.

    A linked heading between them is the title of what follows, and what stood over it the name of the site.
    """
    between = range(title + 1, first)
    if any(tree.lines[n].linked and tree.elements[tree.lines[n].element].tag in TITLES for n in between):
        return []
    return [n for n in between if tree.lines[n].words >= POINT_WORDS and not tree.lines[n].linked]


def _children(tree: Tree, index: int) -> Iterator[int]:
    k = index + 1
    while 0 <= index < k < tree.elements[index].end:
        if tree.elements[k].tag in BLOCKS:
            yield k
            k = tree.elements[k].end
        else:  # an inline element around blocks is no section of its own
            k += 1


def _is_prose(tree: Tree, weights: list[float], section: Element) -> bool:
    """Whether a section holds sentences of the story, no teasers and no list of links."""
    lines = [n for n in range(section.first, section.last) if not tree.lines[n].hidden]
    if sum(weights[n] for n in lines) < A_SENTENCE:
        return False
    words = sum(tree.lines[n].words for n in lines)
    said = sum(tree.lines[n].words for n in lines if weights[n])
    linked = sum(tree.lines[n].linked for n in lines)
    has_teaser = any(
        tree.lines[n].words >= 3 and tree.lines[n].linked > MOST_LINKED * len(tree.lines[n].text)
        for n in lines
    )
    return (
        said >= MOSTLY * words
        and linked <= FEW_LINKS * sum(len(tree.lines[n].text) for n in lines)
        and not has_teaser
    )


def _lines_of_section(tree: Tree, weights: list[float], section: Element, title: int | None) -> list[int]:
    lines = [n for n in range(section.first, section.last) if title is None or n > title]
    last = max((n for n in lines if weights[n]), default=-1)
    return [n for n in lines if n <= last]


def _mark_story(tree: Tree) -> list[bool]:
    """Return for each element whether it, or one around it, calls itself the story."""
    storied = [False] * len(tree.elements)
    for i in tree.noted:
        if not storied[i] and _is_story(tree.elements[i]):
            end = tree.elements[i].end
            storied[i:end] = [True] * (end - i)
    return storied


def _is_story(element: Element) -> bool:
    """Whether an element calls itself the story; the names of the whole page say nothing of its parts."""
    return element.tag in STORY_TAGS or ("story" in element.roles and element.tag not in ("html", "body"))


def _is_holder(element: Element) -> bool:
    """Whether an element can hold an article: more than a paragraph or a list."""
    return element.last - element.first > 1 and element.tag not in NO_HOLDERS
