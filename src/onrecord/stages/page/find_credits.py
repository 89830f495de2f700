from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from onrecord.dates import CLOCK_TIME, read_stamp, strip_dates
from onrecord.lines import CREDIT_EDGES, CREDIT_WORDS, is_byline, is_full_name, is_post
from onrecord.stages.page.label_lines import HEADINGS
from onrecord.stages.page.measure_lines import Measures, is_author
from onrecord.stages.page.parse_html import Element, Tree, mark_lines

ABOVE, BELOW, BEHIND = 5, 15, 5
"""Lines over the title, under it, and behind the text among which such lines stand."""
LEAST_ENTRIES = 2
ENTRY_WORDS, LEAST_WORDS = 10, 3
CLOCK = re.compile(CLOCK_TIME, re.IGNORECASE)
HANDLED = re.compile(r"by:?\s+[\w.@-]{2,30}", re.IGNORECASE)
"""What stands beside a date where a writer signs with a handle: Posted 8 March 2017 by admin."""
DIGIT = re.compile(r"\d")
EARLY, TOP, CLOSING = 3, 8, 2
"""First lines of the text that can still be about it, those that can if they are a date or say `by`, and
the last ones, which can if they say what happened on a day."""


def find_credits(
    tree: Tree, sums: Measures, title: int | None, article: Sequence[int], taken: Sequence[bool]
) -> dict[int, str]:
    """Return the lines that say who wrote the report and when, each as `byline` or `dateline`.

    They stand over the text, between it and the title or close over the title, or behind it.
    """
    if not article:
        return {}
    first, last = article[0], article[-1]
    near = [
        *_over_text(tree, title, first),
        *range(first, article[min(TOP, len(article)) - 1] + 1),
        *article[max(TOP, len(article) - CLOSING) :],
        *range(last + 1, min(last + 1 + BEHIND, len(tree.lines))),
    ]
    ends = next((k for k, n in enumerate(near) if taken[n]), len(near))
    framed = mark_lines(tree, _is_frame)
    free = [n for n in near[:ends] if n != title and not tree.lines[n].hidden and not framed[n]]
    found: dict[int, str] = {}
    for n in free:
        kind = read_credit(tree, sums, n)
        if kind and _may_be_credit(tree, sums, n, kind, article, found):
            found[n] = kind
    over = _line_over(tree, title, taken) if "dateline" not in found.values() else None
    if over is not None and read_credit(tree, sums, over) == "dateline":
        found[over] = "dateline"
    if all(kind != "byline" or is_post(tree.lines[n].text) for n, kind in found.items()):
        found |= {n: "byline" for n in free if n not in found and _stands_by_credit(tree, n, found)}
    return found


def _may_be_credit(
    tree: Tree, sums: Measures, n: int, kind: str, article: Sequence[int], found: Mapping[int, str]
) -> bool:
    """Whether a line where it stands is about the article: the further down, the clearer it must be."""
    if n < article[min(EARLY, len(article) - 1)] or (kind == "byline" and sums.marks[n] == "byline"):
        return True
    if n <= article[min(TOP, len(article)) - 1]:
        return kind == "dateline"
    # behind the text a day that says what happened then: "Published 3 May 2017"
    is_labelled = read_stamp(tree.lines[n].text) is not None and tree.lines[n].text[:1].isalpha()
    return kind == "dateline" and "dateline" not in found.values() and is_labelled


def _stands_by_credit(tree: Tree, n: int, found: Mapping[int, str]) -> bool:
    """Whether a line is a full name right over or under the date of the article, or a writer's post."""
    text = tree.lines[n].text.strip(CREDIT_EDGES)
    if len(text.split()) < 2 or not is_full_name(text):
        return False
    beside = [k for k in (n - 1, n + 1) if k in found]
    return any(found[k] == "dateline" or is_post(tree.lines[k].text) for k in beside)


def _over_text(tree: Tree, title: int | None, first: int) -> list[int]:
    """Return the lines between title and text, then those over the title in the element that holds both."""
    if title is None or title >= first:
        return list(range(max(0, first - ABOVE), first))
    under = list(range(max(title + 1, first - BELOW), first))
    holder = tree.elements[tree.lines[title].element]
    above = tree.elements[max(holder.up, 0)]
    if above.tag in ("body", "html"):
        return under
    return [*under, *range(max(above.first, title - ABOVE), title)]


def _line_over(tree: Tree, title: int | None, taken: Sequence[bool]) -> int | None:
    """Return the line right over the title, if an element of the page holds both and no frame holds it."""
    if not title or taken[title - 1] or tree.lines[title - 1].hidden:
        return None
    index = tree.lines[title - 1].element
    while index > 0 and tree.elements[index].last <= title:
        if _is_frame(tree.elements[index]) or tree.elements[index].tag == "header":
            return None
        index = tree.elements[index].up
    return None if tree.elements[max(index, 0)].tag in ("body", "html") else title - 1


def _is_frame(element: Element) -> bool:
    """Whether an element is navigation or a box beside the article."""
    return element.tag in ("nav", "footer", "aside", "form")


def read_credit(tree: Tree, sums: Measures, n: int) -> str | None:
    """Return `dateline` for a line that is a date, `byline` for one that names who wrote, or None."""
    line = tree.lines[n]
    if line.words > CREDIT_WORDS or sums.marks[n] in ("control", "comments", "form", "caption"):
        return None
    rest = strip_dates(line.text)
    if rest is not None and not rest.strip(" ."):
        return "dateline"
    if sums.marks[n] in ("byline", "dateline"):
        return sums.marks[n]
    said = line.text.strip(CREDIT_EDGES) if rest is None else rest.strip(CREDIT_EDGES)
    if is_byline(said):
        return "byline"
    if rest is not None and HANDLED.fullmatch(said):
        return "byline"
    is_signed = rest is not None or _calls_itself_byline(tree, n)
    return "byline" if is_signed and said and is_full_name(said) else None


def _calls_itself_byline(tree: Tree, n: int) -> bool:
    line = tree.lines[n]
    index = line.element
    for _ in range(2):
        if index < 0:
            return False
        if "byline" in tree.elements[index].roles or is_author(tree.elements[index]):
            return True
        index = tree.elements[index].up
    return any(i > line.element and is_author(tree.elements[i]) for i, _ in line.runs[:3])


def find_entries(tree: Tree, article: Sequence[int], credits: Mapping[int, str]) -> list[int]:
    """Return the heads over the entries of a live report: lines of one kind with a time of day or a day.

    The time of day of the first entry may stand over the text, among the lines of `credits`.
    """
    timed = (n for n in credits if n not in article and read_stamp(tree.lines[n].text) is None)
    heads = [n for n in sorted({*article, *timed}) if _is_entry_head(tree, n)]
    kinds = Counter(_element_kind(tree, n) for n in heads)
    inside = sorted(article)
    found = []
    for n in heads:
        after = next((k for k in inside if k > n), None)
        has_text = after is not None and after not in heads and _is_entry_text(tree, after)
        if kinds[_element_kind(tree, n)] >= LEAST_ENTRIES and has_text:
            found.append(n)
    return found if len(found) >= LEAST_ENTRIES else []


def _is_entry_text(tree: Tree, n: int) -> bool:
    """Whether a line can stand under the time of an entry: several words, or a heading."""
    line = tree.lines[n]
    return line.words >= LEAST_WORDS or tree.elements[line.element].tag in HEADINGS


def _is_entry_head(tree: Tree, n: int) -> bool:
    """Whether a line gives a time and at most the name of who wrote: '10.32 Ann Lee', '9:41 GMT'."""
    line = tree.lines[n]
    if line.words > ENTRY_WORDS or not DIGIT.search(line.text):
        return False
    if read_stamp(line.text) is None and not CLOCK.search(line.text):
        return False
    rest = strip_dates(line.text)
    return rest is not None and (rest == "" or is_full_name(rest) or is_byline(rest))


def _element_kind(tree: Tree, n: int) -> tuple[str, str]:
    element = tree.elements[tree.lines[n].element]
    return element.tag, tree.elements[max(element.up, 0)].tag
