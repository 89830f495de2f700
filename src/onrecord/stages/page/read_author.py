from __future__ import annotations

import re
from functools import cache

from onrecord.dates import read_stamp, strip_dates
from onrecord.lexicons.comment_words import match_words
from onrecord.lines import is_name, read_header
from onrecord.stages.page.find_comment_elements import Found
from onrecord.stages.page.measure_lines import Measures, is_author, names_speaker
from onrecord.stages.page.parse_html import Tree
from onrecord.stages.page.read_heads import is_control, name_line, read_head

MOST_NAME = 48
COUNT = re.compile(r"^#?\d{1,4}[.):]?\s+(?=\D)")
"""The number of a comment before its author: 12. Ann"""

NUMBERED = re.compile(r"^(?:comment|post|message)\s*#?\d{1,5}\s*[-–—:.]*\s*", re.IGNORECASE)
HANDLE = re.compile(r"\s*\(@\w{1,40}\)")
"""What an embedded post adds to the name: Ann Lee (@annlee)."""
HOUR = re.compile(r"\W*\d{1,2}[:.]\d\d(?:[:.]\d\d)?\W*")
"""What is left of `8 August 2012 @ 16:53:59` where the day stands in an element of its own."""
DASHES = " –—-·•|"
EDGES = ' \t\n:,;|·•–—-()[]"“”'
TIMES = ("datetime", "data-time", "data-date", "data-timestamp", "data-utc", "title", "content")
ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?")
BY = r"(?:(?:posted|written|submitted|comment|commented|added|sent)\s+)?(?:by|from|von|par|por)"  # Posted by
BEFORE = re.compile(BY, re.IGNORECASE)
"""What stands before a name, in an element of its own or not."""
SPEAKER = re.compile(rf"^\W*{BY}\b:?\s+", re.IGNORECASE)
PLACE = r"\s+(?:on|at|um|am|le|el|@)\s+.*$|\s*[|,(]\s.*$"  # ' on 3 May', ', London'
SAID = r"\s+(?:says|said|wrote|writes|schrieb|sagt|dit|dice)\b.*$"
CUT = re.compile(f"{PLACE}|{SAID}", re.IGNORECASE)


def read_author(tree: Tree, sums: Measures, comment: Found) -> str | None:
    """Return who wrote a comment, without the place that may stand behind the name: 'Ann Lee, London'."""
    author = _find_author(tree, sums, comment)
    author = (HANDLE.sub("", author).lstrip(DASHES) or author) if author else None
    author = (_badges().sub("", author) or author) if author else None
    name = author.split(", ")[0] if author else None
    return name if name and is_name(name) else author


@cache
def _badges() -> re.Pattern[str]:
    """Return what a page sets behind a name: Ann Lee Verified reader."""
    return re.compile(rf"(?<=\w)\s+(?:{match_words('badge')})$", re.IGNORECASE)


def _find_author(tree: Tree, sums: Measures, comment: Found) -> str | None:
    """Return who wrote a comment: by the element of the name, else by the words of its head."""
    if comment.name:
        return comment.name
    lines = [n for n in comment.lines if not tree.lines[n].hidden and sums.marks[n] != "control"]
    named = _by_element(tree, lines, comment.element)
    if named:
        return COUNT.sub("", named)
    heads = [n for n in lines if sums.is_head[n]]
    for n in heads[:3]:
        if name := _by_head(tree.lines[n].text):
            return COUNT.sub("", name)
        if read_stamp(tree.lines[n].text) is None and (head := read_head(tree, sums, n)) and head.name:
            return head.name  # the day stands there by its name
    near = lines.index(heads[0]) if heads else 0
    if near == 1 or (heads and near == 0 and len(lines) > 2 and strip_dates(tree.lines[lines[0]].text) == ""):
        beside = COUNT.sub("", tree.lines[lines[1 - near]].text.strip(EDGES))
        if is_name(beside):
            return beside
    return name_line(tree, sums, lines[0]) if heads and heads[0] > lines[0] and len(lines) > 2 else None


def _by_element(tree: Tree, lines: list[int], top: int) -> str | None:
    for n in lines:
        line = tree.lines[n]
        for index, text in line.runs:
            name = text.strip(EDGES)
            fits = 1 < len(name) <= MOST_NAME and _is_author(tree, index, top) and not BEFORE.fullmatch(name)
            if fits and not HOUR.fullmatch(name) and not read_stamp(name) and not names_speaker(name):
                return " ".join(name.split())
    return None


def _is_author(tree: Tree, index: int, top: int) -> bool:
    """Whether an element, or a small one around it, calls itself the author's."""
    for _ in range(3):
        if index < top or index < 0:
            return False
        element = tree.elements[index]
        if is_author(element) and element.last - element.first <= 2:
            return True
        index = element.up
    return False


def _by_head(head: str) -> str | None:
    """Return the name that the head of a comment gives."""
    text = NUMBERED.sub("", HANDLE.sub("", head))
    header = read_header(text)
    if header and header.author and not is_control(header.author):
        return header.author
    spoken = SPEAKER.match(text)
    if not spoken and not names_speaker(text):
        return None
    start = spoken.end() if spoken else 0
    stamp = read_stamp(text)
    end = stamp.start if stamp and stamp.start > start else len(text)
    rest = text[start:end]
    name = CUT.sub("", rest).strip(EDGES)
    return name if 0 < len(name) <= MOST_NAME and len(name.split()) <= 6 else None


def read_time(tree: Tree, sums: Measures, comment: Found, day_first: bool) -> str | None:
    """Return when a comment was posted (ISO date or date-time): by a time element, else by its head."""
    seen: set[int] = set()
    heads = [n for n in comment.lines if sums.is_head[n] and not tree.lines[n].hidden]
    for n in heads[:4]:
        for index, _ in tree.lines[n].runs:
            while index > comment.element and index not in seen:
                seen.add(index)
                if found := _by_attribute(tree.elements[index].attributes):
                    return found
                index = tree.elements[index].up
    for n in heads[:4]:
        stamp = read_stamp(tree.lines[n].text, day_first)
        if stamp and stamp.iso:
            return stamp.iso
    return None


def read_line_time(tree: Tree, sums: Measures, n: int) -> str | None:
    """Return when an entry of a live report was written (ISO), if its head gives the day."""
    for index, _ in tree.lines[n].runs:
        while index >= tree.lines[n].element:
            if found := _by_attribute(tree.elements[index].attributes):
                return found
            index = tree.elements[index].up
    stamp = read_stamp(tree.lines[n].text)
    return stamp.iso if stamp else None


def _by_attribute(attributes: dict[str, str | None]) -> str | None:
    for key in TIMES:
        value = attributes.get(key) if attributes else None
        if value and (found := ISO.search(value[:40])):
            return found[0].replace(" ", "T")
    return None
