from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.dates import CLOCK_TIME, read_stamp, strip_dates
from onrecord.lexicons.comment_words import find_words
from onrecord.lines import is_name, may_sign, read_header
from onrecord.stages.page.measure_lines import Measures, find_role
from onrecord.stages.page.parse_html import Tree

MOST_WORDS = 14
"""Words of a line that holds a name and a date, and nothing else."""
NAME_WORDS, NAME_LENGTH = 5, 40
OPENING = 110
"""Characters in which a line that goes on with the text gives name and date."""
SAID = 3
"""Words behind a name by which the text goes on in its line."""
INLINE = frozenset(("a", "b", "strong", "i", "em", "span", "cite", "u", "font", "small", "big"))
NAMING = frozenset(("a", "b", "strong", "cite"))
TITLES = frozenset(("h1",))
NUMBER = re.compile(r"^#\d{1,4}[.:)]?\s+")
"""The number of a comment before its author: #2 Ann."""
BRACKETED = re.compile(rf"\s*[(\[][^()\[\]]{{0,20}}(?:{CLOCK_TIME})\s*[)\]]", re.IGNORECASE)
"""A time of day in brackets right behind a name, with a day that lacks its year: (8 March, 16:20)."""
DASHES, BLANKS = ("–", "—", "-"), " –—-"
INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,4}")
BARS = re.compile(r"[|·•,]")
PROFILE, PROFILE_LINES = (
    re.compile(
        r"[A-Z][\w ]{2,20}: ?\S.{0,30}$|(?:member|joined|registered|user)\b.{0,30}\d{4}$"  # Posts: 12
        r"|\d[\d,.]*+k? (?:posts|comments|messages|points|followers|reviews|karma)$",
        re.IGNORECASE,
    ),
    4,
)
"""A line of what a forum tells of a member, and how many of them stand under a name."""


@dataclass(frozen=True, slots=True)
class Head:
    """Lines that say who wrote what stands under them, or over them, and when."""

    first: int
    last: int
    """Lines `first` up to and including `last`; the text may go on in the last one."""
    name: str | None
    dated: bool
    timed: bool
    """It gives a time of day and no day."""
    is_open: bool = False
    """The text begins in the same line."""
    closes: bool = False
    """The text stands before it, in the same line and those above."""


def read_heads(tree: Tree, sums: Measures) -> list[Head]:
    """Return the heads on a page that give a name and a date or time, in order."""
    heads: list[Head] = []
    for n, line in enumerate(tree.lines):
        if line.hidden or (heads and n <= heads[-1].last):
            continue
        if sums.is_head[n]:
            head = read_head(tree, sums, n)
        else:
            head = read_opening(tree, n) if line.words > MOST_WORDS else None
        if head is None and line.runs[-1][0] > line.element:
            head = _read_closing(tree, n)
        if head is not None and (head.dated or head.timed):
            heads.append(head)
    return heads


def read_head(tree: Tree, sums: Measures, n: int) -> Head | None:
    """Return the head that a line is, alone or with the name in the line above or below it."""
    text = tree.lines[n].text
    if tree.lines[n].words > MOST_WORDS:
        return read_opening(tree, n)
    rest = strip_dates(text)
    if rest is None:
        return None
    dated = _gives_day(text)
    if rest and not is_control(rest):
        if opening := read_opening(tree, n):
            return opening if opening.dated or opening.timed else None
        name = _name_in(text, rest)
        name = _name_in_element(tree, n, name or rest) or name
        return Head(n, n, name, dated, not dated) if name else read_opening(tree, n)
    for near in (_above_profile(tree, n - 1), n + 1):
        if 0 <= near < len(tree.lines) and (name := name_line(tree, sums, near)):
            return Head(min(n, near), max(n, near), name, dated, not dated)
    return None


def is_control(text: str) -> bool:
    """Return whether all that a text says is on buttons: 'Like · Reply'."""
    pieces = [piece.strip() for piece in BARS.split(text) if piece.strip()]
    return bool(pieces) and all(find_role(piece) == "control" for piece in pieces)


def _above_profile(tree: Tree, n: int) -> int:
    """Return the first line over those that tell of a member: 'Posts: 12', 'Joined: May 2012'."""
    top = n
    while top > max(0, n - PROFILE_LINES) and PROFILE.match(tree.lines[top].text):
        top -= 1
    return top


def _gives_day(text: str) -> bool:
    """Whether a text gives a date, or the day by its name: Thursday 08:12, yesterday at 9."""
    return read_stamp(text) is not None or find_words("near day").search(text) is not None


def _name_in(text: str, rest: str) -> str | None:
    """Return who is named beside a date: 'Ann Lee | Brisk | 3 May 2017'."""
    header = read_header(text)
    if header and header.author and header.form != "number":
        return header.author
    for piece in rest.replace("•", "|").replace("·", "|").replace("(", "|").replace(",", "|").split("|"):
        name = piece.strip(" -–—:)")
        if name:
            return name if is_name(name) and len(name) <= NAME_LENGTH else None
    return None


def _name_in_element(tree: Tree, n: int, said: str) -> str | None:
    """Return the name in an element of its own before other elements: <a>Ann Lee</a> <i>Subscriber</i>."""
    pieces = [run for run in tree.lines[n].runs if run[1].strip()]
    if len(pieces) < 2 or min(index for index, _ in pieces[:2]) <= tree.lines[n].element:
        return None
    (index, text), (after, _) = pieces[:2]
    name = " ".join(text.split())
    naming, behind = tree.elements[index].tag in NAMING, tree.elements[after].tag in NAMING
    is_badge = find_words("badge").match(said, len(name) + 1) is not None
    is_first = ((naming and not behind) or is_badge) and said.startswith(f"{name} ")
    return name if is_first and is_name(name) and 1 < len(name) <= NAME_LENGTH else None


def name_line(tree: Tree, sums: Measures, n: int) -> str | None:
    """Return the name that is all of a line: 'Ann Lee', 'ann_77', 'Ann Lee says:'."""
    line = tree.lines[n]
    if line.hidden or line.words > NAME_WORDS or sums.marks[n] or tree.elements[line.element].tag in TITLES:
        return None
    text = NUMBER.sub("", line.text).strip(" \t|·•,@–—:;()[]")
    header = read_header(line.text) if may_sign(line.text) else None
    if header and header.author and header.form in ("says", "by"):
        return header.author
    is_short = 1 < len(text) <= NAME_LENGTH and not any(c.isdigit() for c in text[:1]) and ": " not in text
    return (
        text
        if (is_short and is_name(text) and text[-1] not in ".!?")
        or (text.endswith(".") and _is_initial(text))
        else None
    )


def _is_initial(text: str) -> bool:
    """Whether a name ends in an initial, or is made of them: 'Carla M.', 'M.K.'"""
    words = text.split()
    if INITIALS.fullmatch(text):
        return True
    return 2 <= len(words) <= 3 and len(words[-1]) == 2 and is_name(text[:-1])


def _read_closing(tree: Tree, n: int) -> Head | None:
    """Return the name and date in the inline element that closes a line: <i>— Ann Lee, 3 May 2017</i>."""
    line = tree.lines[n]
    index, text = line.runs[-1]
    signed = " ".join(text.split())
    if tree.elements[index].tag not in INLINE or not 1 < len(signed) <= OPENING:
        return None
    if len(signed.split()) + SAID > line.words or not signed.startswith(DASHES):
        return None
    header = read_header(signed.lstrip(BLANKS))
    if header is None or header.author is None or header.stamp is None:
        return None
    return Head(n, n, header.author, True, False, True, True)


def read_opening(tree: Tree, n: int) -> Head | None:
    """Return the head that a line begins with and then goes on: a name in an element of its own, a date."""
    line = tree.lines[n]
    if line.runs[0][0] == line.element and line.runs[0][1].strip():
        return None  # it opens with no element, as most lines do
    name, at = _opening_name(tree, n)
    if name is None:
        return None
    start = line.text[:OPENING]
    stamp = read_stamp(start)
    behind = start[at : stamp.start] if stamp else ""
    dated = stamp is not None and stamp.start >= at and len(behind.split()) <= 3
    dated = dated or _closes_with_day(tree, n)
    timed = not dated and BRACKETED.match(start, at) is not None
    return Head(n, n, name, dated, timed, True)


def _closes_with_day(tree: Tree, n: int) -> bool:
    """Whether the inline element that closes a line is a date and no more: <em>(3 May 2017)</em>."""
    index, text = tree.lines[n].runs[-1]
    is_inline = index > tree.lines[n].element and tree.elements[index].tag in INLINE
    return is_inline and len(text) <= OPENING and strip_dates(text) == "" and _gives_day(text)


def _opening_name(tree: Tree, n: int) -> tuple[str | None, int]:
    """Return the name in the inline element that opens a line of more words, and where it ends."""
    line = tree.lines[n]
    seen = ""
    for index, text in line.runs[:3]:
        if not text.strip():
            continue
        seen += text
        if index <= line.element or tree.elements[index].tag not in INLINE:
            return None, 0
        name = " ".join(text.split()).strip(" |·•,@–—:;()[]")
        if not 1 < len(name) <= NAME_LENGTH or not is_name(name):
            return None, 0
        at = len(" ".join(seen.split()))
        said = line.text[at:]
        stamp = None if _closes_with_day(tree, n) else read_stamp(said[:OPENING])
        goes_on = len((said[stamp.end :] if stamp else said).split()) >= SAID
        return (name, at) if goes_on else (None, 0)
    return None, 0
