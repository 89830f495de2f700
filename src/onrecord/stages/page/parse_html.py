from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from onrecord.stages.page.bound_markup import bound_markup
from onrecord.stages.page.hide_text import HIDING, drop_invisible, find_hiding
from onrecord.stages.page.read_cues import read_cues

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
INLINE, BLOCK, BREAK, ASIDE, TEXT, NOTHING = range(6)
WAYS = {
    "-text": TEXT,
    **dict.fromkeys(("-comment", "-doctype", "-document", "-undef"), NOTHING),
    **dict.fromkeys(BLOCKS, BLOCK),
    **dict.fromkeys(BREAKS, BREAK),
    **dict.fromkeys(APART, ASIDE),
}
"""What a node does to the line that is open; all other elements are inline."""

NOTED = frozenset(("nav", "footer", "aside", "form", "button", "article", "main", "header", "table"))
"""Elements that say by their tag what stands in them."""
STATES = frozenset(("itemprop", "itemtype", "pubdate"))
SPECIAL = HIDING | STATES
"""Attributes that an element is looked at again for."""
PRESSED = frozenset(("a", "button"))
INDEXES = frozenset(("sub", "sup"))
ENDS = frozenset(".!?")

Run = tuple[int, str]
"""A piece of text as it stands in the page, and the element it stands in."""

Saved = tuple[list[Run], int]
"""A line that a hidden element interrupts: its runs, and how many of its characters are links."""

Open = tuple[Any, int, int, bool, Saved | None, bool]
"""A node and what was around it when it was opened: element, block, whether it is a block itself, the line
that it interrupts, whether it is a link."""

NAMELESS: tuple[str, frozenset[str]] = ("", frozenset())


@lru_cache(maxsize=50_000)
def name_element(kind: str | None, ident: str | None) -> tuple[str, frozenset[str]]:
    """Return an element's class and id in lower case, joined by a blank, and the roles that they give it."""
    names = f"{kind or ''} {ident or ''}".strip().lower()
    return names, read_cues(names)


class Element:
    """An element of the page: where it stands in the tree, which lines it holds, and its roles."""

    __slots__ = ("attributes", "end", "first", "last", "names", "roles", "tag", "up")

    end: int
    """Index of the first element that is not inside it any more."""
    last: int
    """Lines `first` up to, not including, `last` are its own and its children's."""

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str | None],
        named: tuple[str, frozenset[str]],
        up: int,
        first: int,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.names, self.roles = named
        self.up = up
        """Index of the parent, -1 for the root."""
        self.first = first


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


class Fact(NamedTuple):
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
    noted: list[int]
    """Elements with a role by class or id, with microdata, or whose tag says what stands in them."""
    stated: list[int]
    """Those of them with microdata or a day of publication."""


def span_lines(tree: Tree, index: int) -> Sequence[int]:
    """Return the lines whose block is an element, or inside it; an inline element may hold others, too."""
    element = tree.elements[index]
    inside = range(element.first, element.last)
    if element.tag in BLOCKS:
        return inside
    return [n for n in inside if tree.lines[n].element >= index]


def mark_lines(tree: Tree, is_marked: Callable[[Element], bool]) -> list[bool]:
    """Return for each line whether it stands in an element that a test accepts, of those noted."""
    marked = [False] * len(tree.lines)
    until = 0
    for i in tree.noted:
        if i >= until and is_marked(tree.elements[i]):
            for n in span_lines(tree, i):
                marked[n] = True
            until = tree.elements[i].end
    return marked


def part_neighbours(runs: list[Run], block: int, elements: list[Element]) -> None:
    """Put a blank between two inline elements side by side whose words are set apart by their style alone.

    `2022</span><span>Research` and `by</span><a>Willa` are told by the capital behind a small letter,
    `Ann</a><span>3 hours ago` by the figure behind a letter, `Ann L.</b><i>3 hours ago` by that behind an
    initial, and what stands beside a <time>, or in two links side by side, by that.
    """
    for k in range(1, len(runs)):
        (left, before), (right, after) = runs[k - 1], runs[k]
        if left in (right, block) or right == block:
            continue
        first, last = after[:1], before[-1:]
        if (first.isupper() and (last.isdigit() or last.islower() or last in ENDS)) or (
            (first.isdigit() and last.isalpha() and _are_apart(elements, left, right))
            or (first.isdigit() and last == "." and before[-2:-1].isalpha())
            or (
                first.isalnum()
                and last.isalnum()
                and ("time" in (elements[left].tag, elements[right].tag) or _are_links(elements, left, right))
            )
        ):
            runs[k] = (right, " " + after)


def _are_links(elements: list[Element], left: int, right: int) -> bool:
    """Whether two elements are links, or buttons, side by side: one link broken in two has one address."""
    one, other = elements[left], elements[right]
    if one.tag != other.tag or one.tag not in PRESSED or one.up != other.up:
        return False
    address = one.attributes.get("href")
    return not address or address != other.attributes.get("href")


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
    return Tree(
        walk.elements,
        walk.lines,
        walk.facts,
        walk.fields,
        walk.invisible,
        walk.silent,
        walk.noted,
        walk.stated,
    )


class _Walk:
    """One pass over the parsed document, in document order, without recursion."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.lines: list[Line] = []
        self.facts: list[Fact] = []
        self.fields: list[int] = []
        self.invisible: dict[int, int] = {}
        self.silent: dict[str, int] = {}
        self.noted: list[int] = []
        self.stated: list[int] = []
        self._open: list[Open] = []
        self._owner = self._block = -1
        """The innermost open element, and the innermost one that is a block."""
        self._links = 0
        """Open links."""
        self._runs: list[Run] = []
        self._linked = 0
        """Characters of the open line that are links."""
        self._hidden: str | None = None

    def run(self, node: Any) -> None:
        """Read a document from its root, every node once."""
        open_ = self._open
        while node is not None:
            tag = node.tag
            way = WAYS.get(tag, INLINE)
            if way == TEXT:
                text = node.text_content
                if text and not text.isspace():
                    self._runs.append((self._owner, text))
                    if self._links:
                        self._linked += len(text)
                elif text and self._runs:
                    self._runs.append((self._owner, " "))
            elif way <= BLOCK:
                self._begin(node, tag, way == BLOCK)
                child = node.first_child
                if child is not None:
                    node = child
                    continue
                self._end()
            elif way == BREAK:
                self._flush()
            elif way == ASIDE:
                self._note(node, tag)
            after = node.next
            while after is None and open_:
                node = open_[-1][0]
                self._end()
                after = node.next
            node = after

    def _begin(self, node: Any, tag: str, is_block: bool) -> None:
        """Open an element."""
        if is_block and self._runs:
            self._flush()
        attributes = node.attributes
        named, saved, index = NAMELESS, None, len(self.elements)
        if attributes:
            kind, ident = attributes.get("class"), attributes.get("id")
            if kind or ident:
                named = name_element(kind, ident)
            if not SPECIAL.isdisjoint(attributes):
                saved = self._hide(attributes, is_block)
                if not STATES.isdisjoint(attributes):
                    self.stated.append(index)
        if named[1] or tag in NOTED or (self.stated and self.stated[-1] == index):
            self.noted.append(index)
        is_link = tag == "a"
        self._links += is_link
        self._open.append((node, self._owner, self._block, is_block, saved, is_link))
        self.elements.append(Element(tag, attributes, named, self._owner, len(self.lines)))
        self._owner = index
        if is_block:
            self._block = index

    def _end(self) -> None:
        """Close the innermost open element."""
        element = self.elements[self._owner]
        _, self._owner, outer, is_block, saved, is_link = self._open.pop()
        if self._runs and (is_block or saved):
            self._flush()
        if saved:
            self._unhide(saved)
        self._links -= is_link
        self._block = outer
        element.end, element.last = len(self.elements), len(self.lines)

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

    def _flush(self) -> None:
        """Close the line that is open, if it holds more than blanks."""
        runs, block = self._runs, self._block
        if not runs:
            return
        if len(runs) > 1:
            part_neighbours(runs, block, self.elements)
            text = "".join([run[1] for run in runs]).strip()
        else:
            text = runs[0][1].strip()
        if "  " in text or not text.isprintable():  # most lines hold single blanks, and no other space
            text, dropped = drop_invisible(" ".join(text.split()))
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
