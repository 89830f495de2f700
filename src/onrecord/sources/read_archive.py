from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources.find_format import HTML, is_binary, name_container
from onrecord.sources.limits import Limits
from onrecord.sources.open_body import Body, open_body
from onrecord.sources.open_stream import Buffered, find_damage
from onrecord.sources.read_plain import say_too_large

PAGE_TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
HELD = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
"""Record types that can hold a page; a request, a note or a repeat holds none."""


def read_archive(
    stream: Buffered, name: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield the pages of a WARC or WET archive: its HTML and text, answered with success, in file order.

    A record that is too large, cut off or broken is an error, and the next one is read.
    """
    records = ArchiveIterator(stream, parse_http=False, stream_detect=False)
    last = "its start"
    while True:
        try:
            record = next(records)
        except StopIteration:
            break
        except OSError as error:
            if not find_damage(stream):
                yield InputError(
                    f"{name}: after {last}: {error}; expected a record that begins with WARC/1.0; "
                    "what came before was read"
                )
            break
        last = _name_record(record)
        yield from _read_record(record, f"{name}#{last}", published, limits)
    if damage := find_damage(stream):
        yield InputError(damage)


def _name_record(record: Any) -> str:
    return str(record.record_id or f"offset {record.stream_pos}").strip("<>")


def _read_record(
    record: Any, where: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    """Yield the page of a record, an error, or nothing if it holds none."""
    size = record.content_length
    try:
        media = _find_media(record)
    except OSError as error:
        yield InputError(f"{where}: its HTTP header is broken: {error}; the record is left out")
        return
    data = record.reader.read(limits.page + 1) if media else b""
    rest = record.consume()
    if record.content_length > len(data) + rest:
        yield InputError(
            f"{where}: cut off: expected a record of {size:,} bytes, "
            f"found {size - record.content_length + len(data) + rest:,}; it is left out"
        )
    elif len(data) > limits.page:
        yield InputError(f"{where}: {say_too_large(limits.page)}")
    elif media:
        yield from _make_page(record, data, media, where, published, limits)


def _find_media(record: Any) -> str | None:
    """Return `html`, `text` or `unknown` for a record that may hold a page; reads its HTTP header."""
    if record.record_type not in HELD:
        return None
    declared = record.headers.get("Content-Type") or ""
    if record.record_type == WarcRecordType.response or declared.startswith("application/http"):
        record.parse_http()
        if record.http_headers is None:
            raise OSError("there is none")
        if not 200 <= (record.http_headers.status_code or 0) < 300:
            return None
        declared = record.http_headers.get("Content-Type") or ""
    kind = declared.split(";")[0].strip().lower()
    return PAGE_TYPES.get(kind) if kind else "unknown"


def _make_page(
    record: Any, data: bytes, media: str, where: str, published: str | None, limits: Limits
) -> Iterator[RawPage | InputError]:
    headers = record.http_headers if record.is_http_parsed else {}
    chunked = "chunked" in (headers.get("Transfer-Encoding") or "").lower()
    try:
        body = open_body(data, chunked, headers.get("Content-Encoding") or "", where, limits)
    except InputError as error:
        yield error
        return
    if media == "unknown":
        media = "html" if HTML.match(body.data[:4096]) else "text"
        if is_binary(body.data):
            return
    if is_binary(body.data) or name_container(body.data):
        kind = name_container(body.data) or "no text"
        yield InputError(f"{where}: its header says {media}, and it is {kind}; expected a page")
        return
    if not body.data.strip():
        yield InputError(f"{where}: empty; expected the text or HTML of a page")
        return
    yield RawPage(
        body.data,
        where,
        media=media,
        published=published,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>") or None,
        encoding=record.http_charset if record.is_http_parsed else None,
        damage=_find_gap(record, body),
    )


def _find_gap(record: Any, body: Body) -> str | None:
    """Return what of a page is missing by the word of the archive or the state of its body."""
    reason = record.headers.get("WARC-Truncated")
    return f"the archive keeps only the beginning of this page ({reason})" if reason else body.damage
