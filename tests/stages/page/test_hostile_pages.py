"""Pages that are made to cost minutes or gigabytes, or that break in odd ways; most were found by fuzzing.

Each is read as far as its parts, in a process of its own that is held to so many seconds and MiB.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.exports.html import render_page
from onrecord.pipeline import read_pages
from onrecord.records import RawPage
from onrecord.stages.page import read_page
from onrecord.stages.page.bound_markup import MOST_ATTRIBUTES, MOST_OPEN, bound_markup, is_bounded
from onrecord.stages.page.parse_html import parse_html
from onrecord.stages.parts import split_parts

Bounded = Callable[..., list[dict[str, Any]]]

STORY = "<p>The mayor opened the new bridge on Monday, and crews of the old ferry went home.</p>"
SECOND = "<p>The bridge took four years to build and carries a road, a path and a line of the tram.</p>"
N = 100_000


def each(template: str, count: int = N, between: str = "") -> str:
    """Return a template once for each number, with the number in it."""
    return between.join([template.replace("#", str(n)) for n in range(count)])


COMMENT = (
    '<li class="comment" id="comment-#"><cite class="fn">Ann #</cite> '
    '<time datetime="2017-12-11T10:00:00Z">3 hours ago</time><p>I do not think so, #.</p>'
)
OPEN = ("div", "b", "span", "blockquote", "ul", "table", "svg", "select", "button")
NESTED = {
    **{tag: f"<{tag}>" for tag in OPEN},
    "divs with text": "<div>so it is",
    "items": "<ul><li>x",
    "cells": "<table><tr><td>",
    "open paragraphs": "<p><b>",
    "ends behind walls": "<div><table><td></div>",
    "hidden": "<div hidden>",
}
LIST = "<h2>Comments</h2><ol class=commentlist>"
BOMBS: dict[str, Callable[[], str]] = {
    **{f"100,000 nested: {name}": lambda markup=markup: markup * N for name, markup in NESTED.items()},
    "divs that end": lambda: "<div>" * N + "</div>" * N,
    "ends without a beginning": lambda: "<span>" * N + "</x>" * N,
    "500,000 attributes": lambda: f"<div {each('a#=b ', 5 * N)}>words</div>",
    "500,000 attributes with > in them": lambda: f"<div {each('a#=|>| ', 5 * N)}>words</div>".replace(
        "|", '"'
    ),
    "500,000 attributes without blanks": lambda: f"<div {each('a#=||', 5 * N)}>words</div>".replace("|", '"'),
    "500,000 attributes behind slashes": lambda: f"<div{each('/a#', 5 * N)}>words</div>",
    "attributes behind a false quote": lambda: f'<!-- <a x=" --><div {each("a# ")}>words</div>',
    "attributes of an end tag": lambda: f"<div>words</div {each('a#=b ', 5 * N)}>",
    "a new attribute in each body": lambda: each("<body a#=b>", N // 5),
    "a long style": lambda: f"<div style='{'width:0;' * N}'>words</div>",
    "a long class": lambda: f"<div class='{each('comment-# ')}'>words</div>",
    "a long class without blanks": lambda: f"<div class='{'with' * N}'>words</div>",
    "an endless id": lambda: f"<div id='{'comment-' * N}'><p>words</p></div>" * 3,
    "ids that are long numbers": lambda: (
        LIST + each(f"{COMMENT}</li>".replace("comment-#", "7" * N + "x"), 9)
    ),
    "a story in 3,000 formats": lambda: "<i>" * 3000 + STORY + SECOND + "</i>" * 3000,
    "unclosed formatting": lambda: each("<p><font color=#>x</p>", N // 5),
    "3,000 unclosed fonts in 70 KB": lambda: each("<p><font color=#>x</p>", 3000),
    "5,000 comments": lambda: LIST + each(COMMENT + "</li>", 5000),
    "2,000 comments in each other": lambda: LIST + each(COMMENT + "<ol class=children>", 2000),
    "comments without an end": lambda: "<!--" * N,
    "scripts": lambda: "<script>x</script>" * N,
    "data in brackets": lambda: f"<script type='application/ld+json'>{'[' * N}</script>",
    "data in braces": lambda: "<script type='application/ld+json'>" + '{"a":' * N + "</script>",
    "breaks": lambda: "x<br>" * (N // 4),
    "blanks": lambda: f"<p>{' ' * 20 * N}</p>",
    "letters": lambda: f"<p>{'a' * 20 * N}</p>",
    "ampersands": lambda: "&amp" * 5 * N,
    "20,000 forms": lambda: each("<form><input name=a#> Your name </form>", N // 5),
    "a word of months": lambda: f"<p>{'ene' * N}, 7</p>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_seconds_and_hides_nothing(name: str, tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "page.html"
    head = f"<html><head><title>Bridge opens</title></head><body>{STORY}{SECOND}"
    path.write_text(head + BOMBS[name]())
    (row,) = bounded(path, seconds=20, mib=1500, stage="parts")
    if row["failure"] is None:
        assert "The mayor opened the new bridge on Monday" in row["text"] or "so it is\n" in row["text"]
    else:
        assert "words that it shows outside links were found" in row["failure"]


def test_200_megabytes_are_refused_before_they_are_parsed(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "page.html"
    with path.open("w") as file:
        for _ in range(200):
            file.write("<div>words " * ((1 << 20) // 11))
    (row,) = bounded(path, seconds=5, mib=400, stage="parts")
    assert "opens to more than 16 MiB" in row["error"]


HEAD = "Bridge opens\n\nBy Ann Lee\n\nThe mayor opened the bridge on Monday.\n\n3 Comments\n\n"
RUNS = ("A", "a_", "a ", "1", "1,", " ", "\n", "\t", '"', "“a” ", "@a ", "> ", "A.B.", "Reply\n", "a: ", "é")
"""What is repeated in comments; a long word hung the search for words that are asked back."""


def test_comments_of_one_thing_over_and_over(tmp_path: Path, bounded: Bounded) -> None:
    paths = []
    for number, run in enumerate(RUNS):
        body = run * (20_000 // len(run))
        days = (f"Ann Lee December {n}, 2017 at 9:05 am\n{body}\nReply\n\n" for n in range(1, 4))
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(HEAD + "".join(days))
    rows = bounded(*paths, seconds=30, mib=1000, stage="parts")
    assert len(rows) == len(RUNS)
    assert all(row["parts"] > 3 for row in rows)


ENTITIES = "".join(f'<!ENTITY e{n + 1} "' + f"&e{n};" * 10 + '">' for n in range(11))


def test_entities_that_a_page_declares_are_not_opened(tmp_path: Path, bounded: Bounded) -> None:
    path = tmp_path / "page.xhtml"
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{ENTITIES}]>'
    path.write_text(f"{head}<html>{STORY}<p>&e11;</p></html>")
    (row,) = bounded(path, stage="parts")
    assert row["characters"] < 2000
    assert "The mayor opened" in row["text"]


def read(html: str | bytes, **facts: str) -> Any:
    """Return a page, its parts checked to lie in it."""
    page = read_page(RawPage(html, media="html", **facts))  # type: ignore[arg-type]
    for part in split_parts(page):
        assert 0 <= part.start <= part.end <= len(page.text)
    for refusal in page.refused:
        assert 0 <= refusal.span[0] <= refusal.span[1] <= len(page.text)
    return page


@pytest.mark.parametrize(
    "name", ["utf-16", "utf-8", "shift_jis", "no-such", "utf-7", "idna", "unicode_escape"]
)
def test_a_wrong_character_set_is_seen_through(name: str) -> None:
    said = "<p>The owner of the Café “Zur Brücke” — open since May — was glad of it on Monday.</p>"
    html = f"<html><head><meta charset={name}></head><body>{STORY}{said}</body></html>"
    assert "Café “Zur Brücke” — open since May" in read(html.encode(), encoding=name).text


def test_mixed_character_sets_lose_no_more_than_their_bytes() -> None:
    first = f"<html>{STORY}<p>The owner of the Café was glad of it, as she told the paper on Monday.</p>"
    second = "<p>The Brücke had been closed for years, and few in town had hoped to see it again.</p></html>"
    page = read(first.encode() + second.encode("cp1252"))
    assert "the Café was glad" in page.text
    assert "The Br\ufffdcke had been closed" in page.text
    assert any("bytes are not utf-8" in refusal.reason for refusal in page.refused)


def test_a_broken_byte_in_a_tag_is_reported_within_the_text() -> None:
    assert read(b"<t\xf0d").text == ""
    assert "The mayor" in read(b"<html><t\xf0d>" + STORY.encode()).text


def test_a_title_behind_all_that_is_prose() -> None:
    assert "b a t y" in read("n o d d m a n t a M<h2>b a t y .<p").text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://[", "//x", "data:text/html,x", "\x00http://a"]
)
def test_an_address_that_is_none_is_not_kept(address: str) -> None:
    head = f'<link rel=canonical href="{address}"><meta property="og:url" content="{address}">'
    page = read(f"<html><head>{head}</head><body>{STORY}<a href='{address}'>Read it</a></body></html>")
    assert page.url is None
    assert "alert" not in page.text


def test_half_a_character_in_a_script_is_replaced() -> None:
    data = '{"@type":"Article","headline":"Ferry \\ud83d sails"}'
    page = read_page(RawPage(f'<script type="application/ld+json">{data}</script>', media="html"))
    assert page.title == "Ferry \ufffd sails"
    assert page.text.encode()


@pytest.mark.parametrize("tag", ["<ol class=comment>", "<section id=comment>"])
@pytest.mark.parametrize("line", ["\ufffdPosted by:", "\ufffd5am"])
def test_a_section_that_holds_a_head_alone(tag: str, line: str) -> None:
    assert read(f"{tag}{line}").text.strip("\ufffd") in line


def test_scripts_written_as_text_stay_text() -> None:
    said = "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;"
    html = f"<html><body>{STORY}<p>He wrote {said} on the wall of the town hall on Monday.</p></body></html>"
    (record,) = read_pages([RawPage(html, media="html")])
    assert "<script>alert(1)</script>" in record.page.text
    shown = render_page([record])
    assert "<script" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><body><script>render()</script></body></html>",
        "<html><body><div hidden>The mayor opened the bridge on Monday.</div></body></html>",
        "<html><body><nav><a href=/>Home</a></nav></body></html>",
    ],
)
def test_a_page_without_text_is_not_read(html: str) -> None:
    assert str(read(html).failure).startswith("no text was found on it")


def test_a_page_of_which_little_is_found_is_not_read() -> None:
    page = read(f"<html><head><title>Bridge</title></head><body>{'<div>no</div>' * 5000}</body></html>")
    assert len(page.text.split()) > 1000 or "words that it shows" in str(page.failure)


@pytest.mark.parametrize(
    "html",
    [
        f"<!doctype html><html lang=en><body class='a b'>{STORY}<p>An <a href='/x?a=1&b=2'>open</a> <b>end.",
        f"<ul><li>one<li>two</ul><table><tr><td>a<td>b<tr><td>c</table>{STORY}",
        f"<p>first<p>second<div>third</div><dl><dt>t<dd>d<dt>u</dl>{STORY}",
        f"<p>a < b and c > d & e <3 <> </ > <!x> <?php x ?> <!--> c --> d{STORY}",
        f'<div title="a > b" data-x=\'"\'>{STORY}</div><textarea><b>x</textarea><title>a<b</title>',
        f"<script>if (a < b) {{ document.write('<p>no</p>') }}</script><style>a > b {{}}</style>{STORY}",
        f"<b><i>x</b>y</i>{STORY}<select><option>a<option>b</select><br/><hr><img alt=x>",
    ],
)
def test_bounded_markup_holds_the_same_lines(html: str) -> None:
    bomb = html + "<i></i>" * 20_000
    assert is_bounded(html)
    assert not is_bounded(bomb)
    lines = [(line.text, line.linked) for line in parse_html(html).lines]
    assert [(line.text, line.linked) for line in parse_html(bomb).lines] == lines


def test_bounded_markup_is_bounded() -> None:
    deep = bound_markup("<div>" * N + "words")
    assert deep.count("<div>") == MOST_OPEN
    wide = bound_markup(f"<div {' '.join(f'a{n}' for n in range(N))}>words</div>")
    assert wide.count(" a") == MOST_ATTRIBUTES
    assert "words" in deep
    assert "words" in wide
