from __future__ import annotations

import email.utils
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.limits import LIMITS, Limits
from onrecord.sources.open_stream import Buffered, find_damage
from onrecord.sources.page_from_dict import mend_text
from onrecord.sources.read_plain import read_whole

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
TAG = re.compile(r"<[^<>]{0,2000}>")
PROLOGUE = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed."""

    key: str
    """What tells it from the other entries of its feed: its id, or its address, or its title."""
    page: RawPage


def read_feed(
    stream: Buffered, name: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield a page for each entry of an RSS or Atom feed: its content, or its summary, or its title."""
    data = read_whole(stream, name, limits.page)
    entries = parse_feed(data, name, published=published, limits=limits)
    for entry in entries:
        yield entry.page if entry.page.data else InputError(f"{entry.page.source}: an entry without a text")
    if damage := find_damage(stream):
        yield InputError(damage)
    elif not entries:
        raise InputError(f"{name}: a feed without entries: expected <item> or <entry> elements")


def parse_feed(
    data: bytes,
    name: str,
    address: str | None = None,
    published: str | None = None,
    limits: Limits = LIMITS,
) -> tuple[Entry, ...]:
    """Return the entries of a feed's bytes, in feed order; `address` is what relative links hang on.

    Raises InputError for entities of its own, which no feed needs and bombs are made of, and for more
    tags than can be read in a minute.
    """
    import feedparser

    if PROLOGUE.search(data[:100_000]) and b"<!ENTITY" in data.upper():
        raise InputError(f"{name}: a feed that declares entities of its own, which is not read")
    if data.count(b"<") > limits.tags:
        raise InputError(f"{name}: a feed with more than {limits.tags:,} tags; cut it into several")
    try:  # wrapped, since feedparser takes a bare string for an address or a path, and opens it
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-location": address} if address else None,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # on broken markup it raises whatever its parsers do
        raise InputError(f"{name}: is not a readable feed: {error}") from error
    publisher = _flatten(found.feed.get("title_detail"))
    read = (_read_entry(entry, f"{name}#{n}", publisher) for n, entry in enumerate(found.entries, 1))
    return tuple(replace(e, page=replace(e.page, published=e.page.published or published)) for e in read)


def _read_entry(entry: Any, numbered: str, publisher: str | None) -> Entry:
    title, link = _flatten(entry.get("title_detail")), _text(entry.get("link"))
    body, media = _read_content(entry)
    key = _text(entry.get("id")) or link or title or body[:100]
    page = RawPage(
        body or title or "",
        f"{numbered.rsplit('#', 1)[0]}#{key}" if key else numbered,
        media=media,
        title=title,
        published=_read_day(entry),
        publisher=publisher,
        url=link,
    )
    return Entry(key, page)


def _read_content(entry: Any) -> tuple[str, str]:
    """Return the longest of what an entry says of itself, and whether it is html or text."""
    said = [*entry.get("content", ()), *filter(None, (entry.get("summary_detail"),))]
    best: Any = max(said, key=lambda one: len(one.get("value") or ""), default={})
    media = "text" if best.get("type") == "text/plain" else "html"
    body = mend_text(best.get("value") or "")
    return body, media if body.strip() else "text"


def _read_day(entry: Any) -> str | None:
    """Return the day of an entry as its publisher wrote it, not moved to another time zone."""
    for key in ("published", "updated"):
        stated = entry.get(key) or ""
        if found := ISO_DAY.match(stated.strip()):
            return found[0]
        if parsed := email.utils.parsedate(stated) or entry.get(f"{key}_parsed"):
            return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}"
    return None


def _flatten(detail: Any) -> str | None:
    """Return a title without markup, in one line."""
    text = _text((detail or {}).get("value"))
    if text and detail.get("type") != "text/plain":
        text = html.unescape(TAG.sub("", text))
    return " ".join(text.split()) or None if text else None


def _text(value: Any) -> str | None:
    return mend_text(value) or None if isinstance(value, str) else None
