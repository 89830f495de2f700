from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.records import Block, Refusal
from onrecord.stages.page.find_article import find_article
from onrecord.stages.page.find_comments import find_comments, find_notice
from onrecord.stages.page.find_title import find_title, weigh_titles
from onrecord.stages.page.find_units import Found
from onrecord.stages.page.label_lines import label_lines
from onrecord.stages.page.measure_lines import Measures, measure_lines
from onrecord.stages.page.parse_html import Tree, parse_html
from onrecord.stages.page.read_author import read_author, read_time
from onrecord.stages.page.read_facts import NOTHING, Facts, read_facts
from onrecord.stages.page.thread_comments import thread_comments

GAP = "\n\n"
MOST_NOTES = 40
"""Hidden stretches of a page that are told apart; the rest is counted."""

QUOTED = 80


@dataclass(frozen=True, slots=True)
class Written:
    """A page taken apart: its text, the blocks that cover it, what its markup states, what was left out."""

    text: str
    blocks: tuple[Block, ...] = ()
    facts: Facts = NOTHING
    refused: tuple[Refusal, ...] = ()
    shown: int = 0
    """Words that a reader sees, those in links left out."""


@dataclass(slots=True)
class Writer:
    """Text that grows block by block, and where each line of the page went."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    places: dict[int, int] = field(default_factory=dict)
    """Of each line that was written, where it ends in the text."""

    def add(self, kind: str, tree: Tree, lines: Sequence[int], **more: str | int | None) -> None:
        """Write lines as one block."""
        self._push(GAP if self.pieces else "")
        start = self.length
        for n in lines:
            self._push("\n" if self.length > start else "")
            self._push(tree.lines[n].text)
            self.places[n] = self.length
        self.blocks.append(Block(kind, start, self.length, **more))  # type: ignore[arg-type]

    def add_title(self, title: str) -> None:
        """Write a title that the page states and does not show."""
        self._push(title)
        self.blocks.append(Block("title", 0, self.length, rule="stated"))

    def _push(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def write_page(html: str) -> Written:
    """Return the text of an HTML page, title, article and comments, as blocks in that order."""
    tree = parse_html(html)
    sums = measure_lines(tree)
    facts = read_facts(tree)
    comments = find_comments(tree, sums)
    taken = [False] * len(tree.lines)
    for comment in comments:
        for n in comment.lines:
            taken[n] = True
    titles = weigh_titles(tree, facts.title)
    article = find_article(tree, sums, taken, find_title(tree, titles, []))
    notice = [] if comments else find_notice(tree, sums, article)
    if notice:
        article = [n for n in article if n not in set(notice)]
    writer = Writer()
    title = find_title(tree, titles, article)
    if title is None and facts.title:
        writer.add_title(facts.title)
    _write_article(writer, tree, sums, article, title)
    if notice:
        writer.add("comment", tree, notice, rule="notice")
    _write_comments(writer, tree, sums, comments)
    text, blocks = "".join(writer.pieces), tuple(writer.blocks)
    return Written(text, blocks, facts, _note_hidden(tree, writer), _count_shown(tree))


def _count_shown(tree: Tree) -> int:
    lines = (line for line in tree.lines if not line.hidden)
    return round(sum(line.words * (1 - line.linked / len(line.text)) for line in lines))


def _write_article(writer: Writer, tree: Tree, sums: Measures, article: list[int], title: int | None) -> None:
    if title is not None and title not in article:
        writer.add("title", tree, [title])
    for n, kind in zip(article, label_lines(tree, sums, article), strict=True):
        writer.add("title" if n == title else kind, tree, [n])


def _write_comments(writer: Writer, tree: Tree, sums: Measures, comments: list[Found]) -> None:
    kept: list[tuple[Found, list[int]]] = []
    for comment in comments:
        lines = [n for n in comment.lines if sums.marks[n] != "control" and not tree.lines[n].hidden]
        if lines:
            kept.append((comment, lines))
    parents = thread_comments(tree, [comment.element for comment, _ in kept])
    base = len(writer.blocks)
    for (comment, lines), parent in zip(kept, parents, strict=True):
        writer.add(
            "comment",
            tree,
            lines,
            author=read_author(tree, sums, comment),
            published=read_time(tree, sums, comment),
            parent=None if parent is None else base + parent,
            rule=comment.rule,
        )


def _note_hidden(tree: Tree, writer: Writer) -> tuple[Refusal, ...]:
    """Return what was not written because no reader sees it, each at the place where it stood."""
    notes: list[Refusal] = []
    left, place, last = 0, 0, (-2, "")
    for n, line in enumerate(tree.lines):
        place = writer.places.get(n, place)
        if line.hidden is None:
            continue
        follows = last == (n - 1, line.hidden)
        last = (n, line.hidden)
        if follows:
            continue
        if len(notes) == MOST_NOTES:
            left += 1
            continue
        quote = line.text if len(line.text) <= QUOTED else line.text[:QUOTED] + "…"
        notes.append(Refusal((place, place), "page", f"hidden text ({line.hidden}): {quote}"))
    if left:
        notes.append(Refusal((place, place), "page", f"hidden text: {left} more stretches"))
    if tree.invisible:
        first = max((end for n, end in writer.places.items() if n <= min(tree.invisible)), default=0)
        reason = f"{sum(tree.invisible.values())} characters that show nothing; the first stood near here"
        notes.append(Refusal((first, first), "page", reason))
    if tree.silent:
        counted = ", ".join(f"{count} {tag}" for tag, count in sorted(tree.silent.items()))
        notes.append(Refusal((0, 0), "page", f"elements that are never shown as text: {counted}"))
    return tuple(notes)
