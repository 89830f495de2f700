from __future__ import annotations

import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from onrecord.headers import read_header
from onrecord.lexicons import load
from onrecord.lexicons.load import load_examples
from onrecord.marks import PageMark, find_mark
from onrecord.records import Block, Page, Part, RawComment, RawPage
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stamps import read_stamp

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def comments_of(parts: tuple[Part, ...]) -> list[Part]:
    return [part for part in parts if part.kind == "comment"]


def replies_of(parts: tuple[Part, ...]) -> list[int | None]:
    index = {part.id: i for i, part in enumerate(comments_of(parts))}
    return [index[c.reply_to] if c.reply_to else None for c in comments_of(parts)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_cases(case: dict[str, Any]) -> None:
    page = read_page(RawPage(case["text"].strip()))
    parts = split_parts(page)
    found = [(p.kind, page.text[p.start : p.end]) for p in parts]
    assert [kind for kind, _ in found] == [kind for kind, _ in case["parts"]], found
    assert all(text.startswith(head) for (_, text), (_, head) in zip(found, case["parts"], strict=True))
    comments = comments_of(parts)
    if "replies" in case:
        assert [r if r is not None else False for r in replies_of(parts)] == case["replies"]
    if "addressed" in case:
        assert [c.addressed_to or False for c in comments] == case["addressed"]
    if "authors" in case:
        assert [c.author for c in comments] == case["authors"]


@pytest.mark.parametrize(("name", "yes", "no"), load_examples("page_marks"))
def test_page_marks(name: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    assert name in {mark.name for mark in load("page_marks", PageMark)}
    role = next(mark.role for mark in load("page_marks", PageMark) if mark.name == name)
    for line in yes:
        mark = find_mark(line)
        assert mark, line
        assert mark.role == role, line
    for line in no:
        assert find_mark(line) is None, line


def listed(*rows: tuple[str | None, str | None, str]) -> tuple[Part, ...]:
    comments = tuple(RawComment(str(n), text, author, at) for n, (author, at, text) in enumerate(rows))
    return split_parts(read_page(RawPage("", comments=comments)))


def test_time_that_goes_on_stays_in_the_thread() -> None:
    parts = listed(
        ("a", "2020-01-01T10:00:00", "The bridge was never safe."),
        ("b", "2020-01-01T12:00:00", "And you knew it?"),
        ("c", "2020-01-01T09:00:00", "Buses are full now."),
        ("d", "2020-01-01T09:20:00", "You could walk."),
        ("e", "2020-01-01T08:00:00", "I blame the lorries."),
    )
    assert replies_of(parts) == [None, 0, None, 2, None]


def test_times_in_one_direction_say_nothing() -> None:
    rows = [("x", f"2020-01-01T{10 + n}:00:00", f"Statement number {n}.") for n in range(5)]
    assert replies_of(listed(*((f"u{n}", at, text) for n, (_, at, text) in enumerate(rows)))) == [None] * 5


def test_name_of_an_earlier_commenter() -> None:
    parts = listed(
        ("Ann Lee", None, "The bridge was never safe."),
        ("Otto", None, "Buses are full."),
        ("Bert", None, "@Ann Lee it was safe in May."),
        ("Carl", None, "Otto, take the train."),
        ("Dora", None, "Sorry, I liked the old one."),
    )
    assert replies_of(parts) == [None, None, 0, 1, None]
    assert [c.addressed_to for c in parts] == [None, None, "Ann Lee", "Otto", None]


def test_nested_markup_is_followed() -> None:
    text = "First.\n\nSecond."
    page = Page("x", None, None, None, None, "en", text, "", blocks=(
        Block("comment", 0, 6), Block("comment", 8, 15, parent=0)))  # fmt: skip
    assert replies_of(split_parts(page)) == [None, 0]


def test_parts_cover_the_page_and_rules_are_given() -> None:
    for case in CASES:
        page = read_page(RawPage(case["text"]))
        parts = split_parts(page)
        covered = {i for p in parts for i in range(p.start, p.end)}
        assert not [ch for i, ch in enumerate(page.text) if i not in covered and not ch.isspace()]
        assert all(p.rule for p in parts)
        assert [p.id for p in parts] == [f"p{n}" for n in range(1, len(parts) + 1)]


def test_passage_has_nothing_to_find() -> None:
    parts = split_parts(read_page(RawPage("Comments\n\nI was there!", kind="passage")))
    assert [p.kind for p in parts] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 100_000 + "a",
        " " * 2_000_000,
        "x" * 2_000_000,
        '"' * 500_000,
        "a b.\n\n" * 10_000,
        "A, " * 300_000,
    ],
)
def test_odd_pages_end_soon(text: str) -> None:
    start = perf_counter()
    split_parts(read_page(RawPage(text)))
    assert perf_counter() - start < 5


@pytest.mark.parametrize(
    ("head", "author", "iso"),
    [
        ("11. Jul, 2012 / Ann Lee says: Hello", "Ann Lee", "2012-07-11"),
        ("Posted by Otto on 3 May 2012 at 5:49 pm", "Otto", "2012-05-03T17:49:00"),
        ("Ann Lee, 2020-04-09 08:34", "Ann Lee", "2020-04-09T08:34:00"),
    ],
)
def test_headers(head: str, author: str, iso: str) -> None:
    header = read_header(head)
    assert header
    assert header.stamp
    assert (header.author, header.stamp.iso) == (author, iso)


def test_a_story_is_no_header() -> None:
    assert read_header("The minister said on Friday that the talks of 3 May 2012 had failed.") is None
    assert read_stamp("The 40 mayors met.") is None
