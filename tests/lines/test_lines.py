from __future__ import annotations

import doctest
from typing import Any

import pytest

from onrecord.dates import read_stamp
from onrecord.lexicons import load
from onrecord.lexicons.load import load_examples
from onrecord.lines import PageMark, find_mark, headers, marks, read_header


@pytest.mark.parametrize("module", [headers, marks])
def test_examples_of_the_functions_hold(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


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


@pytest.mark.parametrize("word", ["Reply", "Like", "Share"])
def test_figures_behind_a_button_are_read_at_once(word: str) -> None:
    # A run of figures that could be cut anywhere took longer than the age of the page.
    assert find_mark(word + 90 * "1" + "!") is None
    assert find_mark(word + " 12 34") is not None
