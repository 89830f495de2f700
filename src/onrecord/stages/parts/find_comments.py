from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from onrecord.lines import find_mark, read_header, weigh_voice
from onrecord.stages.parts.cut_lines import Line
from onrecord.stages.parts.group_comments import name_line, read_signature

LEAST_STORY = 80
"""A line this long has begun the story; a heading over it belongs to the top of the page."""

HEADED = ("answers", "reply", "says", "by", "dated")
LEAST_SIGNED, LEAST_NAMED = 3, 2
"""Lines that sign the text above them, and names over dates, from which they are those of comments."""
LEAST_VOICE, QUOTES = 0.2, '"“„«'
"""Mean voice of texts under names and dates from which they are readers', not reports of many hands."""
SAMPLED = 40
"""Lines of the tail whose voice is weighed."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the comments begin: the index of their first line, and what showed it."""

    first: int
    rule: str


def find_comments(text: str, lines: list[Line]) -> Tail | None:
    """Return where the reader comments of a plain text begin; None if it holds none."""
    story = next((i for i, line in enumerate(lines) if line.end - line.start >= LEAST_STORY), 0)
    for find in (
        _after_heading,
        _after_gap,
        _over_signatures,
        _at_headers,
        _at_names,
        _over_buttons,
        _at_voice,
    ):
        tail = find(text, lines, story)
        if tail:
            return tail
    return None


def _after_heading(text: str, lines: list[Line], story: int) -> Tail | None:
    for i in range(story + 1, len(lines) - 1):
        mark = find_mark(text[lines[i].start : lines[i].end])
        if not mark or mark.role not in ("comments", "form", "readers"):
            continue
        rest = [line for line in lines[i + 1 : i + 1 + SAMPLED] if not _is_marked(text, line)]
        if rest and (mark.role == "comments" or _sounds(text, rest) > 0.3 or _is_headed(text, rest[0])):
            return Tail(i + 1, mark.name)
    return None


def _after_gap(text: str, lines: list[Line], story: int) -> Tail | None:
    """Return the tail under a gap that is wider than those between the paragraphs above it."""
    usual = Counter(line.gap for line in lines[1:]).most_common(1)
    width = usual[0][0] if usual else 0
    # Text without blank lines sets its comments off by two of them, or more.
    wide = [i for i, line in enumerate(lines) if i > story and line.gap > max(1, width)]
    for i in wide:
        rest = [line for line in lines[i : i + SAMPLED] if not _is_marked(text, line)]
        if not rest:
            continue
        voice, above = _sounds(text, rest), _sounds(text, lines[story:i][-SAMPLED:])
        # One wide gap on the page is a sign by itself; among several the voice must tell.
        if voice > above + (0.1 if len(wide) == 1 else 0.7) or _is_headed(text, rest[0]):
            return Tail(i, "after-gap")
    return None


def _at_headers(text: str, lines: list[Line], story: int) -> Tail | None:
    headed = [i for i in range(story + 1, len(lines) - 1) if _is_headed(text, lines[i])]
    if len(headed) < 2:
        return None
    first = headed[0]
    forms = Counter(_form(text, lines[i]) for i in headed)
    return Tail(first, "headers") if forms.most_common(1)[0][1] >= 2 else None


def _over_signatures(text: str, lines: list[Line], story: int) -> Tail | None:
    """Return the tail whose texts are each signed in the line below: the last line of the page signs, too."""
    signed = [i for i in range(story + 1, len(lines)) if read_signature(text, lines[i])]
    if len(signed) < LEAST_SIGNED or signed[-1] != len(lines) - 1:
        return None
    between = [b - a - 1 for a, b in pairwise(signed)]
    first = signed[0] - min(between)
    if not min(between) or first <= story:
        return None
    said = [lines[i] for i in range(first, len(lines)) if i not in signed]
    quoted = sum(text[line.start] in QUOTES for line in said)  # a report that gathers what was said
    return Tail(first, "signatures") if quoted < 0.5 * len(said) else None


def _at_names(text: str, lines: list[Line], story: int) -> Tail | None:
    """Return the tail that opens with a name in a line of its own over one that is a date, more than once."""
    named = [
        i
        for i in range(story + 1, len(lines) - 2)
        if _form(text, lines[i + 1]) == "stamp" and name_line(text, lines[i])
    ]
    if len(named) < LEAST_NAMED:
        return None
    heads = {n for i in named for n in (i, i + 1)}
    said = [lines[i] for i in range(named[0], len(lines)) if i not in heads]
    return Tail(named[0], "names-over-dates") if _sounds(text, said) > LEAST_VOICE else None


def _over_buttons(text: str, lines: list[Line], story: int) -> Tail | None:
    """Return the tail whose texts stand each over a line of buttons: 'Like · Reply'."""
    pressed = [i for i in range(story + 1, len(lines)) if _is_buttons(text, lines[i])]
    if len(pressed) < LEAST_NAMED or pressed[-1] != len(lines) - 1:
        return None
    between = [b - a for a, b in pairwise(pressed)]
    first = pressed[0] - min(between) + 1
    return Tail(first, "buttons") if min(between) > 2 and first > story else None


def _is_buttons(text: str, line: Line) -> bool:
    mark = find_mark(text[line.start : line.end])
    return mark is not None and mark.name == "vote-bar"


def _at_voice(text: str, lines: list[Line], story: int) -> Tail | None:
    """Return the last run of lines that sound like readers without exception, under a sober report."""
    first = len(lines)
    total = 0.0
    while first > story + 3:
        voice = weigh_voice(text[lines[first - 1].start : lines[first - 1].end])
        if voice < 1.0:
            break
        total += voice
        first -= 1
    count = len(lines) - first
    if count < 2 or total / count < 1.8 or _sounds(text, lines[story:first][-SAMPLED:]) > 0.1:
        return None
    return Tail(first, "voice")


def _is_marked(text: str, line: Line) -> bool:
    return find_mark(text[line.start : line.end]) is not None


def _form(text: str, line: Line) -> str | None:
    header = read_header(text[line.start : min(line.end, line.start + 200)])
    return header.form if header else None


def _is_headed(text: str, line: Line) -> bool:
    header = read_header(text[line.start : min(line.end, line.start + 200)])
    if not header or header.form not in HEADED:
        return False
    # 'The minister said: ...' stands in stories too; a comment header has a date or the line to itself.
    return header.stamp is not None or header.length >= line.end - line.start - 2


def _sounds(text: str, lines: list[Line]) -> float:
    """Return the mean voice of some lines."""
    return sum(weigh_voice(text[x.start : x.end]) for x in lines) / max(1, len(lines))
