from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from onrecord.stages.page.bound_markup import bound_markup
from onrecord.stages.page.hide_text import find_hiding

BLOCK_TAGS = (
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre"
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


class Element:
    """An element of the page: where it stands in the tree and which lines it holds."""

    __slots__ = ("attributes", "depth", "end", "first", "hidden", "last", "names", "tag", "up")

    def __init__(self, tag: str, attributes: dict[str, str | None], up: int, depth: int, first: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.up = up
        """Index of the parent, -1 for the root."""
        self.depth = depth
        self.end = 0
        """Index of the first element that is not inside it any more."""
        self.first = first
        self.last = first
        """Lines `first` up to, not including, `last` are its own and its children's."""
        self.hidden: str | None = None
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}" if attributes else ""
        self.names = names.strip().lower()
        """Its class and id, as far as they can say what it is."""


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


@dataclass(frozen=True, slots=True)
class Tree:
    """A page as elements and lines, both in document order."""

    elements: list[Element]
    lines: list[Line]
    facts: list[Fact]
    fields: list[int]
    """For each field that readers can fill in, the line that follows it or that it stands in."""
    silent: dict[str, int]
    """How many elements of each kind that no reader sees hold text: scripts, styles, templates."""


def parse_html(html: str) -> Tree:
    """Return the elements and lines of a page; hidden ones are marked, not left out."""
    return _Walk(LexborHTMLParser(bound_markup(html))).tree()


class _Walk:
    """One pass over the parsed document, in document order, without recursion."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self._root = parser.root
        self._elements: list[Element] = []
        self._lines: list[Line] = []
        self._facts: list[Fact] = []
        self._fields: list[int] = []
        self._silent: dict[str, int] = {}
        self._runs: list[tuple[int, str, bool]] = []
        self._block = 0
        self._links = 0
        self._hidden: str | None = None
        self._open: list[tuple[int, int, str | None, list[tuple[int, str, bool]] | None]] = []
        """Of each open element: index, block around it, what hid it before, and the line it interrupts."""

    def tree(self) -> Tree:
        """Return the whole tree."""
        node: Any = self._root
        while node is not None:
            tag = node.tag
            if tag == "-text":
                text = node.text_content
                if text:
                    self._runs.append((self._open[-1][0] if self._open else 0, text, self._links > 0))
            elif tag in FACTS:
                self._note_fact(node, tag)
            elif tag in FIELDS:
                if (node.attributes.get("type") or "text").lower() not in BUTTONS:
                    self._fields.append(len(self._lines))
            elif tag in SILENT:
                self._silent[tag] = self._silent.get(tag, 0) + 1
            elif tag and tag[0] not in "-!_#":
                self._enter(tag, node.attributes)
                child = node.first_child
                if child is not None:
                    node = child
                    continue
                self._leave()
            while node is not None and (after := node.next) is None:
                node = node.parent
                if node is None or not self._open:
                    node = None
                    break
                self._leave()
            else:
                node = after if node is not None else None
        while self._open:
            self._leave()
        return Tree(self._elements, self._lines, self._facts, self._fields, self._silent)

    def _note_fact(self, node: Any, tag: str) -> None:
        attributes = node.attributes
        is_data = tag == "script" and "ld+json" in (attributes.get("type") or "").lower()
        if is_data or tag != "script":
            self._facts.append(Fact(tag, attributes, node.text() if tag in ("title", "script") else ""))
        elif node.first_child is not None:
            self._silent[tag] = self._silent.get(tag, 0) + 1

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        index = len(self._elements)
        hides = find_hiding(attributes) if attributes and not self._hidden else None
        is_block = tag in BLOCKS
        if is_block:
            self._flush()
        element = Element(
            tag, attributes, self._open[-1][0] if self._open else -1, len(self._open), len(self._lines)
        )
        saved = None
        if hides and not is_block:
            saved, self._runs = self._runs, []
        self._elements.append(element)
        self._open.append((index, self._block, self._hidden, saved))
        self._hidden = self._hidden or hides
        element.hidden = self._hidden
        if is_block:
            self._block = index
        if tag == "a":
            self._links += 1

    def _leave(self) -> None:
        index, block, hidden, saved = self._open.pop()
        element = self._elements[index]
        if element.tag in BLOCKS or saved is not None:
            self._flush()
        if saved is not None:
            self._runs = saved
        self._block, self._hidden = block, hidden
        if element.tag == "a":
            self._links -= 1
        element.end = len(self._elements)
        element.last = len(self._lines)

    def _flush(self) -> None:
        """Close the line that is open, if it holds more than blanks."""
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        text = " ".join("".join([run[1] for run in runs]).split())
        if text:
            linked = sum(len(run[1].strip()) for run in runs if run[2])
            line = Line(self._block, text, min(linked, len(text)), [run[:2] for run in runs])
            line.hidden = self._hidden
            self._lines.append(line)
