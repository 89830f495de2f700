from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.records import RawComment, RawPage

PAGE_ENDINGS = {".html": "html", ".htm": "html", ".xhtml": "html"}
EXPECTED = "expected a .txt, .html or .jsonl file, a folder of these, or - for standard input"
HTML_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body")
SAMPLE = 4096
MOST_CONTROLS = 0.05
"""Share of control characters from which a file is taken for binary."""


def open_sources(names: Iterable[str], published: str | None = None) -> Iterator[RawPage | InputError]:
    """Yield the raw pages of files, folders and streams in order; what cannot be read comes as an error.

    `published` is the ISO date of pages that carry none. A bad line or file never ends the run.
    """
    for name in names:
        try:
            yield from _open(name, published)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"{name}: cannot be read: {error.strerror or error}")


def _open(name: str, published: str | None) -> Iterator[RawPage | InputError]:
    if name == "-":
        yield _page(sys.stdin.buffer.read(), "-", published)
        return
    path = Path(name)
    if not path.exists():
        raise InputError(f"{name}: no such file; {EXPECTED}")
    if path.is_dir():
        files = [str(file) for file in sorted(path.rglob("*")) if file.is_file()]
        yield from open_sources(files, published)
    elif path.suffix == ".jsonl":
        yield from _lines(path, published)
    else:
        yield _page(path.read_bytes(), name, published)


def _page(data: bytes, name: str, published: str | None) -> RawPage:
    """Return the raw page of a file's bytes; raises InputError for what is no text."""
    if not data.strip():
        raise InputError(f"{name}: empty; expected the text or HTML of a page")
    if is_binary(data):
        raise InputError(f"{name}: looks like a binary file; {EXPECTED}")
    media = PAGE_ENDINGS.get(Path(name).suffix.lower(), "text")
    if data[:SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(HTML_OPENINGS):
        media = "html"
    return RawPage(data, name, media=media, published=published)


def is_binary(data: bytes) -> bool:
    """Return whether bytes hold something other than text: NUL bytes, or many control characters."""
    sample = data[:SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False  # UTF-16 with its mark is text
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    return b"\x00" in sample or controls > MOST_CONTROLS * len(sample)


def _lines(path: Path, published: str | None) -> Iterator[RawPage | InputError]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            try:
                yield page_from_dict(json.loads(line), where, published)
            except ValueError as error:
                yield InputError(f"{where}: not a JSON object: {error}")
            except InputError as error:
                yield error


def page_from_dict(row: Any, source: str | None, published: str | None = None) -> RawPage:
    """Return the raw page of a .jsonl line; unknown keys are left alone. Raises InputError naming the key."""
    where = source or "page"
    if not isinstance(row, dict):
        raise InputError(f"{where}: expected a JSON object, found {type(row).__name__}")
    for key in ("id", "text", "html", "title", "published", "publisher", "url", "kind"):
        if row.get(key) is not None and not isinstance(row[key], (str, int) if key == "id" else str):
            raise InputError(f"{where}: key {key!r}: expected text, found {type(row[key]).__name__}")
    if not (row.get("text") or row.get("html") or row.get("comments")):
        raise InputError(f"{where}: no page: expected a key 'text', 'html' or 'comments'")
    if row.get("kind") not in (None, "article", "passage"):
        raise InputError(f"{where}: key 'kind': expected 'article' or 'passage', found {row['kind']!r}")
    html = row.get("html")
    return RawPage(
        data=html or row.get("text") or "",
        source=source,
        id=None if row.get("id") is None else str(row["id"]),
        media="html" if html else "text",
        kind=row.get("kind") or "article",
        title=row.get("title"),
        published=check_day(row.get("published"), f"{where}, key 'published'") or published,
        publisher=row.get("publisher"),
        url=row.get("url"),
        comments=_comments(row.get("comments") or (), where),
    )


def _comments(rows: Any, where: str) -> tuple[RawComment, ...]:
    if not isinstance(rows, (list, tuple)):
        raise InputError(f"{where}: key 'comments': expected a list, found {type(rows).__name__}")
    comments = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
            raise InputError(f"{where}: comment {number}: expected an object with 'id' and 'text'")
        comments.append(RawComment(str(row["id"]), row["text"], row.get("author"), row.get("published")))
    return tuple(comments)


def check_day(day: str | datetime.date | None, where: str = "publication date") -> str | None:
    """Return a publication day (date or timestamp) as ISO text; raises InputError for what is no date."""
    if not day:
        return None
    try:
        return datetime.date.fromisoformat(str(day)[:10]).isoformat()
    except ValueError as error:
        message = f"{where}: {day!r} is no date: expected year, month and day, as in 2017-12-11"
        raise InputError(message) from error
