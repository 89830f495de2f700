from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from onrecord.dates import read_stamp
from onrecord.lexicons.comment_words import match_words
from onrecord.lines import find_mark
from onrecord.stages.page.parse_html import Element, Line, Tree

HEAD_WORDS = 28
"""The line over a comment has no more words than this."""

MARK_WORDS = 40
PROSE_WORDS = 12
MENU_WORDS = 4
LABEL_WORDS = 6
"""A line of so few words beside a field to fill in is the field's label."""

HEAD_START = 110
"""Characters within which the head of a comment ends that stands in one line with its text."""

HOUR = r"\b\d{1,2}:\d\d\b(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b"  # 5:49 pm, 5.49pm
LONGEST_SPEAKER, SPEAKER_ENDS = 120, ":.…"
CLOCK = re.compile(rf"{HOUR}|\b\d{{1,2}}\s?[hmd] ago\b", re.IGNORECASE)
RECENT = re.compile(r"\b(?:yesterday|today|just now)\b", re.IGNORECASE)
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Measures:
    """Running sums over the lines of a page (`x[last] - x[first]` is an element's), and what each line is."""

    heads: list[int]
    """Lines that look like the head of a comment: a name, a date, or both."""
    words: list[int]
    """Words that stand neither in such a line nor on a button."""
    linked: list[int]
    size: list[int]
    prose: list[int]
    """Lines that are long and hold few links."""
    fields: list[int]
    is_head: list[bool]
    marks: list[str | None]
    """Role of the page mark that a line is: comments, form, control, byline, caption, ..."""
    inside: list[bool]
    """Of each element, whether it, or one around it, names itself a comment or a section of them."""


def measure_lines(tree: Tree) -> Measures:
    """Return what the lines of a page weigh, and which of them look like the head of a comment."""
    inside = _inside_comments(tree)
    fields = _count_fields(tree)
    plain = _find_menus(tree, inside)
    marks: list[str | None] = []
    heads: list[bool] = []
    words: list[int] = []
    for n, line in enumerate(tree.lines):
        mark, is_head, said = None, False, line.words
        if not plain[n]:
            mark = find_role(line.text) if line.words <= MARK_WORDS else None
            if mark is None and line.words <= LABEL_WORDS and _is_pressed(tree, line):
                mark = "control"
            is_label = line.words <= LABEL_WORDS and fields[min(n + 2, len(fields) - 1)] > fields[n]
            if not is_label:
                is_head, said = _weigh_head(tree, line, mark, inside[line.element])
        marks.append(mark)
        heads.append(is_head)
        words.append(0 if line.hidden else said)
    return Measures(
        [0, *accumulate(heads)],
        [0, *accumulate(words)],
        [0, *accumulate([line.linked for line in tree.lines])],
        [0, *accumulate([len(line.text) for line in tree.lines])],
        [0, *accumulate([_is_prose(line) for line in tree.lines])],
        fields,
        heads,
        marks,
        inside,
    )


def _find_menus(tree: Tree, inside: list[bool]) -> list[bool]:
    """Return which lines are short links between short links, outside of comments: menus."""
    links = [
        line.words <= MENU_WORDS and line.linked * 10 >= 9 * len(line.text) and not inside[line.element]
        for line in tree.lines
    ]
    return [a and b and c for a, b, c in zip([False, *links], links, [*links[1:], False], strict=False)]


def _is_pressed(tree: Tree, line: Line) -> bool:
    """Whether all of a line stands in buttons."""
    last = tree.elements[line.runs[-1][0]].tag == "button"
    return last and all(tree.elements[index].tag == "button" for index, text in line.runs if text.strip())


def _is_prose(line: Line) -> bool:
    return line.words >= PROSE_WORDS and not line.hidden and line.linked < 0.4 * len(line.text)


def _count_fields(tree: Tree) -> list[int]:
    """Return the running count of fields to fill in, by the lines they stand before or in."""
    counts = [0] * (len(tree.lines) + 1)
    for n in tree.fields:
        counts[n] += 1
    return [0, *accumulate(counts)][: len(tree.lines) + 1]


@lru_cache(maxsize=20_000)
def find_role(text: str) -> str | None:
    """Return what kind of line of the page's frame a line is: comments, form, control, byline, caption, ...

    >>> find_role("Reply")
    'control'
    """
    mark = find_mark(text)
    if mark is None:
        return None
    return "control" if mark.name in ("vote-bar", "share-bar") else mark.role


def _inside_comments(tree: Tree) -> list[bool]:
    inside = [False] * len(tree.elements)
    for i in tree.noted:
        element, held = tree.elements[i], inside[i]
        if element.roles and element.tag not in ("html", "body"):
            is_other = "form" in element.roles or "counter" in element.roles
            held = not is_other and (held or "comment" in element.roles)
        held = held or is_typed(element)
        if held != inside[i]:
            inside[i : element.end] = [held] * (element.end - i)
    return inside


def is_typed(element: Element) -> bool:
    """Return whether microdata calls an element a comment."""
    kind = element.attributes.get("itemtype")
    return kind is not None and kind.lower().endswith(("schema.org/comment", "schema.org/usercomments"))


def _weigh_head(tree: Tree, line: Line, mark: str | None, inside: bool) -> tuple[bool, int]:
    """Return whether a line looks like the head of a comment, and how many words it says besides."""
    text = line.text
    if line.hidden or mark in ("control", "comments", "form", "readers"):
        return False, 0
    if line.words > HEAD_WORDS:
        start = text[:HEAD_START]
        return bool(inside and DIGIT.search(start) and read_stamp(start)), line.words
    if DIGIT.search(text):
        stamp = read_stamp(text)
        if stamp:
            before, after = text[: stamp.start].count(" "), text[stamp.end :].count(" ")
            return True, (after - 3 if after > 6 else 0) + (before - 5 if before > 9 else 0)
        if CLOCK.search(text):
            return True, 0
    elif inside and RECENT.search(text):
        return True, 0
    if names_speaker(text) or (inside and _names_author(tree, line)):
        return True, 0
    return False, line.words


def _names_author(tree: Tree, line: Line) -> bool:
    return any(is_author(tree.elements[index]) for index, _ in line.runs[:3])


def is_author(element: Element) -> bool:
    """Return whether an element says that it holds a name: by class, microdata or link relation."""
    if "author" in element.roles:
        return True
    attributes = element.attributes
    return bool(attributes) and any("author" in (attributes.get(key) or "") for key in ("itemprop", "rel"))


@cache
def _speakers() -> tuple[re.Pattern[str], ...]:
    by, say = match_words("by"), match_words("say")
    # Only a colon or a capital makes a name of what follows: 'From 2010 to 2015 there were'.
    return (
        re.compile(rf"[\W_]{{0,3}}(?i:{by})(?:\s*:|\s+(?=[A-Z@])(?!.*[.!?]$))"),
        re.compile(rf"(?:[^.!?\n]|(?<=\b[A-Z])\.){{1,50}}\s(?:{say})\s*(?::|\.\.\.|…)\s*$", re.IGNORECASE),
    )


def names_speaker(text: str) -> bool:
    """Return whether a short line says whose comment it stands over or under.

    >>> names_speaker("Posted by: Ann Lee"), names_speaker("Ann said...")
    (True, True)
    """
    if len(text) > LONGEST_SPEAKER:
        return False
    by, says = _speakers()
    return by.match(text) is not None or (text.rstrip()[-1:] in SPEAKER_ENDS and says.match(text) is not None)
