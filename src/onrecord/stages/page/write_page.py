from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.dates import strip_dates
from onrecord.records import Block, Refusal
from onrecord.stages.page.date_page import date_page, puts_day_first
from onrecord.stages.page.find_article import find_article
from onrecord.stages.page.find_comment_elements import Found
from onrecord.stages.page.find_comments import find_comments, find_notice
from onrecord.stages.page.find_credits import TOP, find_credits, find_entries
from onrecord.stages.page.find_tables import find_tables
from onrecord.stages.page.find_title import find_title, name_page, weigh_titles
from onrecord.stages.page.label_lines import label_lines
from onrecord.stages.page.measure_lines import Measures, measure_lines
from onrecord.stages.page.note_left import note_left
from onrecord.stages.page.parse_html import Tree, parse_html
from onrecord.stages.page.read_author import read_author, read_line_time, read_time
from onrecord.stages.page.read_facts import NOTHING, Facts, read_facts
from onrecord.stages.page.thread_comments import thread_comments

GAP = "\n\n"
MOST_NOTES = 40
"""Hidden stretches of a page, and doubled comments, that are told apart; the rest is counted."""

QUOTED = 80
HEAD_RULE = "comment-header"
FEW = 3
"""Comments from which their form tells heads from what is said."""
HEAD_REST = 2
"""Words that a bare head can hold besides a name and a date: says, wrote on."""
HEAD_SHARE = 3
"""Words of a comment's head for each word of the comment, from which the head stands apart."""
TWICE = 8
"""Words from which a comment that stands on the page again is the same one, laid out a second time."""

Shown = tuple[Found, list[int], str | None, str | None]
"""A comment, the lines of it that are shown, its author, its time."""


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
    comments = find_comments(tree, sums)
    taken = [False] * len(tree.lines)
    for comment in comments:
        for n in comment.lines:
            taken[n] = True
    facts = read_facts(tree, taken)
    titles = weigh_titles(tree, facts.title)
    tables = find_tables(tree, sums)
    article = find_article(tree, sums, taken, find_title(tree, titles, []), tables)
    notice = [] if comments else find_notice(tree, sums, article)
    if notice:
        article = [n for n in article if n not in set(notice)]
    writer = Writer()
    title = find_title(tree, titles, article)
    if title is None and facts.title:
        writer.add_title(facts.title)
    credits = find_credits(tree, sums, title, article, taken)
    entries = find_entries(tree, article, credits)
    day_first = puts_day_first(tree)
    kinds = _label_article(tree, sums, _drop_doubles(tree, article), credits, tables)
    signed = [n for n in article[:TOP] if kinds.get(n) in ("byline", "dateline") and n not in credits]
    facts = date_page(tree, facts, [*credits, *signed, *entries], day_first)
    _write_article(writer, tree, sums, kinds, title, entries)
    if notice:
        writer.add("comment", tree, notice, rule="notice")
    shown, doubles = _part_doubles(tree, sums, comments, day_first)
    _write_comments(writer, tree, sums, shown)
    told = frozenset(n for _, lines, *_ in doubles for n in lines)
    written = frozenset(tree.lines[n].text for n in writer.places)
    left = note_left(tree, sums, writer.places, written, told)
    notes = (*_note_hidden(tree, writer), *_note_doubles(tree, writer, doubles), *left)
    shown_title = tree.lines[title].text if title is not None else None
    facts = replace(facts, title=name_page(facts.title, shown_title, facts.publisher))
    text, blocks = "".join(writer.pieces), tuple(writer.blocks)
    return Written(text, blocks, facts, notes, _count_shown(tree))


def _count_shown(tree: Tree) -> int:
    lines = (line for line in tree.lines if not line.hidden)
    return round(sum(line.words * (1 - line.linked / len(line.text)) for line in lines))


def _label_article(
    tree: Tree, sums: Measures, article: list[int], credits: dict[int, str], tables: frozenset[int]
) -> dict[int, str]:
    """Return the kind of each line of the article and of those that say who wrote it and when."""
    kinds = dict(zip(article, label_lines(tree, sums, article), strict=True)) | credits
    return kinds | {n: "other" for n in article if n in tables and kinds[n] == "paragraph"}


def _write_article(
    writer: Writer, tree: Tree, sums: Measures, kinds: dict[int, str], title: int | None, entries: list[int]
) -> None:
    """Write the title and the lines of the article; entries of a live report are dated."""
    if title is not None and title not in kinds:
        writer.add("title", tree, [title])
    published: str | None = None
    for n in sorted(kinds):
        if n in entries:
            published = read_line_time(tree, sums, n) or published
        kind = "title" if n == title else "byline" if n in entries else kinds[n]
        writer.add(kind, tree, [n], published=published)


def _drop_doubles(tree: Tree, article: list[int]) -> list[int]:
    """Return the lines of an article without those that repeat a whole sentence, laid out once more."""
    seen: set[str] = set()
    kept = []
    for n in article:
        line = tree.lines[n]
        if line.words < TWICE or line.text not in seen:
            kept.append(n)
        seen.add(line.text)
    return kept


def _write_comments(writer: Writer, tree: Tree, sums: Measures, shown: list[Shown]) -> None:
    """Write the comments, and the heads that stand apart from them as blocks of their own."""
    parts_heads = len(shown) >= FEW  # the head of a lone comment is what shows that it is one
    pieces = [
        _part_head(tree, sums, lines, author) if parts_heads else [("comment", lines)]
        for _, lines, author, _ in shown
    ]
    places: list[int] = []
    written = len(writer.blocks)
    for runs in pieces:
        places.append(written + next(k for k, (kind, _) in enumerate(runs) if kind == "comment"))
        written += len(runs)
    parents = thread_comments(tree, [comment.element for comment, *_ in shown])
    for (comment, _, author, published), runs, parent in zip(shown, pieces, parents, strict=True):
        for kind, lines in runs:
            if kind == "other":
                writer.add(kind, tree, lines, rule=HEAD_RULE)
                continue
            writer.add(
                kind,
                tree,
                lines,
                author=author,
                published=published,
                parent=None if parent is None else places[parent],
                rule=comment.rule,
            )


def _part_head(
    tree: Tree, sums: Measures, lines: list[int], author: str | None
) -> list[tuple[str, list[int]]]:
    """Return the lines of a comment as runs of `other` and `comment`.

    The head stands apart only where it is so much longer than what is said that its name and date would
    pass for the comment's words: `Agreed.` under a line of name, day and hour.
    """
    heads = {n for n in lines if sums.is_head[n] and _is_bare_head(tree.lines[n].text, author)}
    said = [n for n in lines if n not in heads]
    outer = said and [n for n in lines if n < said[0] or n > said[-1]]
    words = sum(tree.lines[n].words for n in said)
    if not outer or sum(tree.lines[n].words for n in outer) <= HEAD_SHARE * words:
        return [("comment", lines)]
    inner = [n for n in lines if said[0] <= n <= said[-1]]
    runs = [("other", [n for n in outer if n < said[0]]), ("comment", inner)]
    runs.append(("other", [n for n in outer if n > said[-1]]))
    return [(kind, run) for kind, run in runs if run]


def _is_bare_head(text: str, author: str | None) -> bool:
    """Whether a line holds a name and a date, and hardly a word besides: 'Ann Lee says:'."""
    rest = strip_dates(text)
    rest = text if rest is None else rest
    if author and author in rest:
        rest = rest.replace(author, "", 1)
    elif rest == text:
        return False
    return len(rest.split()) <= HEAD_REST


def _part_doubles(
    tree: Tree, sums: Measures, comments: list[Found], day_first: bool
) -> tuple[list[Shown], list[Shown]]:
    """Return the comments with the lines of each that are shown, and those laid out a second time."""
    kept: list[Shown] = []
    doubles: list[Shown] = []
    seen: set[tuple[str | None, ...]] = set()
    for comment in comments:
        lines = [n for n in comment.lines if sums.marks[n] != "control" and not tree.lines[n].hidden]
        author, published = read_author(tree, sums, comment), read_time(tree, sums, comment, day_first)
        key = (author, published, *(tree.lines[n].text for n in lines))
        is_double = key in seen and sum(tree.lines[n].words for n in lines) >= TWICE
        if lines:
            (doubles if is_double else kept).append((comment, lines, author, published))
        seen.add(key)
    return kept, doubles


def _note_doubles(tree: Tree, writer: Writer, doubles: list[Shown]) -> tuple[Refusal, ...]:
    """Return the comments that stood on the page again, at the end of what was written before each."""
    notes = []
    for _, lines, *_ in doubles[:MOST_NOTES]:
        place = max((end for n, end in writer.places.items() if n < lines[0]), default=0)
        said = _quote(" ".join(tree.lines[n].text for n in lines))
        words = sum(tree.lines[n].words for n in lines)
        reason = f"comment laid out a second time ({words} words): {said}"
        notes.append(Refusal((place, place), "page", reason))
    if more := len(doubles) - len(notes):
        place = max(writer.places.values(), default=0)
        words = sum(tree.lines[n].words for _, lines, *_ in doubles[MOST_NOTES:] for n in lines)
        notes.append(
            Refusal((place, place), "page", f"comments laid out a second time: {more} more ({words} words)")
        )
    return tuple(notes)


def _quote(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED] + "…"


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
        reason = f"hidden text ({line.hidden}): {_quote(line.text)}"
        notes.append(Refusal((place, place), "page", reason))
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
