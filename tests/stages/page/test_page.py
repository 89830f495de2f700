from __future__ import annotations

import pytest

from onrecord.records import RawComment, RawPage
from onrecord.stages.page import read_page
from onrecord.stages.page.decode_text import decode_text

NEWS = "The minister said that the talks in the café were held — as planned — on Monday."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_and_plain_unicode(encoding: str) -> None:
    assert decode_text(NEWS.encode(encoding))[0] == NEWS


def test_a_declared_set_is_used_where_utf8_fails() -> None:
    assert decode_text(NEWS.encode("cp1252"), "windows-1252") == (NEWS, "windows-1252", 0)


def test_a_set_is_guessed() -> None:
    text, _, broken = decode_text(NEWS.encode("cp1252"))
    assert text == NEWS
    assert broken == 0


def test_a_made_up_set_is_passed_over() -> None:
    assert decode_text(NEWS.encode("cp1252"), "no-such-set")[0] == NEWS


def test_only_line_ends_are_changed() -> None:
    assert read_page(RawPage("one\r\ntwo\rthree \u00a0\n".encode())).text.startswith("one\ntwo\nthree ")


def test_comments_follow_the_text_with_a_blank_line_between() -> None:
    page = read_page(RawPage("Body.", comments=(RawComment("7", "First."), RawComment("8", "Second.\r\n"))))
    assert page.text == "Body.\n\nFirst.\n\nSecond.\r\n"
    assert [(page.text[b.start : b.end], b.source_id) for b in page.blocks] == [
        ("First.", "7"),
        ("Second.\r\n", "8"),
    ]


def test_text_that_came_as_data_keeps_its_offsets() -> None:
    page = read_page(RawPage("One.\r\nTwo.\r\n"))
    assert page.text == "One.\r\nTwo.\r\n"


def test_a_simple_html_page_gives_title_and_text() -> None:
    body = "<p>The minister left.</p><p>Talks go on &amp; on.</p><script>x()</script>"
    html = f"<html><head><title>Minister leaves</title></head><body>{body}</body></html>"
    page = read_page(RawPage(html, media="html"))
    assert page.text.splitlines()[0] == "Minister leaves"
    assert "Talks go on & on." in page.text
    assert "x()" not in page.text
    assert "<p>" not in page.text
