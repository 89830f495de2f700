from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

from onrecord.lines import weigh_voice
from onrecord.stages.page.find_comment_elements import Found, common_ancestor, share_lines, sign
from onrecord.stages.page.measure_lines import Measures
from onrecord.stages.page.parse_html import Tree
from onrecord.stages.page.read_heads import NAME_WORDS, Head, name_line, read_heads, read_opening

OVER = 4
"""Lines over the first head in which a heading over comments stands."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "dt", "th", "caption"))
SUBHEADS = frozenset(("h1", "h2", "h3", "h4"))
FRAMES = frozenset(("nav", "footer", "form", "button", "header"))
BEHIND = 12
OVER_MARKS = ("comments", "form", "readers")
"""Marks of lines that stand over comments."""

STOPS = ("comments", "form", "boilerplate", "byline")
"""Marks that end the last comment of a page whose comments have no elements of their own."""

LEAST_SAID = 0.6
"""Share of the heads that must have sentences under them."""
LEAST_WORDS, MANY_WORDS = 3, 15
END = re.compile(r"[.!?…][\"'”’)]*(?:\s|$)")
"""How a sentence ends; of many words that end otherwise, the mark may have been left off."""

LONG = 300
MOSTLY = 0.7
"""Share of the words of a page that a forum's posts have, and of posts with name and day."""
TITLED = 4
"""Words of a link, or of a heading, in a stretch of text that make it a teaser or an article."""
REPORT = 2.0
"""Lines of prose of a report that has the form of its comments, beside those of the longest comment."""
MOST_VOICE = 1.2
NEEDED = 3.0
"""Weight from which a repeated form is readers' comments."""

WEIGHTS = {
    "name and day": 2.0,
    "name": 0.9,
    "different names": 0.7,
    "three or more": 0.3,
    "one name": -1.0,
    "buttons": 1.6,
    "heading": 2.5,
    "some heading": 0.3,
    "form behind": 0.5,
    "voice": 1.0,
    "linked titles": -3.0,
    "titles": -1.5,
    "times of day": -1.3,
    "no report above": -1.5,
    "whole page": 1.5,
    "live": -1.5,
    "long": -1.5,
}
"""What each trait of a repeated form adds or takes; a share of the heads counts in part."""


@dataclass(frozen=True, slots=True)
class Form:
    """Heads of one kind, and the texts that stand with them."""

    heads: tuple[Head, ...]
    units: tuple[Found, ...]


def find_repeated(tree: Tree, sums: Measures) -> list[Found]:
    """Return comments that only their repeated form tells: name, time, text, buttons, time and again.

    No name of a class and no heading is needed. The form that weighs most is taken, if it weighs enough.
    """
    best: list[Found] = []
    most = NEEDED
    for heads in _group_heads(tree, sums):
        form = _read_form(tree, sums, heads)
        if form and _opens_with_report(tree, sums, form):
            form = _read_form(tree, sums, heads[1:])
        weight = weigh_form(tree, sums, form) if form else 0.0
        if form and weight >= most:
            best, most = _name_units(form), weight
    return best


def _opens_with_report(tree: Tree, sums: Measures, form: Form) -> bool:
    """Whether the first of some heads, with name and day, is that of the report: over its title or text."""
    if len(form.heads) < 3:
        return False
    units = form.units
    first = [n for n in units[0].lines if not tree.lines[n].hidden]
    prose = [sum(sums.prose[n + 1] - sums.prose[n] for n in unit.lines) for unit in units]
    is_titled = any(tree.elements[tree.lines[n].element].tag == "h1" for n in first)
    return is_titled or prose[0] > max(2, REPORT * max(prose[1:]))


def _name_units(form: Form) -> list[Found]:
    """Return the comments of a form with the names in their heads."""
    names = {head.first: head.name for head in form.heads}
    return [
        replace(unit, name=next((names[n] for n in unit.lines if n in names), None)) for unit in form.units
    ]


def _group_heads(tree: Tree, sums: Measures) -> list[list[Head]]:
    """Return the heads of a page by the element that they stand in, those that are alike together."""
    groups: dict[tuple[str, str], list[Head]] = {}
    for head in (*read_heads(tree, sums), *_undated_heads(tree, sums)):
        groups.setdefault(_kind(tree, head.first), []).append(head)
    found = [sorted(_drop_buttons(heads), key=lambda head: head.first) for heads in groups.values()]
    return [_name_from_above(tree, sums, _once(heads)) for heads in found]


def _name_from_above(tree: Tree, sums: Measures, heads: list[Head]) -> list[Head]:
    """Return heads of which all give one name with the names over it, if those differ: it is a place."""
    if len(heads) < 2 or len({head.name for head in heads}) > 1:
        return heads
    names = [name_line(tree, sums, head.first - 1) if head.first else None for head in heads]
    if not all(names) or len(set(names)) < 2:
        return heads
    return [replace(head, first=head.first - 1, name=name) for head, name in zip(heads, names, strict=True)]


def _drop_buttons(heads: list[Head]) -> list[Head]:
    """Return heads without the words that stand under all comments, as buttons do: Answer, Report it."""
    bare = Counter(head.name for head in heads if not (head.dated or head.timed or head.is_open))
    dated = sum(head.dated for head in heads)
    return [
        head for head in heads if head.dated or head.timed or head.is_open or not 1 < dated <= bare[head.name]
    ]


def _once(heads: list[Head]) -> list[Head]:
    kept: list[Head] = []
    for head in heads:
        is_beside = kept and head.first == kept[-1].last + 1 and not (kept[-1].is_open or head.is_open)
        if kept and (head.first <= kept[-1].last or (is_beside and not (head.dated or head.timed))):
            continue  # a second line of the same head, or the place under the name
        kept.append(head)
    return kept


def _undated_heads(tree: Tree, sums: Measures) -> list[Head]:
    """Return the lines behind a heading over comments, or before a button, that are or begin with a name."""
    marked = [n for n, mark in enumerate(sums.marks) if mark in (*OVER_MARKS, "control")]
    if not marked:
        return []
    found = []
    first = marked[0] - BEHIND if sums.marks[marked[0]] == "control" else marked[0] + 1
    for n in range(max(0, first), len(tree.lines)):
        line = tree.lines[n]
        is_short = line.words <= NAME_WORDS
        if sums.is_head[n] or line.hidden or (sums.marks[n] and not is_short):
            continue
        if tree.elements[line.element].tag in SUBHEADS:  # a section's title may look like a name
            continue
        if is_short and (name := name_line(tree, sums, n)):
            found.append(Head(n, n, name, False, False))
        elif not sums.marks[n] and (head := read_opening(tree, n)):
            found.append(head)
    return found


def _kind(tree: Tree, n: int) -> tuple[str, str]:
    element = tree.elements[tree.lines[n].element]
    above = tree.elements[max(element.up, 0)]
    return sign(element.tag, element.names), sign(above.tag, above.names)


def _read_form(tree: Tree, sums: Measures, heads: list[Head]) -> Form | None:
    """Return heads with their texts, by elements that hold one of each, else by the lines between them."""
    owners = [] if all(head.closes for head in heads) else _find_owners(tree, heads)
    units = _by_owners(tree, sums, owners) if owners else _by_lines(tree, sums, heads)
    form = Form(tuple(heads), tuple(units))
    return form if len(units) >= max(1, 0.6 * len(heads)) and _may_be_said(tree, sums, form) else None


def _may_be_said(tree: Tree, sums: Measures, form: Form) -> bool:
    """Whether texts can be what readers said: sentences, not links or fields, in no frame or embed."""
    bodies = [_body(tree, sums, unit, form.heads) for unit in form.units]
    said = [lines for lines in bodies if _is_said(tree, lines)]
    if len(said) < max(1, LEAST_SAID * len(form.heads)):
        return False
    inside = range(form.units[0].lines[0], form.units[-1].lines[-1] + 1)
    if any(inside.start <= n < inside.stop - 1 for n in tree.fields):
        return False
    return not _stands_in(tree, form.units[0].element, ("embed", "aside"))


def _body(tree: Tree, sums: Measures, unit: Found, heads: Sequence[Head]) -> list[int]:
    """Return the lines of a unit that are text: neither its head nor buttons."""
    closed = {n for head in heads if not head.is_open for n in range(head.first, head.last + 1)}
    return [n for n in unit.lines if n not in closed and _is_text(tree, sums, n)]


def _is_said(tree: Tree, lines: list[int]) -> bool:
    size = sum(len(tree.lines[n].text) for n in lines)
    words = sum(tree.lines[n].words for n in lines)
    linked = sum(tree.lines[n].linked for n in lines)
    is_closed = any(END.search(tree.lines[n].text) for n in lines)
    return words >= LEAST_WORDS and linked <= 0.4 * size and (is_closed or words >= MANY_WORDS)


def _find_owners(tree: Tree, heads: list[Head]) -> list[int]:
    """Return the element of each head that holds it with its text and no other head beside its answers'."""
    starts = [head.first for head in heads]
    tops = [_climb(tree, tree.lines[start].element, starts) for start in starts]
    if len(heads) == 1:
        return [tops[0]] if _holds_text(tree, tops[0], heads[0]) else []
    signs = Counter(
        _sign(tree, top) for top, head in zip(tops, heads, strict=True) if _holds_text(tree, top, head)
    )
    if not signs:
        return []
    wanted = signs.most_common(1)[0][0]
    owners = [_owner(tree, top, wanted) for top in tops]
    found = [owner for owner in owners if owner is not None]
    return found if len(set(found)) == len(found) and len(found) >= 0.6 * len(heads) else []


def _climb(tree: Tree, index: int, starts: Sequence[int]) -> int:
    """Return the outermost element around the line of a head that holds no other head."""
    while True:
        up = tree.elements[index].up
        if up < 0 or tree.elements[up].tag in ("body", "html"):
            return index
        above = tree.elements[up]
        if bisect_left(starts, above.last) - bisect_left(starts, above.first) > 1:
            return index
        if len(starts) == 1 and above.last - above.first > BEHIND:
            return index
        index = up


def _owner(tree: Tree, top: int, wanted: str) -> int | None:
    index = top
    while index >= 0:
        if _sign(tree, index) == wanted:
            return index
        index = tree.elements[index].up
    return None


def _sign(tree: Tree, index: int) -> str:
    return sign(tree.elements[index].tag, tree.elements[index].names)


def _holds_text(tree: Tree, index: int, head: Head) -> bool:
    element = tree.elements[index]
    inside = [n for n in range(element.first, element.last) if not head.first <= n <= head.last]
    return any(tree.lines[n].words > 1 for n in inside) or (head.is_open and element.first <= head.first)


def _by_owners(tree: Tree, sums: Measures, owners: list[int]) -> list[Found]:
    lines = share_lines(tree, sorted(owners))
    found = [Found(tuple(lines[index]), index, "form") for index in sorted(lines)]
    return [unit for unit in found if any(_is_text(tree, sums, n) for n in unit.lines)]


def _is_text(tree: Tree, sums: Measures, n: int) -> bool:
    return not tree.lines[n].hidden and sums.marks[n] not in (*OVER_MARKS, "control")


def _by_lines(tree: Tree, sums: Measures, heads: list[Head]) -> list[Found]:
    """Return each head with the lines up to the next, or from the one before it where heads stand under."""
    if len(heads) < 2:
        return []
    inner = [[n for n in range(a.last + 1, b.first) if _is_text(tree, sums, n)] for a, b in pairwise(heads)]
    holder = tree.elements[
        common_ancestor(tree, tree.lines[heads[0].first].element, tree.lines[heads[-1].last].element)
    ]
    kinds = {_kind(tree, n) for lines in inner for n in lines}
    if all(head.closes for head in heads):
        own = kinds | {_kind(tree, heads[0].first)}
        lead = _run_on(tree, sums, range(heads[0].first - 1, holder.first - 1, -1), own)[::-1]
        runs = [[*lines, head.first] for head, lines in zip(heads, [lead, *inner], strict=True)]
        return [Found(tuple(run), tree.lines[run[0]].element, "form") for run in runs]
    tail = _run_on(tree, sums, range(heads[-1].last + 1, holder.last), kinds)
    lead = _run_on(tree, sums, range(heads[0].first - 1, holder.first - 1, -1), kinds)[::-1]
    if tail or heads[-1].is_open or not lead:
        runs = [
            [*range(head.first, head.last + 1), *lines]
            for head, lines in zip(heads, [*inner, tail], strict=True)
            if lines or head.is_open
        ]
    else:
        runs = [
            [*lines, *range(head.first, head.last + 1)]
            for head, lines in zip(heads, [lead, *inner], strict=True)
            if lines
        ]
    return [Found(tuple(run), tree.lines[run[0]].element, "form") for run in runs]


def _run_on(tree: Tree, sums: Measures, lines: range, kinds: set[tuple[str, str]]) -> list[int]:
    """Return the lines at the edge of a run of comments that are like those inside it."""
    found: list[int] = []
    for n in lines:
        if tree.lines[n].hidden or sums.marks[n] == "control":
            continue
        if sums.marks[n] in STOPS or _kind(tree, n) not in kinds:
            break
        found.append(n)
    return found


def weigh_form(tree: Tree, sums: Measures, form: Form) -> float:
    """Return how much a repeated form weighs for readers' comments; 3 and more is taken for them."""
    traits = describe_form(tree, sums, form)
    if not (traits["name and day"] or traits["heading"] or traits["buttons"]):
        return 0.0  # names alone open the turns of an interview, too
    weight = sum(WEIGHTS[name] * value for name, value in traits.items())
    if weight + WEIGHTS["voice"] * MOST_VOICE < NEEDED:
        return weight  # whatever the texts sound like
    bodies = [_body(tree, sums, unit, form.heads) for unit in form.units]
    return weight + WEIGHTS["voice"] * _mean_voice(tree, bodies)


def describe_form(tree: Tree, sums: Measures, form: Form) -> dict[str, float]:
    """Return the traits of a repeated form by their names, each 0 to 1; its voice is heard apart."""
    heads, units = form.heads, form.units
    names = {head.name for head in heads if head.name}
    count = len(heads)
    full = sum(bool(head.name) and head.dated for head in heads) / count
    texts = [_body(tree, sums, unit, heads) for unit in units]
    first = min(unit.lines[0] for unit in units)
    heading = _read_heading(tree, sums, first)
    return {
        "name and day": full if count > 1 else 0.5 * full,
        "name": sum(bool(head.name) for head in heads) / count - full,
        "different names": float(len(names) >= max(2, 0.5 * count)),
        "three or more": float(count > 2),
        "one name": float(count > 2 and len(names) < 2),
        "buttons": float(_share_with_buttons(sums, units) >= 0.5 and count > 1),
        "heading": float(heading == "marked"),
        "some heading": float(heading == "other"),
        "form behind": float(_has_form(sums, max(unit.lines[-1] for unit in units))),
        "linked titles": _share(any(_is_linked_title(tree, n) for n in lines) for lines in texts),
        "titles": _share(any(_is_title(tree, n) for n in lines) for lines in texts),
        "times of day": sum(head.timed for head in heads) / count,
        "no report above": float(sums.prose[first] == 0 and not _has_sentence(tree, first)),
        "whole page": float(_fills_page(tree, sums, units) and count > 2 and full >= MOSTLY),
        "live": float(_stands_in(tree, tree.lines[heads[0].first].element, ("live",))),
        "long": float(median(sum(tree.lines[n].words for n in lines) for lines in texts) > LONG),
    }


def _fills_page(tree: Tree, sums: Measures, units: Sequence[Found]) -> bool:
    """Whether hardly any text of a page stands beside the units: a thread of a forum."""
    said = [
        0 if line.linked else b - a for line, (a, b) in zip(tree.lines, pairwise(sums.words), strict=True)
    ]
    return sum(said[n] for unit in units for n in unit.lines) >= MOSTLY * sum(said)


def _share(flags: Iterable[bool]) -> float:
    return fmean(flags)


def _read_heading(tree: Tree, sums: Measures, first: int) -> str | None:
    """Return what stands over the first comment: `marked` for a heading of comments, `other`, or None."""
    over = [n for n in range(max(0, first - OVER), first) if not tree.lines[n].hidden]
    if any(sums.marks[n] in OVER_MARKS for n in over):
        return "marked"
    is_other = bool(over) and tree.elements[tree.lines[over[-1]].element].tag in HEADINGS
    return "other" if is_other else None


def _share_with_buttons(sums: Measures, units: Sequence[Found]) -> float:
    return _share(
        any(sums.marks[n] == "control" for n in (*unit.lines, unit.lines[-1] + 1) if n < len(sums.marks))
        for unit in units
    )


def _has_form(sums: Measures, last: int) -> bool:
    end = min(last + BEHIND, len(sums.fields) - 1)
    return sums.fields[end] > sums.fields[last] or "form" in sums.marks[last + 1 : end]


def _mean_voice(tree: Tree, texts: list[list[int]]) -> float:
    """Return how much texts sound like readers, from -1 to 1.2."""
    said = (" ".join(tree.lines[n].text for n in lines) for lines in texts)
    return max(-1.0, min(MOST_VOICE, fmean(weigh_voice(text) if text else 0.0 for text in said)))


def _is_linked_title(tree: Tree, n: int) -> bool:
    line = tree.lines[n]
    return line.words >= TITLED and line.linked > 0.8 * len(line.text)


def _is_title(tree: Tree, n: int) -> bool:
    line = tree.lines[n]
    return line.words >= TITLED and tree.elements[line.element].tag in SUBHEADS


def _has_sentence(tree: Tree, first: int) -> bool:
    """Whether a sentence that is no link stands over a line."""
    return any(
        line.words >= 8 and not line.hidden and line.linked < 0.5 * len(line.text)
        for line in tree.lines[:first]
    )


def _stands_in(tree: Tree, index: int, roles: Sequence[str]) -> bool:
    """Whether an element, or one around it, has one of these roles by its name, or is a frame by its tag."""
    while index >= 0:
        element = tree.elements[index]
        if element.tag in FRAMES and "aside" in roles:
            return True
        if element.tag not in ("body", "html") and not element.roles.isdisjoint(roles):
            return True
        index = element.up
    return False
