from __future__ import annotations

import hashlib

from onrecord.records import Block, Page, RawComment, RawPage, Refusal
from onrecord.stages.page.date_text import date_text
from onrecord.stages.page.decode_text import decode_text
from onrecord.stages.page.detect_language import detect_language
from onrecord.stages.page.write_page import HEAD_RULE, Written, write_page

GAP = "\n\n"
LEAST_SHARE = 0.1
"""Share of the shown words that a page must come out with; on 260 pages of news and forums it is .28 to 1."""
ENOUGH = 2000
"""Characters whose words are enough for most pages."""
MANY_WORDS = 50
"""Words that a page must show before too few can be missing."""


def name_page(raw: RawPage) -> tuple[str, str]:
    """Return the id that the page of a raw input gets, and the sha256 of the input.

    The same text at two addresses is two pages: a copy is a report of its own.
    """
    data = raw.data.encode("utf-8", "surrogatepass") if isinstance(raw.data, str) else raw.data
    digest = _digest(data, raw.comments)
    place = "".join(part for part in (raw.url, raw.publisher) if part)
    name = (
        hashlib.sha256(f"{digest} {place}".encode("utf-8", "surrogatepass")).hexdigest() if place else digest
    )
    return raw.id or name[:16], digest


def read_page(raw: RawPage) -> Page:
    """Return the page of a raw input: its text, metadata, and the blocks whose role is known."""
    name, digest = name_page(raw)
    decoded, encoding, broken = (
        (raw.data, "", 0) if isinstance(raw.data, str) else decode_text(raw.data, raw.encoding)
    )
    written = (
        write_page(decoded)
        if raw.media == "html"
        else Written(decoded if isinstance(raw.data, str) else _normalise(decoded))
    )
    facts = written.facts
    stated = facts.published or raw.published or date_text(_before_comments(written))
    text, blocks = _add_comments(written.text, written.blocks, raw.comments)
    return Page(
        id=name,
        source=raw.source,
        title=raw.title or facts.title,
        published=stated,
        publisher=raw.publisher or facts.publisher,
        language=detect_language(text),
        text=text,
        sha256=digest,
        url=raw.url or facts.url,
        updated=facts.updated,
        dated_by=facts.dated_by or ("given" if raw.published else "dateline" if stated else None),
        kind=raw.kind,
        blocks=blocks,
        failure=find_failure(text, written.shown),
        refused=(*written.refused, *_note_broken(text, encoding, broken), *_note_damage(text, raw.damage)),
    )


def find_failure(text: str, shown: int) -> str | None:
    """Return why a page counts as not read, by its text and the words it shows; None if it was read."""
    if not text.strip():
        return f"no text was found on it; it shows {shown} words outside links"
    if shown < MANY_WORDS or len(text[:ENOUGH].split()) > LEAST_SHARE * shown:
        return None
    found = len(text.split())
    if found < LEAST_SHARE * shown:
        return f"only {found} of the {shown} words that it shows outside links were found"
    return None


def _before_comments(written: Written) -> str:
    """Return the text of a page up to its first comment: what is dated there is not the page."""
    starts = (b.start for b in written.blocks if b.kind == "comment" or b.rule == HEAD_RULE)
    return written.text[: next(starts, len(written.text))]


def _add_comments(
    text: str, known: tuple[Block, ...], comments: tuple[RawComment, ...]
) -> tuple[str, tuple[Block, ...]]:
    """Return a text with the comments after it, a blank line between, and all blocks."""
    blocks = list(known)
    places = {comment.id: n for n, comment in enumerate(comments, len(blocks))}
    for comment in comments:
        text += GAP if text else ""
        start, body = len(text), comment.text
        text += body
        blocks.append(
            Block(
                "comment",
                start,
                len(text),
                comment.author,
                comment.published,
                comment.id,
                places.get(comment.parent) if comment.parent else None,
            )
        )
    return text, tuple(blocks)


def _digest(data: bytes, comments: tuple[RawComment, ...]) -> str:
    """Return the sha256 of a page's bytes, and of its comments: a page may hold nothing else."""
    digest = hashlib.sha256(data)
    for comment in comments:
        said = (comment.id, comment.author, comment.published, comment.text)
        digest.update("\0".join(["", *(one or "" for one in said)]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _note_broken(text: str, encoding: str, broken: int) -> tuple[Refusal, ...]:
    if not broken:
        return ()
    first = max(text.find("\ufffd"), 0)  # in a tag, it is not in the text
    reason = f"{broken} bytes are not {encoding} and were replaced; the first stands here"
    return (Refusal((first, min(first + 1, len(text))), "input", reason),)


def _note_damage(text: str, damage: str | None) -> tuple[Refusal, ...]:
    """Return the refusal that says what of the page is missing; it points at the last character there is."""
    return (Refusal((max(len(text) - 1, 0), len(text)), "input", damage),) if damage else ()


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
