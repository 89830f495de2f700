from __future__ import annotations

import re

from onrecord.records import Page, Part

LINE = re.compile(r"[^\n]*\S[^\n]*")


def split_parts(page: Page) -> tuple[Part, ...]:
    """Return the parts of a page in text order; together they cover all text that is not blank."""
    spans = [
        (m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip()))
        for m in LINE.finditer(page.text)
    ]
    first_comment = page.blocks[0].start if page.blocks else len(page.text)
    parts = [Part("", "paragraph", start, end) for start, end in spans if end <= first_comment]
    parts += [
        Part("", b.kind, b.start, b.end, b.author, b.source_id, published=b.published) for b in page.blocks
    ]
    return tuple(
        Part(f"p{n}", p.kind, p.start, p.end, p.author, p.source_id, published=p.published)
        for n, p in enumerate(parts, 1)
    )
