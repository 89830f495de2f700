from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.records import RawComment, RawPage


def open_sources(names: Iterable[str], published: str | None = None) -> Iterator[RawPage | InputError]:
    """Yield the raw pages of files and streams in order; what cannot be read is yielded as an error.

    `published` is the ISO date of pages that carry none.
    """
    for name in names:
        try:
            yield from _open(name, published)
        except InputError as error:
            yield error


def _open(name: str, published: str | None) -> Iterator[RawPage]:
    if name == "-":
        yield RawPage(sys.stdin.buffer.read(), "-", published=published)
        return
    path = Path(name)
    if not path.exists():
        raise InputError(
            f"{name}: no such file; expected a .txt, .html or .jsonl file, or - for standard input"
        )
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield page_from_dict(json.loads(line), name, published)
        return
    media = "html" if path.suffix in (".html", ".htm") else "text"
    yield RawPage(path.read_bytes(), name, media=media, published=published)


def page_from_dict(row: dict[str, Any], source: str | None, published: str | None = None) -> RawPage:
    """Return the raw page of a .jsonl line; unknown keys are left alone."""
    html = row.get("html")
    return RawPage(
        data=html if html else row.get("text") or "",
        source=source,
        id=row.get("id"),
        media="html" if html else "text",
        kind=row.get("kind") or "article",
        title=row.get("title"),
        published=row.get("published") or published,
        publisher=row.get("publisher"),
        url=row.get("url"),
        comments=tuple(
            RawComment(str(c["id"]), c["text"], c.get("author"), c.get("published"))
            for c in row.get("comments") or ()
        ),
    )
