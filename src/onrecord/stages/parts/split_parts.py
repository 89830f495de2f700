from __future__ import annotations

from dataclasses import replace

from onrecord.dates import read_stamp
from onrecord.lines import DASHED, Header, is_name, read_header
from onrecord.records import Block, Page, Part
from onrecord.stages.parts.cut_lines import Line, cut_lines
from onrecord.stages.parts.find_comments import find_comments
from onrecord.stages.parts.group_comments import Voice, group_comments
from onrecord.stages.parts.label_report import label_report
from onrecord.stages.parts.link_replies import link_replies
from onrecord.stages.parts.piece import Piece
from onrecord.stages.parts.reply import Comment


def split_parts(page: Page) -> tuple[Part, ...]:
    """Return the parts of a page in text order; together they cover all text that is not blank."""
    if page.kind == "passage" and not page.blocks:
        return _numbered(_read_passage(cut_lines(page.text)))
    found, comments = find_parts(page)
    return link_replies(page.text, found, comments)


def find_parts(page: Page) -> tuple[tuple[Part, ...], list[Comment]]:
    """Return the parts of a page before its comments are linked, and those comments."""
    parts, comments = _split_blocks(page) if page.blocks else _split_text(page)
    return _numbered(parts), comments


def _numbered(pieces: list[Piece]) -> tuple[Part, ...]:
    """Return the parts in text order with their ids."""
    ordered = sorted(pieces, key=lambda piece: piece[:2])
    return tuple(
        Part(f"p{n}", p.kind, p.start, p.end, p.author, p.source_id, None, None, p.published, p.rule)
        for n, p in enumerate(ordered, 1)
    )


def _read_passage(lines: list[Line]) -> list[Piece]:
    return [Piece(line.start, line.end, "paragraph", "paragraph:passage") for line in lines]


def _split_text(page: Page) -> tuple[list[Piece], list[Comment]]:
    lines = cut_lines(page.text)
    tail = find_comments(page.text, lines)
    first = tail.first if tail else len(lines)
    parts = label_report(page.text, lines[:first], page.title, tail is not None)
    if not tail:
        return parts, []
    grouped = group_comments(page.text, lines[first:])
    comments = [_comment_of(page.text, voice, tail.rule) for voice in grouped.voices]
    parts += [Piece(c.start, c.end, "comment", c.rule, c.author, c.published) for c in comments]
    parts += [Piece(line.start, line.end, "other", rule) for line, rule in grouped.others]
    return parts, comments


def _comment_of(text: str, voice: Voice, rule: str) -> Comment:
    header = voice.header
    own = header if header and text.startswith(text[voice.start : voice.end], voice.start) else None
    inline = read_header(text[voice.start : min(voice.end, voice.start + 200)]) if own else None
    skip = inline.length if inline and inline == header else 0
    return _with_header(
        Comment(voice.start, voice.end, min(voice.start + skip, voice.end), rule=f"{voice.rule}:{rule}"),
        header,
    )


def _with_header(comment: Comment, header: Header | None) -> Comment:
    if not header:
        return comment
    return replace(
        comment,
        author=comment.author or header.author,
        stamp=comment.stamp or header.stamp,
        published=comment.published or (header.stamp.iso if header.stamp else None),
        number=header.number,
        answers=header.answers,
        is_reply=header.is_reply,
        is_headed=header.form != "number",
    )


def _split_blocks(page: Page) -> tuple[list[Piece], list[Comment]]:
    """Return the parts of a page whose comments, or all of whose parts, are known from its source."""
    has_report = any(block.kind != "comment" for block in page.blocks)
    rest = _uncovered(page)
    if has_report:
        parts = [Piece(x.start, x.end, "other", "other:outside-blocks") for x in rest]
    elif page.kind == "article":
        parts = label_report(page.text, rest, page.title)
    else:
        parts = _read_passage(rest)
    comments: list[Comment] = []
    places: dict[int, int] = {}
    for i, block in enumerate(page.blocks):
        if block.kind == "comment" and block.rule != "notice":
            places[i] = len(comments)
            comments.append(_comment_of_block(page.text, block, places))
            parts.append(_part_of_comment(block, comments[-1]))
        else:
            parts.append(_part_of_block(block))
    named = _name_dashed(page.text, comments)
    if named is not comments:
        authors = {c.start: c.author for c in named}
        parts = [p._replace(author=authors[p.start]) if p.start in authors else p for p in parts]
    return parts, named


def _part_of_comment(block: Block, comment: Comment) -> Piece:
    return Piece(
        block.start,
        block.end,
        "comment",
        comment.rule,
        comment.author,
        comment.published,
        block.source_id,
    )


def _part_of_block(block: Block) -> Piece:
    rule = f"{block.kind}:{block.rule or 'block'}"
    return Piece(block.start, block.end, block.kind, rule, block.author, block.published, block.source_id)


def _name_dashed(text: str, comments: list[Comment]) -> list[Comment]:
    """Return the comments with authors from 'Ann Lee — I was there', where most of a page has that form."""
    found = [
        m if m and is_name(m["author"]) else None
        for m in (DASHED.match(text[c.start : c.start + 60]) for c in comments)
    ]
    if len(comments) < 3 or any(c.author for c in comments) or sum(map(bool, found)) < 0.6 * len(comments):
        return comments
    return [
        replace(c, author=m["author"].strip(), body=c.start + m.end(), is_headed=True) if m else c
        for c, m in zip(comments, found, strict=True)
    ]


def _comment_of_block(text: str, block: Block, places: dict[int, int]) -> Comment:
    head = text[block.start : min(block.end, block.start + 200)]
    stamp = read_stamp(block.published[:60]) if block.published else None
    header = read_header(head)
    author, said = block.author, None
    if author and not is_name(author):  # 'Ann Lee, 3 May 2012 at 5:49 Reply', put in the author's place
        said = read_header(author)
    comment = Comment(
        block.start,
        block.end,
        min(block.start + header.length, block.end) if header else block.start,
        rule=f"comment:{block.rule or 'block'}",
        author=(said.author if said and said.author else author),
        stamp=stamp or (said.stamp if said else None),
        published=block.published or (said.stamp.iso if said and said.stamp else None),
        parent=places.get(block.parent) if block.parent is not None else None,
        is_nested=block.parent is not None,
    )
    return _with_header(comment, header)


def _uncovered(page: Page) -> list[Line]:
    """Return the lines that no block covers."""
    lines: list[Line] = []
    at = 0
    for block in sorted(page.blocks, key=lambda b: b.start):
        if block.start > at and not page.text[at : block.start].isspace():
            lines += cut_lines(page.text, at, block.start)
        at = max(at, block.end)
    return lines + cut_lines(page.text, at)
