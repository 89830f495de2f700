from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from onrecord.dates import read_stamp
from onrecord.lexicons.comment_words import find_words
from onrecord.stages.page.parse_html import Tree
from onrecord.stages.page.read_facts import Facts, read_day

DATED = 200
"""Characters of a line that are looked at for dates."""

NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)?\d\d(?![\d/])")

Day = tuple[str, str]
"""An ISO day, and where it was found."""


def date_page(tree: Tree, facts: Facts, lines: Iterable[int], day_first: bool) -> Facts:
    """Return the facts with the days that the lines over the text give, where the markup states none."""
    changed: list[Day] = []
    published: list[Day] = []
    for n in lines:
        found = _read_line(tree, n, day_first)
        if found:
            (changed if find_words("changed").search(tree.lines[n].text) else published).append(found)
    updated = facts.updated or (changed[0][0] if changed else None)
    if facts.published or not (published or changed):
        return replace(facts, updated=updated)
    day, where = (published or changed)[0]
    return replace(facts, published=day, dated_by=where, updated=updated)


def _read_line(tree: Tree, n: int, day_first: bool) -> Day | None:
    """Return the day of a line: by a <time> element in it, else by its words."""
    for index, _ in tree.lines[n].runs:
        while index > tree.lines[n].element:
            element = tree.elements[index]
            value = element.attributes.get("datetime") if element.tag == "time" else None
            if value and (day := read_day(value)):
                return day, "time"
            index = element.up
    text = tree.lines[n].text
    stamp = read_stamp(text, day_first)
    if stamp and stamp.scale == "ago":  # "3 hours ago, 8 March 2017"
        stamp = read_stamp(text[stamp.end :], day_first)
    return (stamp.iso[:10], "dateline") if stamp and stamp.iso else None


def puts_day_first(tree: Tree) -> bool:
    """Return whether a page writes 25/12/2017: some date has a day over 12 in front, none has one behind."""
    dated = "\n".join(line.text[:DATED] for line in tree.lines if "/" in line.text or "-" in line.text)
    pairs = [(int(found[1]), int(found[2])) for found in NUMERIC.finditer(dated)]
    return any(a > 12 >= b for a, b in pairs) and not any(b > 12 for _, b in pairs)
