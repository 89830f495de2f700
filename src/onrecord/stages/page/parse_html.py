from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from onrecord.stages.page.bound_markup import bound_markup
from onrecord.stages.page.hide_text import drop_invisible, find_hiding

BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(BLOCK_TAGS.split())
"""Elements that begin and end a line of text."""

FACTS = frozenset(("meta", "link", "title", "script"))

FIELDS = frozenset(("input", "textarea", "select"))
BUTTONS = frozenset(("hidden", "submit", "button", "image", "reset", "search"))

SILENT_TAGS = (
    "style noscript template svg math iframe object embed canvas map option"
    " audio video applet noframes noembed base"
)
SILENT = frozenset(SILENT_TAGS.split())
"""Elements whose text no reader of the page sees as text."""


VOID_TAGS = "img wbr col area param source track embed input keygen frame basefont bgsound"
APART = SILENT | FACTS | FIELDS | frozenset(VOID_TAGS.split())
"""Elements that neither hold nor break a line of text."""

BREAKS = frozenset(("br", "hr"))
INDEXES = frozenset(("sub", "sup"))
ENDS = frozenset(".!?")

Run = tuple[int, str]
"""A piece of text as it stands in the page, and the element it stands in."""

Saved = tuple[list[Run], int]
"""A line that a hidden element interrupts: its runs, and how many of its characters are links."""

Open = tuple[Any, int, int, bool, Saved | None, bool]
"""A node and what was around it when it was opened: element, block, whether it is a block itself, the line
that it interrupts, whether it is a link."""


class Element:
    """An element of the page: where it stands in the tree and which lines it holds."""

    __slots__ = ("attributes", "end", "first", "last", "names", "tag", "up")

    end: int
    """Index of the first element that is not inside it any more."""
    last: int
    """Lines `first` up to, not including, `last` are its own and its children's."""

    def __init__(self, tag: str, attributes: dict[str, str | None], up: int, first: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.up = up
        """Index of the parent, -1 for the root."""
        self.first = first
        self.names = ""
        """Its class and id, in lower case."""
        if attributes:
            kind, name = attributes.get("class"), attributes.get("id")
            if kind or name:
                self.names = f"{kind or ''} {name or ''}".strip().lower()


class Line:
    """A line of text as a reader sees it, between two edges of block elements."""

    __slots__ = ("element", "hidden", "linked", "runs", "text", "words")

    def __init__(self, element: int, text: str, linked: int, runs: list[tuple[int, str]]) -> None:
        self.element = element
        """Index of the innermost block element."""
        self.text = text
        self.words = text.count(" ") + 1
        self.linked = linked
        """Characters of it that are links."""
        self.runs = runs
        """Its pieces as they stand in the page, each with the element it stands in."""
        self.hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What an element says to programs: a meta or link element, the title, a script of data."""

    tag: str
    attributes: dict[str, str | None]
    text: str
    line: int
    """Index of the line that follows it, or that it stands in."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A page as elements and lines, both in document order."""

    elements: list[Element]
    lines: list[Line]
    facts: list[Fact]
    fields: list[int]
    """For each field that readers can fill in, the line that follows it or that it stands in."""
    invisible: dict[int, int]
    """For each line that held characters that show nothing, how many were dropped."""
    silent: dict[str, int]
    """How many elements of each kind that no reader sees hold text: scripts, styles, templates."""


def part_neighbours(runs: list[Run], block: int, elements: list[Element]) -> None:
    """Put a blank between two inline elements side by side whose words are set apart by their style alone.

    `2022</span><span>Research` and `by</span><a>Willa` are told by the capital behind a small letter,
    `Ann</a><span>3 hours ago` by the figure behind a letter, and what stands beside a <time> by that.
    """
    for k in range(1, len(runs)):
        (left, before), (right, after) = runs[k - 1], runs[k]
        if left in (right, block) or right == block:
            continue
        first, last = after[:1], before[-1:]
        if (first.isupper() and (last.isdigit() or last.islower() or last in ENDS)) or (
            (first.isdigit() and last.isalpha() and _are_apart(elements, left, right))
            or (first.isalnum() and last.isalnum() and "time" in (elements[left].tag, elements[right].tag))
        ):
            runs[k] = (right, " " + after)


def _are_apart(elements: list[Element], left: int, right: int) -> bool:
    """Whether neither of two elements holds the other, and the right one is no index: CO<sub>2</sub>."""
    if elements[right].tag in INDEXES:
        return False
    index = right
    while index > left:
        index = elements[index].up
    return index != left


def parse_html(html: str) -> Tree:
    """Return the elements and lines of a page; hidden ones are marked, not left out."""
    walk = _Walk()
    walk.run(LexborHTMLParser(bound_markup(html)).root)
    return Tree(walk.elements, walk.lines, walk.facts, walk.fields, walk.invisible, walk.silent)


class _Walk:
    """One pass over the parsed document, in document order, without recursion."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.lines: list[Line] = []
        self.facts: list[Fact] = []
        self.fields: list[int] = []
        self.invisible: dict[int, int] = {}
        self.silent: dict[str, int] = {}
        self._runs: list[Run] = []
        self._linked = 0
        """Characters of the open line that are links."""
        self._hidden: str | None = None

    def run(self, node: Any) -> None:
        """Read a document from its root: one loop with few calls, for it goes through every node."""
        elements, lines = self.elements, self.lines
        open_: list[Open] = []
        owner, block, links = -1, 0, 0
        while node is not None:
            tag = node.tag
            is_open = False
            if tag == "-text":
                self._add(node.text_content, owner, links > 0)
            elif tag in BREAKS:
                self._end_line(block)
            elif tag in APART:
                self._note(node, tag)
            elif tag and tag[0] not in "-!_#":
                is_open, is_block = True, tag in BLOCKS
                if is_block and self._runs:
                    self._flush(block)
                attributes = node.attributes
                saved = self._hide(attributes, is_block) if attributes else None
                open_.append((node, owner, block, is_block, saved, tag == "a"))
                if tag == "a":
                    links += 1
                elements.append(Element(tag, attributes, owner, len(lines)))
                owner = len(elements) - 1
                if is_block:
                    block = owner
                child = node.first_child
                if child is not None:
                    node = child
                    continue
            while node is not None:  # close what ends here
                if is_open:
                    element = elements[owner]
                    _, owner, outer, is_block, saved, is_link = open_.pop()
                    if self._runs and (is_block or saved):
                        self._flush(block)
                    if saved:
                        self._unhide(saved)
                    links -= is_link
                    block = outer
                    element.end, element.last = len(elements), len(lines)
                after = node.next
                if after is not None:
                    node = after
                    break
                node, is_open = (open_[-1][0], True) if open_ else (None, False)

    def _add(self, text: str | None, owner: int, is_linked: bool) -> None:
        """Put a piece of text to the line that is open; blanks open none."""
        if text and not text.isspace():
            self._runs.append((owner, text))
            if is_linked:
                self._linked += len(text)
        elif text and self._runs:
            self._runs.append((owner, " "))

    def _end_line(self, block: int) -> None:
        if self._runs:
            self._flush(block)

    def _hide(self, attributes: dict[str, str | None], is_block: bool) -> Saved | None:
        """Note that an element is hidden; returns what to go on with behind it, None if it is seen."""
        hides = None if self._hidden else find_hiding(attributes)
        if not hides:
            return None
        self._hidden = hides
        if is_block:
            return [], 0
        saved = (self._runs, self._linked)
        self._runs, self._linked = [], 0
        return saved

    def _unhide(self, saved: Saved) -> None:
        self._hidden = None
        self._runs, self._linked = saved

    def _flush(self, block: int) -> None:
        """Close the line that is open, if it holds more than blanks."""
        runs = self._runs
        if len(runs) > 1:
            part_neighbours(runs, block, self.elements)
            text = " ".join("".join([run[1] for run in runs]).split())
        else:
            text = " ".join(runs[0][1].split())
        if not text.isprintable():
            text, dropped = drop_invisible(text)
            text = text.strip()
            if dropped:
                self.invisible[len(self.lines)] = dropped
        if text:
            line = Line(block, text, min(self._linked, len(text)), runs)
            line.hidden = self._hidden
            self.lines.append(line)
        self._runs, self._linked = [], 0

    def _note(self, node: Any, tag: str) -> None:
        """Note an element that is read apart from the text: facts, fields, and what no reader sees."""
        if tag in FIELDS:
            if (node.attributes.get("type") or "text").lower() not in BUTTONS:
                self.fields.append(len(self.lines))
        elif tag in FACTS:
            attributes = node.attributes
            is_data = tag == "script" and "ld+json" in (attributes.get("type") or "").lower()
            if is_data or tag != "script":
                self.facts.append(
                    Fact(tag, attributes, node.text() if tag in ("title", "script") else "", len(self.lines))
                )
            elif node.first_child is not None:
                self.silent[tag] = self.silent.get(tag, 0) + 1
        elif tag in SILENT:
            self.silent[tag] = self.silent.get(tag, 0) + 1
