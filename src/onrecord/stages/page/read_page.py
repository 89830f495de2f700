from __future__ import annotations

import hashlib

from onrecord.records import Block, Page, RawComment, RawPage, Refusal
from onrecord.stages.page.decode_text import decode_text
from onrecord.stages.page.detect_language import detect_language

GAP = "\n\n"


def name_page(raw: RawPage) -> tuple[str, str]:
    """Return the id that the page of a raw input gets, and the sha256 of the input."""
    data = raw.data.encode("utf-8", "surrogatepass") if isinstance(raw.data, str) else raw.data
    digest = _digest(data, raw.comments)
    return raw.id or digest[:16], digest


def read_page(raw: RawPage) -> Page:
    """Return the page of a raw input: its text, metadata, and the blocks whose role is known."""
    page, digest = name_page(raw)
    decoded, encoding, broken = (
        (raw.data, "", 0) if isinstance(raw.data, str) else decode_text(raw.data, raw.encoding)
    )
    text = _normalise(extract_text(decoded) if raw.media == "html" else decoded)
    text, blocks = _add_comments(text, raw.comments)
    return Page(
        id=page,
        source=raw.source,
        title=raw.title,
        published=raw.published,
        publisher=raw.publisher,
        language=detect_language(text),
        text=text,
        sha256=digest,
        url=raw.url,
        kind=raw.kind,
        blocks=blocks,
        refused=_note_broken(text, encoding, broken) + _note_damage(text, raw.damage),
    )


def _add_comments(text: str, comments: tuple[RawComment, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return a text with the comments after it, a blank line between, and the block of each."""
    blocks: list[Block] = []
    places = {comment.id: n for n, comment in enumerate(comments)}
    for comment in comments:
        text += GAP if text else ""
        start, body = len(text), _normalise(comment.text)
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


def extract_text(html: str) -> str:
    """Return title and main text of a simple HTML page, a blank line between them (resiliparse)."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    body = str(extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False)).strip()
    title = " ".join((tree.title or "").split())
    return body if not title or title in body[: len(title) + 200] else f"{title}\n\n{body}"


def _note_broken(text: str, encoding: str, broken: int) -> tuple[Refusal, ...]:
    if not broken:
        return ()
    first = text.find("\ufffd")
    reason = f"{broken} bytes are not {encoding} and were replaced; the first stands here"
    return (Refusal((first, first + 1), "page", reason),)


def _note_damage(text: str, damage: str | None) -> tuple[Refusal, ...]:
    """Return the refusal that says what of the page is missing; it points at the last character there is."""
    return (Refusal((max(len(text) - 1, 0), len(text)), "page", damage),) if damage else ()


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
