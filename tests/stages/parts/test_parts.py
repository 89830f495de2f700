from __future__ import annotations

import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from onrecord.records import Block, Page, Part, RawComment, RawPage
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts

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


@pytest.mark.parametrize(
    ("name", "rows", "replies"),
    [
        (
            "who writes on adds to what he wrote",
            [("Ann", "The bridge was never safe."), ("Ann", "I forgot to say that buses are full.")],
            [None, 0],
        ),
        (
            "a second comment about something else stands by itself",
            [("Ann", "The bridge was never safe."), ("Ann", "Lorries are the reason for all this.")],
            [None, None],
        ),
        (
            "the author above is named",
            [
                ("Otto Kern", "The link to the plan is dead."),
                ("Ada", "Fixed in the morning, well seen Otto."),
            ],
            [None, 0],
        ),
        (
            "where no names are shown, an @ means the one above",
            [(None, "The bridge was safe in May."), (None, "@marshman it was closed in May.")],
            [None, 0],
        ),
        (
            "a short answer under a short question",
            [("Ann", "When will the bridge reopen?"), ("Bert", "in March, if the steel comes in time")],
            [None, 0],
        ),
        (
            "an answer of one word",
            [("Ann", "Lorries have broken the bridge."), ("Bert", "Stimmt. Viel zu schwer.")],
            [None, 0],
        ),
        (
            "who wrote is back after a question",
            [
                ("Ann", "The bridge was never safe."),
                ("Bert", "You say never, so since when exactly, and says who?"),
                ("Ann", "Since the flood."),
            ],
            [None, 0, 1],
        ),
        (
            "a writer whom all speak to is not answered by each of them",
            [
                ("Ada", "All comments are read."),
                ("Ann", "Ada, I like your columns."),
                ("Bert", "Ada, I walk to work."),
                ("Carl", "Ada, buses are full."),
                ("Dora", "Ada, write more."),
            ],
            [None, None, None, None, None],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_lists_without_times(
    name: str, rows: list[tuple[str | None, str]], replies: list[int | None]
) -> None:
    parts = listed(*((author, None, text) for author, text in rows))
    assert replies_of(parts) == replies, [part.rule for part in parts]


def test_authors_before_a_dash() -> None:
    lines = (
        "Ann Lee — The bridge was never safe.",
        "J. Kern — Buses are full.",
        "Bert — Ann, it was safe in May.",
    )
    parts = listed(*((None, None, line) for line in lines))
    assert [part.author for part in parts] == ["Ann Lee", "J. Kern", "Bert"]
    assert replies_of(parts) == [None, None, 0]


def test_who_quoted_first_is_answered() -> None:
    said = "The northern road will be jammed until the middle of March."
    parts = listed(("Ann", None, said), ("Bert", None, f'"{said}" +1'), ("Carl", None, f"{said} +2"))
    assert replies_of(parts) == [None, 0, 0]


def test_a_late_comment_on_the_page_itself_opens_a_thread() -> None:
    opinion = "This column forgets the mayor, who has cut every budget for repairs since he was elected. " * 7
    rows = [
        (
            "a",
            "2020-01-01T10:00:00",
            "The bridge was never safe, and the city knew of the cracks in the piers.",
        ),
        ("b", "2020-01-01T12:00:00", "You knew of the cracks?"),
        ("c", "2020-01-03T12:00:00", opinion),
        ("d", "2020-01-01T11:00:00", "Buses are full now."),
        ("e", "2020-01-01T11:10:00", "You could walk."),
        ("f", "2020-01-01T08:00:00", "I blame the lorries."),
    ]
    assert replies_of(listed(*rows)) == [None, 0, None, None, 3, None]


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


def test_names_with_a_colon_open_the_comments() -> None:
    text = (
        "Bridge closed\n\nThe bridge was closed on Monday.\n\nComments (3)\n"
        "Ann Lee: They are late again.\nTom replying to Ann Lee: Not this time.\nRia: Why now?\n"
    )
    parts = [part for part in split_parts(read_page(RawPage(text))) if part.kind == "comment"]
    assert [(part.author, text[part.start : part.end]) for part in parts] == [
        ("Ann Lee", "They are late again."),
        ("Tom", "Not this time."),
        ("Ria", "Why now?"),
    ]
    assert [part.reply_to for part in parts] == [None, parts[0].id, None]


def test_a_remark_with_a_colon_is_no_name() -> None:
    text = (
        "Bridge closed\n\nIt was closed.\n\nComments (2)\n\nOne thing: it was late.\n\nNot again. I left.\n"
    )
    parts = [part for part in split_parts(read_page(RawPage(text))) if part.kind == "comment"]
    assert [part.author for part in parts] == [None, None]


def test_the_reasons_of_a_weighed_link_are_kept() -> None:
    parts = listed(
        ("Ann", None, "Who pays for the new piers of the bridge?"),
        ("Bert", None, "That is what the toll is for, and the piers were in the budget."),
    )
    assert replies_of(parts) == [None, 0]
    assert "reply:weighed (" in (parts[1].rule or "")
    assert "takes up what was said" in (parts[1].rule or "")


def test_a_line_of_dashes_signs_nothing() -> None:
    text = "Bridge closed\n" + "—" * 26
    assert [(part.kind, part.author) for part in split_parts(read_page(RawPage(text)))] == [
        ("title", None),
        ("other", None),
    ]
