"""Hostile inputs, each read in a process of its own that is held to so many seconds and MiB."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from archives import PAGE, Archive

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources import open_pages
from onrecord.sources.open_body import join_chunks

Bounded = Callable[..., list[dict[str, Any]]]
MIB = 1 << 20
HTML = [("Content-Type", "text/html")]
GOOD = b'{"id": "good", "text": "The mayor opened the bridge."}\n'


def fill(size: int, byte: bytes = b"a") -> Iterator[bytes]:
    """Yield so many bytes in pieces."""
    for _ in range(size // MIB):
        yield byte * MIB


def deflate_bomb() -> bytes:
    """Return deflate data that open to one GiB: a block of one MiB over and over, without an end."""
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"\x78\x9c" + (maker.compress(b"a" * MIB) + maker.flush(zlib.Z_FULL_FLUSH)) * 1024


def brotli_bomb() -> bytes:
    """Return brotli data that open to one GiB."""
    maker = brotli.Compressor(quality=1)
    return b"".join(map(maker.process, fill(1024 * MIB))) + bytes(maker.finish())


BOMBS = {
    "gzip": gzip.compress(b"a" * MIB) * 1024,
    "deflate": deflate_bomb(),
    "zstd": zstandard.ZstdCompressor().compress(b"a" * MIB) * 1024,
    "br": brotli_bomb(),
}
"""One GiB in each packing; gzip makes 1 MB of it."""
ENDINGS = {"gzip": ".gz", "zstd": ".zst", "br": ".br"}


@pytest.mark.parametrize("packing", ENDINGS)
@pytest.mark.parametrize("name", ["page.txt", "page.html"])
def test_a_page_that_opens_to_a_gibibyte(packing: str, name: str, tmp_path: Path, bounded: Bounded) -> None:
    assert len(BOMBS[packing]) < 1.1 * MIB
    path = tmp_path / (name + ENDINGS[packing])
    path.write_bytes(BOMBS[packing])
    (row,) = bounded(path, seconds=5, mib=400)
    assert row["error"].startswith(f"{path}: opens to more than 16 MiB")


@pytest.mark.parametrize("packing", ENDINGS)
def test_lines_that_open_to_a_gibibyte(packing: str, tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / f"pages.jsonl{ENDINGS[packing]}"
    path.write_bytes(BOMBS[packing])
    rows = bounded(path, seconds=5, mib=400)
    assert "line 1: opens to more than 16 MiB" in rows[0]["error"]
    assert "stopped" in rows[-1]["error"]
    assert "expected at most 100 times the size" in rows[-1]["error"]


def test_blank_lines_that_open_to_a_gibibyte(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(gzip.compress(GOOD) + gzip.compress(b"\n" * MIB) * 1024)
    rows = bounded(path, seconds=5, mib=400)
    assert rows[0]["source"].endswith("line 1")
    assert "stopped" in rows[-1]["error"]


@pytest.mark.parametrize("packing", ["gzip", "deflate", "zstd", "br", "nested"])
def test_an_answer_in_an_archive_that_opens_to_a_gibibyte(
    packing: str, tmp_path: Path, bounded: Bounded
) -> None:
    coding, body = (
        ("gzip, gzip", gzip.compress(BOMBS["gzip"])) if packing == "nested" else (packing, BOMBS[packing])
    )
    archive = Archive().add_page("http://a.example/1", body, [*HTML, ("Content-Encoding", coding)])
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive.add_page("http://a.example/2").data())
    bomb, page = bounded(path, seconds=5, mib=400)
    assert "opens to more than 16 MiB" in bomb["error"]
    assert page["bytes"] == len(PAGE), "the record after it is read"


@pytest.mark.parametrize("ending", ["txt.gz.gz", "jsonl.gz.gz", "txt.gz.zst"])
def test_bombs_in_bombs(ending: str, tmp_path: Path, bounded: Bounded) -> None:
    inner = BOMBS["gzip"]
    path = tmp_path / f"page.{ending}"
    outer = zstandard.ZstdCompressor().compress(inner) if ending.endswith("zst") else gzip.compress(inner)
    assert len(outer) < 20_000
    path.write_bytes(outer)
    rows = bounded(path, seconds=5, mib=400)
    assert all("error" in row for row in rows)
    assert "opens to more than" in rows[0]["error"]


def test_what_is_packed_three_times_over_is_refused(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "page.txt.gz"
    path.write_bytes(gzip.compress(gzip.compress(gzip.compress(PAGE))))
    (row,) = bounded(path)
    assert "compressed more than 2 times over; unpack it first" in row["error"]
    coded = gzip.compress(gzip.compress(gzip.compress(PAGE)))
    headers = [*HTML, ("Content-Encoding", "gzip, gzip, gzip")]
    path = tmp_path / "crawl.warc"
    path.write_bytes(Archive().add_page("http://a.example/1", coded, headers).data())
    assert "coded 3 times over, expected at most 2" in bounded(path)[0]["error"]


def test_a_zstd_frame_that_asks_for_much_memory(tmp_path: Path, bounded: Bounded) -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=30, write_content_size=False)
    maker = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    path = tmp_path / "page.txt.zst"
    path.write_bytes(maker.compress(PAGE) + maker.flush())
    (row,) = bounded(path, mib=300)
    assert "zstd data are damaged (" in row["error"]


def test_a_page_of_200_megabytes(tmp_path: Path, bounded: Bounded) -> None:
    for name in ("page.txt", "page.html", "news.xml"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(b"<rss><channel>" if name == "news.xml" else b"<html>")
            for piece in fill(200 * MIB):
                file.write(piece)
        (row,) = bounded(path, seconds=5, mib=400)
        assert "opens to more than 16 MiB" in row["error"]
        path.unlink()


def test_a_line_of_200_megabytes_does_not_stop_the_next(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "pages.jsonl"
    with path.open("wb") as file:
        file.write(GOOD + b'{"text": "')
        for piece in fill(200 * MIB):
            file.write(piece)
        file.write(b'"}\n' + GOOD)
    first, long, last = bounded(path, seconds=5, mib=400)
    assert "line 2: opens to more than 16 MiB" in long["error"]
    assert (first["source"], last["source"]) == (f"{path}, line 1", f"{path}, line 3")


def test_a_record_of_200_megabytes_does_not_stop_the_next(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "crawl.warc"
    long = Archive(False).add_page("http://a.example/1", bytes(1)).data()
    head, size = long.split(b"\r\n\r\n", 1)[0], 200 * MIB
    with path.open("wb") as file:
        file.write(
            b"\r\n".join(b"Content-Length: %d" % size if b"Length" in h else h for h in head.split(b"\r\n"))
        )
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        file.write(b"\r\n\r\n" + http + b" " * (size - len(http) - 100 * MIB))
        for piece in fill(100 * MIB):
            file.write(piece)
        file.write(b"\r\n\r\n" + Archive(False).add_page("http://a.example/2").data())
    error, page = bounded(path, seconds=5, mib=400)
    assert "opens to more than 16 MiB" in error["error"]
    assert page["bytes"] == len(PAGE)


@pytest.mark.parametrize("cut", [1, 9, 200, 900])
def test_cut_off_gzip_keeps_the_lines_before(cut: int, tmp_path: Path, bounded: Bounded) -> None:
    rows = [json.dumps({"id": str(n), "text": f"The mayor opened bridge {n * 7919}."}) for n in range(200)]
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode())[:-cut])
    *pages, last = bounded(path)
    assert last["error"].startswith(f"{path}: its gzip data end in the middle after ")
    assert "what came before was read" in last["error"]
    assert 50 < len(pages) <= 200
    assert all("error" not in page for page in pages), "the line that is cut off is no second error"


def test_a_cut_off_page_says_so_in_its_record(tmp_path: Path, bounded: Bounded) -> None:
    text = " ".join(f"The mayor opened bridge {n * 7919}." for n in range(400)).encode()
    path = tmp_path / "page.txt.gz"
    path.write_bytes(gzip.compress(text)[:-300])
    page, error = bounded(path, stage="parts")
    assert 0 < page["bytes"] < len(text)
    assert page["refused"] == [error["error"]]
    assert "gzip data end in the middle" in error["error"]


@pytest.mark.parametrize("packing", ["gzip", "zstd", "br"])
def test_damaged_bytes_in_the_middle(packing: str, tmp_path: Path, bounded: Bounded) -> None:
    makers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "zstd": zstandard.ZstdCompressor().compress,
        "br": brotli.compress,
    }
    text = "\n".join(json.dumps({"text": f"Bridge {n * n * 7919} opened."}) for n in range(9000)).encode()
    data = bytearray(makers[packing](text))
    half = len(data) // 2
    data[half : half + 40] = bytes(range(40))
    path = tmp_path / f"pages.jsonl{ENDINGS[packing]}"
    path.write_bytes(data)
    rows = bounded(path)
    assert "data are damaged" in rows[-1]["error"] or "end in the middle" in rows[-1]["error"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_off_record_is_named_and_those_before_are_kept(
    packed: bool, tmp_path: Path, bounded: Bounded
) -> None:
    archive = Archive(packed)
    for n in range(5):
        archive.add_page(f"http://a.example/{n}", PAGE + bytes(str([m * n for m in range(400)]), "ascii"))
    path = tmp_path / "crawl.warc"
    path.write_bytes(archive.data()[:-300])
    *pages, first = (row for row in bounded(path) if "gzip" not in row.get("error", ""))
    assert [page["damage"] for page in pages] == [None] * 4
    assert "cut off: expected a record of" in first["error"]
    assert f"{path}#urn:uuid:" in first["error"]


def test_a_cut_off_gzip_archive_says_that_it_is_cut_off(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(Archive().add_page("http://a.example/1").add_page("http://a.example/2").data()[:-40])
    assert "gzip data end in the middle" in bounded(path)[-1]["error"]


@pytest.mark.parametrize(
    "size", ["99999999999", "18446744073709551615", "-7", "x", "99999999999999999999999"]
)
def test_a_record_that_lies_about_its_size(size: str, tmp_path: Path, bounded: Bounded) -> None:
    data = Archive(False).add_page("http://a.example/1").add_page("http://a.example/2").data()
    path = tmp_path / "crawl.warc"
    at = data.rindex(b"Content-Length: ")
    end = data.index(b"\r\n", at)
    path.write_bytes(data[:at] + f"Content-Length: {size}".encode() + data[end:])
    page, *errors = bounded(path, mib=400)
    assert page["bytes"] == len(PAGE)
    assert errors
    assert all("error" in row for row in errors)


def test_what_follows_a_broken_header_is_reported(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(Archive(False).add_page("http://a.example/1").data() + b"rubbish\r\n" * 9)
    page, error = bounded(path)
    assert page["bytes"] == len(PAGE)
    assert "expected a record that begins with WARC/1.0; what came before was read" in error["error"]


def test_names_in_an_archive_are_never_paths(tmp_path: Path, bounded: Bounded) -> None:
    up = "../../../../../../../../tmp/onrecord-was-here"
    archive = Archive(False).add_page(
        f"file:///{up}", warc={"WARC-Record-ID": f"<{up}>", "WARC-Filename": up, "WARC-Profile": up}
    )
    out = io.BytesIO()
    with gzip.GzipFile(up, "wb", fileobj=out) as file:
        file.write(archive.data())
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "crawl.warc.gz").write_bytes(out.getvalue())
    (page,) = bounded(inside)
    assert page["source"] == f"{inside}/crawl.warc.gz#{up}"
    assert not Path("/tmp/onrecord-was-here").exists()
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "crawl.warc.gz"]


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{ENTITIES}]>'
REACH = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e11 SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prologue", [BOMB, REACH])
def test_entities_in_a_feed(prologue: str, tmp_path: Path, bounded: Bounded) -> None:
    feed = f"{prologue}<rss><channel><title>A</title><item><title>&e11;</title></item></channel></rss>"
    padded = feed.replace("<!DOCTYPE", f"<!-- {'x' * 1900} --><!DOCTYPE")
    for number, text in enumerate((feed, padded, feed.encode("utf-16"))):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        rows = bounded(path, seconds=5)
        assert all("error" in row for row in rows), rows


@pytest.mark.parametrize("prologue", [BOMB, REACH])
def test_entities_in_a_disqus_export(prologue: str, tmp_path: Path, bounded: Bounded) -> None:
    body = '<thread id="1"><link>a</link></thread><post id="2"><message>&e11;</message><thread id="1"/>'
    path = tmp_path / "comments.xml"
    path.write_text(f"{prologue.replace('DOCTYPE rss', 'DOCTYPE disqus')}<disqus>{body}</post></disqus>")
    assert all("error" in row for row in bounded(path, seconds=5))


@pytest.mark.parametrize(
    "body",
    [
        b"<item>" * 10_000,
        b"<item>" * 2_000_000,
        b"<item><title>A</title>" + b"<div " * 30_000,
        b"<item><description>" + b"&lt;" * 200_000,
        b"<item><description>" + b"<![CDATA[" * 50_000,
        b"<item>" + b"<a b='" * 30_000,
        b"<!--" * 100_000,
        b"<item><title " + b"a='b' " * 100_000 + b">x</title></item></channel></rss>",
    ],
    ids=["items", "two million items", "open tags", "escapes", "cdata", "quotes", "comments", "attributes"],
)
def test_a_broken_feed_ends_in_time(body: bytes, tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "news.xml"
    path.write_bytes(b"<rss><channel><title>A</title>" + body)
    bounded(path, seconds=20, mib=1000)


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b'{"text": ' * 100_000, b'{"text": ' + b"1" * 100_000 + b"}"]
)
def test_json_that_is_nested_deep(line: bytes, tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(line + b"\n" + GOOD)
    error, page = bounded(path)
    assert "line 1" in error["error"]
    assert page["source"].endswith("line 2")


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        (b"5\r\nHello\r\n0\r\n\r\n", (b"Hello", False)),
        (b"5\r\nHello\r\n5\r\nHel", (b"HelloHel", True)),
        (b"5\nHello\n0\n\n", (b"Hello", False)),
        (b"<html>", (b"<html>", False)),
        (b"ffffffff\r\nHello", (b"Hello", True)),
        (b"fffffffffffffffff\r\nHello", (b"fffffffffffffffff\r\nHello", False)),
    ],
)
def test_chunks(body: bytes, joined: tuple[bytes, bool]) -> None:
    assert join_chunks(body) == joined


def test_every_bad_source_is_reported_and_the_good_ones_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b"\n".join([GOOD.strip(), b"[]", b'{"text": 3}', b'{"comments": [3]}', b"\xff", GOOD]))
    found = list(open_pages(io.BytesIO(path.read_bytes()), str(path)))
    assert [isinstance(one, RawPage) for one in found] == [True, False, False, False, False, True]
    assert all(f"{path}, line {n}" in str(found[n - 1]) for n in range(2, 6))
    assert all(isinstance(one, (RawPage, InputError)) for one in found)
