from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from archives import Archive

from onrecord.errors import InputError
from onrecord.records import RawPage
from onrecord.sources import open_sources

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Okeby Blog</title>%s</channel></rss>"""
ITEM = """<item><title>Baths close</title><link>http://okeby.example/baths</link>
<content:encoded><![CDATA[The baths closed on Monday.

The boiler had failed.]]></content:encoded><wp:post_id>7</wp:post_id>
<wp:post_date>2016-04-02 10:00:00</wp:post_date><wp:status>%s</wp:status><wp:post_type>%s</wp:post_type>
%s</item>"""
COMMENT = """<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author>%s</wp:comment_author>
<wp:comment_date>2016-04-03 07:00:00</wp:comment_date><wp:comment_content>%s</wp:comment_content>
<wp:comment_approved>%s</wp:comment_approved><wp:comment_parent>%d</wp:comment_parent></wp:comment>"""
PAGE = b"<html><body><h1>Baths close</h1><p>The baths closed on Monday.</p></body></html>"


def read(path: Path) -> list[RawPage | InputError]:
    return list(open_sources([str(path)]))


def test_a_wordpress_export_keeps_comments_and_leaves_out_what_was_not_published(tmp_path: Path) -> None:
    comments = (
        COMMENT % (1, "Ruby", "At last.", "1", 0)
        + COMMENT % (2, "Bob", "Why?", "1", 1)
        + COMMENT % (3, "Pills", "Buy now", "spam", 0)
    )
    items = (
        ITEM % ("publish", "post", comments)
        + ITEM % ("draft", "post", "")
        + ITEM % ("inherit", "attachment", "")
    )
    (tmp_path / "blog.xml").write_text(EXPORT % items, encoding="utf-8")
    (page,) = read(tmp_path / "blog.xml")
    assert isinstance(page, RawPage)
    assert (page.title, page.published, page.publisher) == ("Baths close", "2016-04-02", "Okeby Blog")
    assert page.data == "<p>The baths closed on Monday.</p><p>The boiler had failed.</p>"
    assert [(c.author, c.text, c.parent) for c in page.comments] == [
        ("Ruby", "At last.", "0"),
        ("Bob", "Why?", "1"),
    ]


def test_an_export_of_drafts_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "blog.xml").write_text(EXPORT % (ITEM % ("draft", "post", "")), encoding="utf-8")
    (error,) = read(tmp_path / "blog.xml")
    assert isinstance(error, InputError)
    assert "without a published post" in str(error)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_body_whose_packing_no_header_names_is_opened(tmp_path: Path, pack: object) -> None:
    body = pack(PAGE)  # type: ignore[operator]
    (tmp_path / "a.warc").write_bytes(Archive(packed=False).add_page("http://okeby.example/", body).data())
    (page,) = read(tmp_path / "a.warc")
    assert isinstance(page, RawPage)
    assert page.data == PAGE


@pytest.mark.parametrize(
    "opening", [b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\x14\x00", b"GIF89a\x01"]
)
def test_a_file_that_calls_itself_a_page_is_an_error(tmp_path: Path, opening: bytes) -> None:
    body = opening + bytes(range(256))
    (tmp_path / "a.warc").write_bytes(Archive(packed=False).add_page("http://okeby.example/", body).data())
    (error,) = read(tmp_path / "a.warc")
    assert isinstance(error, InputError)
    assert "its header says html" in str(error)
