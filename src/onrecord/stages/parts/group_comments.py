from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from onrecord.lines import GLUED, Header, PageMark, find_mark, is_name, read_header, read_label
from onrecord.stages.parts.cut_lines import Line
from onrecord.stages.parts.read_body import is_verdict

HEADED = ("answers", "reply", "says", "by", "dated", "stamp", "name")
NAMED = 0.6
"""Share of the lines with a date that stand under a line with a name, where that is the form of a page."""
ADDRESS = r"[A-Z][\w.]{2,20}(?: [A-Z]\w{1,20})?(?:[:,] (?=you\b|your\b)| [-–—] )"  # Ann Lee, your ...
OPENING = re.compile(rf"\s*(?:@\w|#\d|>|re:|[\"“'„][^\"”\n]{{20,}}[\"”]|{ADDRESS})")
"""A new commenter begins: an address, a quotation of someone else."""

AGE = re.compile(r"\s*[·•|]\s*\d{1,3}\s?(?:min|[smhdwy])$")
LEAST_UNITS = 2
"""Names over texts over buttons that make this the form of a page."""
SIGNATURE, DASHES, LEAST_SIGNED = 90, ("-", "–", "—"), 3
"""Characters of a line that signs, what it can begin with, and how many of them are the form of a page."""
SPOKEN = ("dateline", "readers")
"""Roles of lines that can as well be words of a comment, or stand over it."""

SAMPLE = 4000
"""Characters of a block that are searched for signs of run-together paragraphs."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One comment of a plain text: its lines, and what its header says."""

    start: int
    end: int
    header: Header | None
    rule: str


@dataclass(frozen=True, slots=True)
class Grouped:
    voices: tuple[Voice, ...]
    others: tuple[tuple[Line, str], ...]
    """Lines that belong to no comment (headers, share bars), each with its rule."""


def group_comments(text: str, lines: list[Line]) -> Grouped:
    """Return the comments that the lines under a report make."""
    marks = [_read_mark(text, line) for line in lines]
    others = [
        (line, f"other:{mark.name}")
        for line, mark in zip(lines, marks, strict=True)
        if mark and mark.role not in SPOKEN
    ]
    kept = [line for line, mark in zip(lines, marks, strict=True) if not mark or mark.role in SPOKEN]
    if closed := _by_buttons(text, lines, marks):
        voices, heads = closed
        return Grouped(voices, tuple(sorted(others + heads, key=lambda pair: pair[0].start)))
    headers = [read_header(text[x.start : min(x.end, x.start + 200)]) for x in kept]
    headers = _name_stamps(text, kept, headers)
    if signed := _by_signature(text, kept):
        voices, heads = signed
        return Grouped(voices, tuple(sorted(others + heads, key=lambda pair: pair[0].start)))
    forms = Counter(h.form for h in headers if h)
    if _is_format(forms, headers, kept):
        voices, heads = _by_header(text, kept, headers)
        return Grouped(voices, tuple(sorted(others + heads, key=lambda pair: pair[0].start)))
    labels = [read_label(text[x.start : x.end]) for x in kept]
    if _is_play(labels):
        voices, heads = _by_label(kept, labels)
        return Grouped(voices, tuple(sorted(others + heads, key=lambda pair: pair[0].start)))
    if _counts_on(headers):
        return Grouped(_by_number(kept, headers), tuple(others))
    return Grouped(_by_block(text, kept), tuple(others))


def _read_mark(text: str, line: Line) -> PageMark | None:
    """Return the mark that a line is; what looks like a byline is the head of a comment here."""
    mark = find_mark(text[line.start : line.end])
    is_head = mark is not None and mark.role == "byline" and read_header(text[line.start : line.end])
    return None if is_head else mark


def _name_stamps(text: str, lines: list[Line], headers: list[Header | None]) -> list[Header | None]:
    """Return the headers with the names that stand in a line of their own over lines that are dates."""
    stamps = [n for n, found in enumerate(headers) if found and found.form == "stamp"]
    above = [n - 1 for n in stamps if n and not headers[n - 1]]
    named = {n: name for n in above if (name := name_line(text, lines[n]))}
    if len(named) < max(2, NAMED * len(stamps)):
        return headers
    return [
        Header("name", lines[n].end - lines[n].start, author=named[n]) if n in named else found
        for n, found in enumerate(headers)
    ]


def name_line(text: str, line: Line) -> str | None:
    """Return the name that is all of a line, if it is one."""
    return _as_name(text[line.start : line.end].strip())


def _as_name(said: str) -> str | None:
    is_closed = said.endswith((".", "!", "?")) and len(said.split()[-1]) > 2  # "Karim N." is a name
    return said if is_name(said) and not is_closed else None


def _by_buttons(
    text: str, lines: list[Line], marks: list[PageMark | None]
) -> tuple[tuple[Voice, ...], list[tuple[Line, str]]] | None:
    """Return a comment for each name over a text over buttons ('Like · Reply'); None if they are not so."""
    units: list[list[Line]] = [[]]
    for line, mark in zip(lines, marks, strict=True):
        if mark and mark.name == "vote-bar":
            units.append([])
        elif not mark or mark.role in SPOKEN:
            units[-1].append(line)
    if units.pop() or len(units) < LEAST_UNITS or any(len(unit) < 2 for unit in units):
        return None
    named = [name_line(text, replace(unit[0], end=_cut_age(text, unit[0]))) for unit in units]
    if not all(named):
        return None
    headers = [
        Header("name", unit[0].end - unit[0].start, name) for unit, name in zip(units, named, strict=True)
    ]
    voices = [
        Voice(unit[1].start, unit[-1].end, header, "comment:buttons")
        for unit, header in zip(units, headers, strict=True)
    ]
    return tuple(voices), [(unit[0], "other:comment-header") for unit in units]


def _cut_age(text: str, line: Line) -> int:
    """Return where a line ends without the age behind a name: Ann Lee · 3h."""
    found = AGE.search(text, line.start, line.end)
    return found.start() if found else line.end


def read_signature(text: str, line: Line) -> Header | None:
    """Return who signs with a line of its own: 'Ann Lee, 3 May 2012 at 5:49', '- Ann Lee'."""
    said = text[line.start : line.end].strip()
    bare = said.lstrip("-–— ")
    header = read_header(bare[:SIGNATURE]) if len(bare) <= SIGNATURE else None
    if header and header.form == "dated" and header.author and not bare[header.length :].strip(" .)"):
        return header
    name = _as_name(bare) if said[:1] in DASHES else None
    return Header("name", len(said), author=name) if name else None


def _by_signature(text: str, lines: list[Line]) -> tuple[tuple[Voice, ...], list[tuple[Line, str]]] | None:
    """Return a comment for each line that signs the text above it; None where comments are not signed so."""
    signed = [read_signature(text, line) for line in lines]
    if not signed or signed[0] or not signed[-1] or sum(map(bool, signed)) < LEAST_SIGNED:
        return None
    if any(a and b for a, b in itertools.pairwise(signed)):
        return None  # a signature with no text over it is the head of what follows
    voices: list[Voice] = []
    heads: list[tuple[Line, str]] = []
    start = end = -1
    for line, header in zip(lines, signed, strict=True):
        if header is None:
            start, end = (line.start if start < 0 else start), line.end
            continue
        voices.append(Voice(start, end, header, "comment:signature"))
        heads.append((line, "other:comment-header"))
        start = -1
    return tuple(voices), heads


def _is_format(forms: Counter[str], headers: list[Header | None], lines: list[Line]) -> bool:
    """Whether headers rule these comments: the first line has one, or several share a form."""
    headed = sum(forms[form] for form in HEADED)
    first = headers[0] if headers else None
    opens = first is not None and first.form in HEADED and first.stamp is not None
    return opens or (headed >= 2 and headed >= 0.15 * len(lines))


def _is_play(labels: list[Header | None]) -> bool:
    """Whether names with a colon open the comments: most lines have one, of more than one person."""
    named = [label.author for label in labels if label is not None]
    return bool(labels) and labels[0] is not None and len(named) >= 0.6 * len(labels) and len(set(named)) > 1


def _by_label(
    lines: list[Line], labels: list[Header | None]
) -> tuple[tuple[Voice, ...], list[tuple[Line, str]]]:
    """Return a comment for each label; the label itself stays outside."""
    voices: list[Voice] = []
    heads: list[tuple[Line, str]] = []
    for line, label in zip(lines, labels, strict=True):
        if label is not None:
            begun = line.start + label.length
            heads.append((replace(line, end=begun), "other:comment-header"))
            voices.append(Voice(begun, line.end, label, "comment:label"))
        else:
            voices[-1] = Voice(voices[-1].start, line.end, voices[-1].header, "comment:label")
    return tuple(voices), heads


def _by_header(
    text: str, lines: list[Line], headers: list[Header | None]
) -> tuple[tuple[Voice, ...], list[tuple[Line, str]]]:
    """Return a comment for each header; a header with a line to itself stays outside the comment."""
    voices: list[Voice] = []
    heads: list[tuple[Line, str]] = []
    header: Header | None = None
    span: tuple[int, int] | None = None
    for line, found in zip(lines, headers, strict=True):
        if found and found.form in HEADED:
            if span:
                voices.append(Voice(*span, header, "comment:header"))
            alone = found.length >= line.end - line.start - 24 and not text[
                line.start + found.length : line.end
            ].strip(" |:()[]·•,.-–—").count(" ")
            both = alone and span is None and header is not None
            header = _joined(header, found) if both else found
            span = None if alone else (line.start, line.end)
            if alone:
                heads.append((line, "other:comment-header"))
        else:
            span = (span[0], line.end) if span else (line.start, line.end)
    if span:
        voices.append(Voice(*span, header, "comment:header"))
    return tuple(voices), heads


def _joined(above: Header | None, below: Header) -> Header:
    """Return one header of two lines: a name over a date."""
    if above is None:
        return below
    return Header(
        below.form if below.form != "stamp" else above.form,
        below.length,
        above.author or below.author,
        below.stamp or above.stamp,
        above.number or below.number,
        above.answers or below.answers,
        above.is_reply or below.is_reply,
    )


def _counts_on(headers: list[Header | None]) -> bool:
    """Whether numbers at the start of lines go up or down one by one."""
    numbers = [h.number for h in headers if h and h.number is not None]
    if len(numbers) < 2 or not headers[0] or headers[0].number is None:
        return False
    steps = Counter(b - a for a, b in itertools.pairwise(numbers))
    return max(steps[1], steps[-1]) >= 0.8 * (len(numbers) - 1)


def _by_number(lines: list[Line], headers: list[Header | None]) -> tuple[Voice, ...]:
    voices: list[Voice] = []
    step = 0
    for line, header in zip(lines, headers, strict=True):
        last = voices[-1].header if voices else None
        number = header.number if header else None
        before = last.number if last else None
        follows = number is not None and before is not None and abs(number - before) == 1
        if follows and number is not None and before is not None:
            step = step or number - before
            follows = number - before == step
        if not voices or follows:
            voices.append(Voice(line.start, line.end, header, "comment:number"))
        else:
            voices[-1] = Voice(voices[-1].start, line.end, last, "comment:number")
    return tuple(voices)


def _by_block(text: str, lines: list[Line]) -> tuple[Voice, ...]:
    """Return a comment for each block between blank lines; blocks of one hand are held together."""
    blocks: list[tuple[int, int, int]] = []
    has_gaps = any(line.gap for line in lines[1:])
    for line in lines:
        if blocks and has_gaps and not line.gap:
            blocks[-1] = (blocks[-1][0], line.end, blocks[-1][2])
        else:
            blocks.append((line.start, line.end, line.gap))
    widths = {gap for _, _, gap in blocks[1:]}
    if len(widths) == 2 and min(widths) == 1 and sum(b[2] > 1 for b in blocks[1:]) >= 2:
        return _joined_blocks(blocks, [gap > 1 for _, _, gap in blocks], "comment:wide-gap")
    marked = [bool(GLUED.search(text, start, min(end, start + SAMPLE))) for start, end, _ in blocks]
    # Lines inside blocks show that a blank line parts commenters, not paragraphs.
    has_lines = has_gaps and any(not line.gap for line in lines[1:])
    collapsed = not has_lines and len(blocks) >= 4 and sum(marked) >= 0.4 * len(blocks)
    breaks = [
        i == 0 or _is_break(text, blocks[i - 1], blocks[i], marked[i - 1] or marked[i], collapsed)
        for i in range(len(blocks))
    ]
    return _joined_blocks(blocks, breaks, "comment:block")


def _joined_blocks(blocks: list[tuple[int, int, int]], breaks: list[bool], rule: str) -> tuple[Voice, ...]:
    voices: list[Voice] = []
    for (start, end, _), is_new in zip(blocks, breaks, strict=True):
        if is_new or not voices:
            voices.append(Voice(start, end, None, rule))
        else:
            voices[-1] = Voice(voices[-1].start, end, None, rule + "+continued")
    return tuple(voices)


def _is_break(
    text: str, above: tuple[int, int, int], below: tuple[int, int, int], is_marked: bool, collapsed: bool
) -> bool:
    """Whether a new commenter speaks in the block below.

    Where a page runs the paragraphs of a comment together in one line (a no-break space or a
    missing space shows it), such a line is a comment of its own, and a run of lines without
    that sign is one comment whose paragraphs were kept apart.
    """
    last = text[max(above[0], above[1] - 40) : above[1]].rstrip()
    head = text[below[0] : below[0] + 200]
    if last.endswith((":", ",", ";")) or (head[:1].islower() and last[-1:].isalnum()):
        return False
    if not collapsed or is_marked:
        return True
    return bool(OPENING.match(head)) or is_verdict(head)
