"""Archives for the tests, written by warcio, so that reader and writer are two programs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Headers = Sequence[tuple[str, str]]
PAGE = (
    b"<html><head><title>Bridge opens</title></head><body><p>The mayor opened the bridge.</p></body></html>"
)


class Archive:
    """Collects records; `data()` gives the bytes of the file."""

    def __init__(self, packed: bool = True) -> None:
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=packed)

    def add_page(
        self,
        address: str,
        body: bytes = PAGE,
        headers: Headers = (("Content-Type", "text/html; charset=utf-8"),),
        status: str = "200 OK",
        warc: dict[str, str] | None = None,
    ) -> Archive:
        """Add the answer of a server."""
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=warc or {}
        )
        self._write(record)
        return self

    def add_text(self, address: str, text: str) -> Archive:
        """Add the text of a page, as a WET file holds it."""
        record = self._writer.create_warc_record(
            address, "conversion", payload=io.BytesIO(text.encode()), warc_content_type="text/plain"
        )
        self._write(record)
        return self

    def add_other(self, kind: str, address: str, body: bytes, media: str) -> Archive:
        """Add a record of another type."""
        record = self._writer.create_warc_record(
            address, kind, payload=io.BytesIO(body), warc_content_type=media
        )
        self._write(record)
        return self

    def _write(self, record: Any) -> None:
        held = record.raw_stream
        self._writer.write_record(record)
        held.close()  # warcio leaves this to the garbage collector, which warns

    def data(self) -> bytes:
        """Return the bytes of the archive."""
        return self._out.getvalue()
