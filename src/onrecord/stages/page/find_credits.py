from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.dates import CLOCK_TIME, read_stamp, strip_dates
from onrecord.lexicons.comment_words import comment_words, match_words
from onrecord.stages.page.label_lines import HEADINGS
from onrecord.stages.page.measure_lines import Measures, is_author
from onrecord.stages.page.parse_html import Element, Tree, mark_lines

MOST_WORDS = 20
"""Words of a line that says who wrote the report, and when."""
ABOVE, BELOW, BEHIND = 5, 15, 5
"""Lines over the title, under it, and behind the text among which such lines stand."""
NAME_WORDS = 6
EDGES = " \t|·•,–—-:;()[]*"
LEAST_ENTRIES = 2
ENTRY_WORDS, LEAST_WORDS = 10, 3
CLOCK = re.compile(CLOCK_TIME, re.IGNORECASE)
HANDLED = re.compile(r"by:?\s+[\w.@-]{2,30}", re.IGNORECASE)
"""What stands beside a date where a writer signs with a handle: Posted 8 March 2017 by admin."""
DIGIT = re.compile(r"\d")
EARLY, TOP = 3, 8
"""First lines of the text that can still be about it, and those that can if they are a date or say `by`."""
PIECES = re.compile(r"\s*(?:[|·•,/]|\s[–—-]\s|\band\b|&)\s*")


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
    if "byline" not in found.values():
        found |= {n: "byline" for n in free if n not in found and _stands_by_date(tree, n, found)}
    return found


def _may_be_credit(
    tree: Tree, sums: Measures, n: int, kind: str, article: Sequence[int], found: Mapping[int, str]
) -> bool:
    """Whether a line where it stands is about the article: the further down, the clearer it must be."""
    if n < article[min(EARLY, len(article) - 1)] or (kind == "byline" and sums.marks[n] == "byline"):
        return True
    if n <= article[-1]:
        return kind == "dateline"
    # behind the text a day that says what happened then: "Published 3 May 2017"
    is_labelled = read_stamp(tree.lines[n].text) is not None and tree.lines[n].text[:1].isalpha()
    return kind == "dateline" and "dateline" not in found.values() and is_labelled


def _stands_by_date(tree: Tree, n: int, found: Mapping[int, str]) -> bool:
    """Whether a line is a full name right over or under the date of the article."""
    text = tree.lines[n].text.strip(EDGES)
    is_beside = found.get(n - 1) == "dateline" or found.get(n + 1) == "dateline"
    return is_beside and len(text.split()) > 1 and is_full_name(text)


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


def _is_frame(element: Element) -> bool:
    """Whether an element is navigation or a box beside the article."""
    return element.tag in ("nav", "footer", "aside", "form")


def read_credit(tree: Tree, sums: Measures, n: int) -> str | None:
    """Return `dateline` for a line that is a date, `byline` for one that names who wrote, or None."""
    line = tree.lines[n]
    if line.words > MOST_WORDS or sums.marks[n] in ("control", "comments", "form", "caption"):
        return None
    rest = strip_dates(line.text)
    if rest == "":
        return "dateline"
    if sums.marks[n] in ("byline", "dateline"):
        return sums.marks[n]
    said = line.text.strip(EDGES) if rest is None else rest.strip(EDGES)
    if is_byline(said):
        return "byline"
    if rest is not None and HANDLED.fullmatch(said):
        return "byline"
    is_signed = rest is not None or _calls_itself_byline(tree, n)
    return "byline" if is_signed and said and is_full_name(said) else None


@cache
def _credits() -> re.Pattern[str]:
    """Return 'By Staff Writer', 'From our correspondent in Goma', 'Ann Lee, political editor'."""
    by, post = match_words("credit"), match_words("post")
    named = rf"(?i:{by}):?\s+(?:(?i:the|our|a)\s+)?(?:[A-Z]|(?i:{post})\b).{{1,100}}"
    with_post = (
        rf"(?:[^\n.!?:]{{2,60}}[,|–—-]?\s+)?(?:(?i:our|the|a)\s+)?(?i:(?:[\w-]+\s+){{0,3}}(?:{post})s?)"
    )
    where = r"(?:\s*,?\s*(?:in|at|from|for)\s+[A-Z][\w .,'’-]{1,40})?"
    return re.compile(rf"(?:{named}|(?=[A-Z]){with_post}{where})")


def is_byline(text: str) -> bool:
    """Return whether a line without its date names who wrote: by a word for it, or a writer's post.

    >>> is_byline("By Staff Writer in Goma"), is_byline("By Friday it rained.")
    (True, False)
    """
    return (
        text[-1:] not in ".!?" and len(text.split()) <= MOST_WORDS and _credits().fullmatch(text) is not None
    )


def is_full_name(text: str) -> bool:
    """Return whether a text is one name or several, each word of them with a capital.

    >>> is_full_name("Ann van Lee and Bo Ek"), is_full_name("Tug leaves Brisk")
    (True, False)
    """
    pieces = [piece for piece in PIECES.split(text) if piece]
    return bool(pieces) and all(_is_one_name(piece) for piece in pieces)


def _is_one_name(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= NAME_WORDS and all(
        (word[:1].isupper() and not any(c.isdigit() for c in word)) or word in _particles() or word[0] == "@"
        for word in words
    )


@cache
def _particles() -> frozenset[str]:
    """Return what stands in names in lower case, and the marks between names."""
    return frozenset((*(word.word for word in comment_words("particle")), ",", "|"))


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
