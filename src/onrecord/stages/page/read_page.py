from __future__ import annotations

import hashlib

from onrecord.records import Block, Page, RawPage, Refusal
from onrecord.stages.page.decode_text import decode_text
from onrecord.stages.page.detect_language import detect_language

GAP = "\n\n"


def name_page(raw: RawPage) -> tuple[str, str]:
    """Return the id that the page of a raw input gets, and the sha256 of the input."""
    data = raw.data.encode("utf-8", "surrogatepass") if isinstance(raw.data, str) else raw.data
    digest = hashlib.sha256(data).hexdigest()
    return raw.id or digest[:16], digest


def read_page(raw: RawPage) -> Page:
    """Return the page of a raw input: its text, metadata, and the blocks whose role is known."""
    page, digest = name_page(raw)
    decoded, encoding, broken = (
        (raw.data, "", 0) if isinstance(raw.data, str) else decode_text(raw.data, raw.encoding)
    )
    text = _normalise(extract_text(decoded) if raw.media == "html" else decoded)
    blocks: tuple[Block, ...] = ()
    for comment in raw.comments:
        text += GAP if text else ""
        body = _normalise(comment.text)
        blocks += (
            Block("comment", len(text), len(text) + len(body), comment.author, comment.published, comment.id),
        )
        text += body
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
        refused=_note_broken(text, encoding, broken),
    )


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


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
