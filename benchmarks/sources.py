"""Time how fast pages come out of archives, alone: `open_sources` against bare fastwarc over the same file.

usage: sources.py [--pages 2000] [--rounds 3]

The archive is made from the sample page's own sentences in a fixed shuffle, some 40 KB of HTML each,
so that no data is needed; the answers are plain, gzip and chunked in turn.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from onrecord.records import RawPage
from onrecord.samples import sample_page
from onrecord.sources import open_sources

RECORD = (
    "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
    "WARC-Date: 2024-03-11T00:00:00Z\r\nWARC-Target-URI: http://a.example/{number}\r\n"
    "Content-Type: {media}\r\nContent-Length: {size}\r\n\r\n"
)


def make_record(kind: str, number: int, media: str, block: bytes) -> bytes:
    """Return a gzip member that holds one record."""
    head = RECORD.format(kind=kind, number=number, media=media, size=len(block))
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6)


def make_archives(folder: Path, pages: int) -> tuple[Path, Path]:
    """Return a WARC with so many answers, and a WET with the text of the same pages."""
    dice = random.Random(7)
    lines = [line for line in sample_page().splitlines() if line]
    warc, wet = folder / "crawl.warc.gz", folder / "crawl.warc.wet.gz"
    with warc.open("wb") as web, wet.open("wb") as plain:
        for number in range(pages):
            text = [f"{dice.choice(lines)} {dice.random()}" for _ in range(250)]
            body = "".join(
                f'<div class="row n{n}"><p>{line}</p></div>\n' for n, line in enumerate(text)
            ).encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            if number % 3 == 1:
                head, body = head + b"Content-Encoding: gzip\r\n", gzip.compress(body, 6)
            if number % 3 == 2:
                head, body = (
                    head + b"Transfer-Encoding: chunked\r\n",
                    b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
                )
            web.write(
                make_record("response", number, "application/http; msgtype=response", head + b"\r\n" + body)
            )
            plain.write(make_record("conversion", number, "text/plain", "\n".join(text).encode()))
    return warc, wet


def read_own(path: Path) -> int:
    """Return how many pages `open_sources` finds."""
    return sum(isinstance(raw, RawPage) for raw in open_sources([str(path)]))


def read_bare(path: Path) -> int:
    """Return how many records fastwarc reads, HTTP headers parsed and bodies read."""
    held = WarcRecordType.response | WarcRecordType.conversion
    with path.open("rb") as file:
        return sum(
            1 for record in ArchiveIterator(file, record_types=held) if record.reader.read() is not None
        )


def time_rounds(read: Callable[[Path], int], path: Path, pages: int, rounds: int) -> float:
    """Return the median rate in pages a second."""
    rates = []
    for _ in range(rounds):
        start = time.perf_counter()
        assert read(path) == pages
        rates.append(pages / (time.perf_counter() - start))
    return statistics.median(rates)


def main() -> None:
    """Print the rates for both archives."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=3)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for path in make_archives(Path(folder), args.pages):
            opened = io.BytesIO(gzip.decompress(path.read_bytes())).getbuffer().nbytes
            for name, read in (("open_sources", read_own), ("bare fastwarc", read_bare)):
                rate = time_rounds(read, path, args.pages, args.rounds)
                size = rate * opened / args.pages / 1e6
                print(f"{path.name:18} {name:14} {rate:8,.0f} pages/s {size:6,.0f} MB/s opened")


if __name__ == "__main__":
    main()
