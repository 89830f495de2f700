from __future__ import annotations

import hashlib

from onrecord.records import Block, Page, RawPage

GAP = "\n\n"


def read_page(raw: RawPage) -> Page:
    """Return the page of a raw input: its text, metadata, and the blocks whose role is known."""
    data = raw.data.encode("utf-8") if isinstance(raw.data, str) else raw.data
    text = _normalise(data.decode("utf-8", errors="replace"))
    blocks: tuple[Block, ...] = ()
    for comment in raw.comments:
        text += GAP if text else ""
        body = _normalise(comment.text)
        blocks += (
            Block("comment", len(text), len(text) + len(body), comment.author, comment.published, comment.id),
        )
        text += body
    digest = hashlib.sha256(data).hexdigest()
    return Page(
        id=raw.id or digest[:16],
        source=raw.source,
        title=raw.title,
        published=raw.published,
        publisher=raw.publisher,
        language="en",
        text=text,
        sha256=digest,
        url=raw.url,
        kind=raw.kind,
        blocks=blocks,
    )


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
