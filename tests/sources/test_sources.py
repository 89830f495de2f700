"""Every kind of input gives its pages, with what the container knows of them."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard
from archives import PAGE, Archive

import onrecord
from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources import Limits, open_pages, open_sources
from onrecord.stages.page import read_page

TEXT = "The mayor opened the bridge on Monday.\n"
HTML = [("Content-Type", "text/html; charset=utf-8")]


def read(data: bytes, name: str, **limits: int) -> tuple[list[RawPage], list[str]]:
    """Return the pages and the errors of some bytes."""
    found = list(open_pages(io.BytesIO(data), name, None, Limits(**limits)))
    pages = [one for one in found if isinstance(one, RawPage)]
    return pages, [str(one) for one in found if isinstance(one, InputError)]


def read_one(data: bytes, name: str) -> RawPage:
    """Return the only page of some bytes, which have no error."""
    pages, errors = read(data, name)
    assert not errors
    assert len(pages) == 1
    return pages[0]


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("page.txt", TEXT.encode(), "text"),
        ("page", TEXT.encode(), "text"),
        ("page.html", b"<p>The mayor left.</p>", "html"),
        ("page.txt", b"\xef\xbb\xbf  <!DOCTYPE html><p>The mayor left.</p>", "html"),
        (
            "-",
            b"<?xml version='1.0'?>\n<!-- saved from url=(0020)http://a.example/ -->\n<html></html>",
            "html",
        ),
        ("saved", "<html><p>The mayor left.</p></html>".encode("utf-16"), "html"),
        ("odd.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'></html>", "html"),
    ],
)
def test_text_and_html_are_told_apart(name: str, data: bytes, media: str) -> None:
    page = read_one(data, name)
    assert (page.media, page.data) == (media, data)


@pytest.mark.parametrize(
    ("ending", "pack"),
    [
        (".gz", gzip.compress),
        (".zst", zstandard.ZstdCompressor().compress),
        (".br", brotli.compress),
        (".gz.gz", lambda data: gzip.compress(gzip.compress(data), mtime=0)),
        (".gz", lambda data: gzip.compress(data[:7], mtime=0) + gzip.compress(data[7:]) + bytes(512)),
        (".zst", lambda data: b"".join(map(zstandard.ZstdCompressor().compress, (data[:7], data[7:])))),
    ],
)
def test_a_compressed_file_is_opened(ending: str, pack: object) -> None:
    assert callable(pack)
    assert read_one(pack(TEXT.encode()), "page.txt" + ending).data == TEXT.encode()


def test_lines_in_gzip_are_pages() -> None:
    rows = [
        {"id": "a", "text": TEXT},
        {"id": 7, "html": "<p>Left.</p>"},
        {"comments": [{"id": 1, "text": "No."}]},
    ]
    lines = "\n\n".join(json.dumps(row) for row in rows).encode()
    pages, errors = read(gzip.compress(lines, mtime=0), "pages.jsonl.gz")
    assert not errors
    assert [(page.id, page.media) for page in pages] == [("a", "text"), ("7", "html"), (None, "text")]
    assert pages[2].comments[0].text == "No."
    assert pages[2].source == "pages.jsonl.gz, line 5"


def test_lines_on_standard_input_are_told_by_their_first() -> None:
    pages, _ = read(b'{"url": "http://a.example/1", "text": "The mayor left."}\n{"text": "Back."}\n', "-")
    assert [page.data for page in pages] == ["The mayor left.", "Back."]


def test_half_a_character_does_not_stop_a_page() -> None:
    page = read_one(b'{"id": "a", "text": "A \\ud83d flag", "title": "\\udc00"}\n', "pages.jsonl")
    assert (page.data, page.title) == ("A \ufffd flag", "\ufffd")


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_gives_its_pages_and_says_where_they_stand(packed: bool) -> None:
    archive = Archive(packed)
    archive.add_other("warcinfo", "", b"software: none\r\n", "application/warc-fields")
    archive.add_page("http://a.example/1")
    archive.add_other(
        "request", "http://a.example/1", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"
    )
    archive.add_page("http://a.example/x.png", b"\x89PNG", [("Content-Type", "image/png")])
    archive.add_page("http://a.example/gone", PAGE, status="404 Not Found")
    archive.add_page(
        "http://a.example/2", TEXT.encode("cp1252"), [("Content-Type", "text/plain; charset=cp1252")]
    )
    archive.add_page("http://a.example/3", PAGE, [])
    archive.add_other("resource", "http://a.example/4", PAGE, "text/html")
    pages, errors = read(archive.data(), "crawl.warc.gz")
    assert not errors
    assert [page.url for page in pages] == [f"http://a.example/{n}" for n in (1, 2, 3, 4)]
    assert [page.media for page in pages] == ["html", "text", "html", "html"]
    assert [page.encoding for page in pages] == ["utf-8", "cp1252", None, None]
    assert all((page.source or "").startswith("crawl.warc.gz#urn:uuid:") for page in pages)
    assert pages[0].data == PAGE


def test_the_text_of_a_wet_page_stays_as_it_is() -> None:
    text = "Bridge opens\n\nThe mayor opened it.\n\nAnn Lee, 3 May 2012\n\nAt last!\n"
    data = Archive().add_text("http://a.example/1", text).add_text("http://a.example/2", TEXT).data()
    pages, errors = read(data, "crawl.warc.wet.gz")
    assert not errors
    assert [page.data.decode() for page in pages if isinstance(page.data, bytes)] == [text, TEXT]
    assert {page.media for page in pages} == {"text"}


def test_an_archive_in_zstd_with_its_dictionary() -> None:
    data = [Archive(False).add_page(f"http://a.example/{n}", PAGE * (n + 1)).data() for n in range(9)]
    shared = zstandard.ZstdCompressionDict(PAGE * 50)
    frames = b"".join(zstandard.ZstdCompressor(dict_data=shared).compress(one) for one in data)
    for held in (shared.as_bytes(), zstandard.ZstdCompressor().compress(shared.as_bytes())):
        head = b"\x5d\x2a\x4d\x18" + len(held).to_bytes(4, "little")
        pages, errors = read(head + held + frames, "crawl.warc.zst")
        assert not errors
        assert [page.data for page in pages] == [PAGE * (n + 1) for n in range(9)]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data, mtime=0))),
        ("gzip", lambda data: data),
        ("br", lambda data: data),
        ("deflate", lambda data: data),
        ("identity", lambda data: data),
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_the_codings_of_an_answer_are_taken_off(coding: str, pack: object, chunked: bool) -> None:
    assert callable(pack)
    body, headers = pack(PAGE), [*HTML, ("Content-Encoding", coding)]
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        cuts = [body[n : n + 40] for n in range(0, len(body), 40)]
        body = b"".join(b"%x;a=b\r\n%s\r\n" % (len(cut), cut) for cut in cuts) + b"0\r\n\r\n"
    page = read_one(Archive().add_page("http://a.example/1", body, headers).data(), "crawl.warc.gz")
    assert (page.data, page.damage) == (PAGE, None)


RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Harbour &amp;amp; Post</title><link>http://a.example/</link>
<item><title>Bridge &lt;b&gt;opens&lt;/b&gt;</title><link>http://a.example/1</link><guid>tag:1</guid>
<pubDate>Sun, 10 Dec 2017 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The mayor opened the bridge.</p>]]></content:encoded></item>
<item><title>Only a title</title><link>http://a.example/2</link></item>
<item></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><id>urn:1</id><title>Bridge opens</title><link href="http://a.example/1"/>
<updated>2017-12-12T08:00:00Z</updated><published>2017-12-11T08:00:00Z</published>
<content type="html">&lt;p&gt;The mayor opened the bridge.&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>Ferry stops</title><updated>2017-12-12T08:00:00Z</updated>
<summary type="text">The ferry stopped.</summary></entry></feed>"""


def test_each_entry_of_an_rss_feed_is_a_page() -> None:
    pages, errors = read(RSS, "news.xml")
    first, second = pages
    assert (first.title, first.publisher, first.url) == (
        "Bridge opens",
        "The Harbour & Post",
        "http://a.example/1",
    )
    assert (first.data, first.media) == ("<p>The mayor opened the bridge.</p>", "html")
    assert first.published == "2017-12-10", "the day as the publisher wrote it"
    assert first.source == "news.xml#tag:1"
    assert (second.data, second.media, second.published) == ("Only a title", "text", None)
    assert errors == ["news.xml#3: an entry without a text"]


def test_each_entry_of_an_atom_feed_is_a_page() -> None:
    pages, _ = read(ATOM, "-")
    assert [(page.published, page.media) for page in pages] == [
        ("2017-12-11", "html"),
        ("2017-12-12", "text"),
    ]
    assert pages[1].data == "The ferry stopped."


DISQUS = b"""<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><title>General</title></category>
<thread dsq:id="10"><id>b</id><link>http://a.example/bridge</link><title>Bridge opens</title></thread>
<thread dsq:id="11"><id>f</id><link>http://a.example/ferry</link><title>Ferry stops</title></thread>
<post dsq:id="100"><message><![CDATA[<p>At last &amp; well done.</p><p>Now the road.</p>]]></message>
<createdAt>2017-12-11T09:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Ann Lee</name></author><thread dsq:id="10"/></post>
<post dsq:id="101"><message><![CDATA[<p>Cheap watches</p>]]></message><isDeleted>false</isDeleted>
<isSpam>true</isSpam><thread dsq:id="10"/></post>
<post dsq:id="102"><message><![CDATA[Too late.]]></message><createdAt>2017-12-11T09:05:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author>
<thread dsq:id="10"/><parent dsq:id="100"/></post>
</disqus>"""


def test_a_disqus_export_gives_the_thread_of_each_page() -> None:
    raw = read_one(DISQUS, "comments.xml")
    assert (raw.title, raw.url, raw.source) == ("Bridge opens", "http://a.example/bridge", "comments.xml#10")
    page = read_page(raw)
    assert page.text == "At last & well done.\n\nNow the road.\n\nToo late."
    assert [(b.author, b.source_id, b.parent) for b in page.blocks] == [
        ("Ann Lee", "100", None),
        ("Bo", "102", 0),
    ]


def test_a_cut_disqus_export_keeps_what_came_before() -> None:
    pages, errors = read(DISQUS[:-200], "comments.xml")
    assert len(pages[0].comments) == 1
    assert "not well-formed XML" in errors[0]


def test_pages_of_comments_alone_have_ids_of_their_own() -> None:
    rows = [{"comments": [{"id": "1", "text": text}]} for text in ("Yes.", "No.")]
    first, second = (record.page for record in onrecord.read_many(rows))
    assert first.id != second.id


def test_a_folder_is_read_in_path_order_and_a_saved_pages_scripts_are_not(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name, data in {
        "b/2.txt": TEXT.encode(),
        "a.html": PAGE,
        "index.php": PAGE,
        "c.jsonl.gz": gzip.compress(b'{"text": "The mayor left."}\n', mtime=0),
        "page_files.js": b"<html>",
        "logo.png": b"\x89PNG\r\n\x1a\n\x00",
        ".git/config.txt": b"no page",
    }.items():
        (tmp_path / name).write_bytes(data)
    names = [(page.source or "").removeprefix(f"{tmp_path}/") for page in open_sources([str(tmp_path)])]
    assert names == ["a.html", "b/2.txt", "c.jsonl.gz, line 1", "index.php"]
    pattern = [page.source for page in open_sources([f"{tmp_path}/**/*.txt"])]
    assert pattern == [f"{tmp_path}/b/2.txt"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("page.zip", b"PK\x03\x04....", "is a zip archive, which is not opened; unpack it"),
        ("page.pdf", b"%PDF-1.7", "is a PDF"),
        ("crawl.warc.gz", gzip.compress(b"<html></html> text", mtime=0), None),
        ("crawl.warc", b"no archive", "is not a WARC archive: expected its first line to begin with WARC/"),
        ("news.rss", b"no feed", "is not a feed: expected an <rss>"),
        ("news.xml", b"<rss><channel><title>A</title></channel></rss>", "a feed without entries"),
        ("page.txt.gz", gzip.compress(b"  \n", mtime=0), "empty; expected the text"),
        ("page.txt", b"", "empty; expected the text"),
    ],
)
def test_what_is_no_page_says_what_was_expected(name: str, data: bytes, message: str | None) -> None:
    pages, errors = read(data, name)
    if message is None:
        assert pages
    else:
        assert not pages
        assert errors[0].startswith(name)
        assert message in errors[0]


@pytest.mark.parametrize("mode", ["text", "bytes"])
def test_an_open_file_is_told_by_what_it_holds(mode: str) -> None:
    html = "<html><title>Bridge opens</title><p>The mayor opened the café bridge on Monday.</p></html>"
    file = io.StringIO(html) if mode == "text" else io.BytesIO(gzip.compress(html.encode(), mtime=0))
    assert "café bridge" in onrecord.read(file).page.text
    assert "<p>" not in onrecord.read(io.StringIO(html)).page.text


def test_the_archive_says_that_it_cut_a_page() -> None:
    cut = {"WARC-Truncated": "length"}
    raw = read_one(Archive().add_page("http://a.example/1", warc=cut).data(), "crawl.warc.gz")
    assert [r.reason for r in read_page(raw).refused] == [
        "the archive keeps only the beginning of this page (length)"
    ]
