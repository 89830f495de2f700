"""Markup that a parser would need minutes or gigabytes for, written again so that it needs neither.

HTML parsers compare each attribute of a tag with those before it, walk up all open elements for many
tags, and open unclosed formatting again in every paragraph: 500,000 attributes, 100,000 nested elements
or 3,000 unclosed <font> in 100 KB cost 40 minutes, a minute, and 2 GB. What is written here has at most
so many attributes and open elements, and closes what it opens, so that none of this can happen.
"""

from __future__ import annotations

import re

MOST_TAGS = 20_000
"""Up to so many tags nesting costs less than two seconds."""
MOST_BYTES, MOST_NAMES = 100_000, 25_000
"""A page that is shorter, or has fewer different words and quotes, cannot have more attributes in a tag
than can be compared in seven seconds."""
MOST_CLONES = 5_000_000
"""Formatting tags times all tags, up to which opening them again costs less than 300 MB."""
MOST_OPTIONS = 2000
"""A parser looks through all options of a list for each new one."""
MOST_OPEN = 400
"""Elements open at once; the deepest page of the development sets has 60."""
MOST_ATTRIBUTES = 100
FAR = 500
"""Open elements that are looked through for the one that an end tag closes."""

FORMATS_TAGS = "a b big code em font i nobr s small strike strong tt u"
FORMATS = frozenset(FORMATS_TAGS.split())
FORMAT_TAG = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
OPTION_TAG = re.compile(r"<option(?=[\s/>])", re.IGNORECASE)
VOID_TAGS = "area base br col embed hr img input keygen link meta param source track wbr"
VOID = frozenset(VOID_TAGS.split())
RAW_TAGS = "script style xmp iframe noembed noframes title textarea"
RAW = frozenset(RAW_TAGS.split())
"""Elements whose content is text up to their end tag, whatever it looks like."""
WALLS_TAGS = "table td th caption button template svg math object marquee"
WALLS = frozenset(WALLS_TAGS.split())
"""An end tag closes nothing outside these, but themselves."""
TABLE_TAGS = "table thead tbody tfoot tr td th caption"
TABLE = frozenset(TABLE_TAGS.split())
PARAGRAPH_ENDS = (
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr main menu nav ol p pre section summary ul"
)
CLOSES: dict[str, frozenset[str]] = {
    **dict.fromkeys(PARAGRAPH_ENDS.split(), frozenset(("p",))),
    "li": frozenset(("li", "p")),
    "dt": frozenset(("dt", "dd", "p")),
    "dd": frozenset(("dt", "dd", "p")),
    "td": frozenset(("td", "th", "p")),
    "th": frozenset(("td", "th", "p")),
    "tr": frozenset(("tr", "td", "th", "p")),
    "tbody": frozenset(("tbody", "thead", "tfoot", "tr", "td", "th", "p")),
    "option": frozenset(("option",)),
}
"""What a start tag ends that was left open: a paragraph by a paragraph, a cell by a cell."""

ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"  # class
    r"(?:\s*=\s*+(?:\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?"  # ="x"
)
TAG_END = re.compile(r"[\s/]*+>")
NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
ODD = re.compile(r"[\"'<=]")
"""Letters that are no part of the name of an attribute that is kept."""


def bound_markup(html: str) -> str:
    """Return a page as it is, or written again with bounded depth and attributes if it could be a bomb."""
    return html if is_bounded(html) else _Writer(html).write()


def is_bounded(html: str) -> bool:
    """Return whether a page cannot cost a parser more than seconds, whatever its markup is."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        return False
    if tags * tags > MOST_CLONES:
        starts = tags - html.count("</")
        if starts * tags > MOST_CLONES and len(FORMAT_TAG.findall(html)) * tags > MOST_CLONES:
            return False
    if tags > MOST_OPTIONS and len(OPTION_TAG.findall(html)) > MOST_OPTIONS:
        return False
    if len(html) <= MOST_BYTES:
        return True
    # an attribute begins behind a blank, a slash, or the quote that ends the one before it
    quotes = html.count('"') + html.count("'")
    if quotes + sum(map(html.count, " \t\n\r\f/")) <= MOST_NAMES:
        return True
    return quotes + len(set(html.replace("/", " ").split())) <= MOST_NAMES


class _Writer:
    """One pass over a page; what it writes holds no tag but those it chose."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._out: list[str] = []
        self._open: list[str] = []
        self._counts: dict[str, int] = {}

    def write(self) -> str:
        """Return the page with bounded markup; its text stays the same."""
        html, at = self._html, 0
        if re.match(r"\s*+(?:<!--.{0,5000}?-->\s*+)?<!doctype", html, re.IGNORECASE | re.DOTALL):
            self._out.append("<!doctype html>")
        while (start := html.find("<", at)) >= 0:
            self._out.append(html[at:start])
            at = self._take(start)
        self._out.append(html[at:])
        return "".join(self._out)

    def _take(self, start: int) -> int:
        """Write what begins with a `<`, and return where it ends."""
        html = self._html
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            return end + 3 if end >= 0 else len(html)
        found = NAME.match(html, start)
        if found is None:
            if html[start + 1 : start + 2] in ("!", "?", "/"):
                end = html.find(">", start)
                return end + 1 if end >= 0 else len(html)
            self._out.append("&lt;")
            return start + 1
        attributes, at = self._read_attributes(found.end())
        name = found[1].lower()
        if at < 0:
            return len(html)  # the page ends in a tag
        if not PLAIN_NAME.fullmatch(name):
            return at
        if html[start + 1] == "/":
            self._end(name)
            return at
        return self._start(name, attributes, at)

    def _read_attributes(self, at: int) -> tuple[str, int]:
        """Return the first attributes as they are to be written, and where the tag ends, -1 if nowhere."""
        kept: list[str] = []
        while found := ATTRIBUTE.match(self._html, at):
            at = found.end()
            if len(kept) < MOST_ATTRIBUTES and not ODD.search(found["name"]):
                value = found["double"] or found["single"] or found["bare"]
                quoted = (value or "").replace('"', "&quot;")
                kept.append(f' {found["name"]}="{quoted}"' if value is not None else f" {found['name']}")
        end = TAG_END.match(self._html, at)
        return "".join(kept), end.end() if end else -1

    def _start(self, name: str, attributes: str, at: int) -> int:
        if name in ("html", "head", "body") and self._counts.setdefault(f"<{name}", 0):
            return at
        if name in ("html", "head", "body"):
            self._counts[f"<{name}"] = 1
            self._out.append(f"<{name}{attributes}>")
            return at
        if name in RAW:
            return self._copy_raw(name, attributes, at)
        if name == "option":
            self._counts["<option"] = self._counts.get("<option", 0) + 1
            if self._counts["<option"] > MOST_OPTIONS:
                return at
        if name in VOID:
            self._out.append(f"<{name}{attributes}>")
            return at
        self._close_open(name)
        if len(self._open) < MOST_OPEN:
            self._out.append(f"<{name}{attributes}>")
        elif name not in FORMATS and name != "span":
            self._out.append("<br>")  # what is too deep to stand in an element still begins a line
        self._open.append(name)
        self._counts[name] = self._counts.get(name, 0) + 1
        return at

    def _copy_raw(self, name: str, attributes: str, at: int) -> int:
        """Write an element of raw text, in which no tag can begin, and return where it ends."""
        end = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(self._html, at)
        content = self._html[at : end.start() if end else len(self._html)]
        content = content.replace("<", "&lt;" if name in ("title", "textarea") else " ")
        self._out.append(f"<{name}{attributes}>{content}</{name}>")
        if end is None:
            return len(self._html)
        close = self._html.find(">", end.start())
        return close + 1 if close >= 0 else len(self._html)

    def _close_open(self, name: str) -> None:
        """Close what a start tag ends, with the formatting that stands open in it."""
        closes = CLOSES.get(name)
        while closes and self._open:
            depth = len(self._open)
            while depth and self._open[depth - 1] in FORMATS and len(self._open) - depth < 20:
                depth -= 1
            if not depth or self._open[depth - 1] not in closes:
                return
            self._pop_to(depth)
            self._pop(is_written=False)

    def _end(self, name: str) -> None:
        """Close the element that an end tag means, and all in it; without one the tag is left out."""
        if not self._counts.get(name):
            return
        for depth in range(len(self._open), max(0, len(self._open) - FAR), -1):
            held = self._open[depth - 1]
            if held == name:
                self._pop_to(depth - 1)
                return
            if held in WALLS and not (name in TABLE and held in TABLE):
                return

    def _pop_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._pop()

    def _pop(self, is_written: bool = True) -> None:
        name = self._open.pop()
        self._counts[name] -= 1
        if is_written and len(self._open) < MOST_OPEN:
            self._out.append(f"</{name}>")
