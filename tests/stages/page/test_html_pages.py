from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.lexicons import load
from onrecord.lexicons.load import load_examples
from onrecord.records import Page, RawPage
from onrecord.stages.page import read_page
from onrecord.stages.page.hide_text import find_hiding
from onrecord.stages.page.parse_html import parse_html
from onrecord.stages.page.read_cues import MarkupCue, read_cues
from onrecord.stages.page.write_page import write_page

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize(("name", "yes", "no"), load_examples("markup_cues"))
def test_markup_cues(name: str, yes: tuple[str, ...], no: tuple[str, ...]) -> None:
    role = next(cue.role for cue in load("markup_cues", MarkupCue) if cue.name == name)
    assert [text for text in yes if role not in read_cues(text)] == []
    assert [text for text in no if role in read_cues(text)] == []


def told(page: Page) -> dict[str, list[Any]]:
    """Return what a case can expect of a page, by the names that cases use."""
    texts = [page.text[block.start : block.end] for block in page.blocks]
    found: dict[str, list[Any]] = {"comment": [], "author": [], "published": [], "parent": []}
    order = [n for n, block in enumerate(page.blocks) if block.kind == "comment"]
    for block, text in zip(page.blocks, texts, strict=True):
        found.setdefault(block.kind, []).append(text)
    for n in order:
        block = page.blocks[n]
        found["author"].append(block.author or "")
        found["published"].append(block.published or "")
        found["parent"].append(-1 if block.parent is None else order.index(block.parent))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_pages(case: dict[str, Any]) -> None:
    page = read_page(RawPage(case["html"].encode(), media="html"))
    found = told(page)
    for name, wanted in case.items():
        if name in found or name in ("title", "paragraph", "byline", "dateline", "caption", "other"):
            assert found.get(name, []) == wanted, name
    for text in case.get("absent", ()):
        assert text not in page.text
    for field in ("published_on", "updated", "dated_by", "publisher", "url"):
        if field in case:
            assert getattr(page, field.removesuffix("_on")) == case[field]
    for reason in case.get("refused", ()):
        assert any(reason in refusal.reason for refusal in page.refused), reason


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"hidden": None}, "hidden"),
        ({"hidden": "until-found"}, None),
        ({"aria-hidden": "true"}, "aria-hidden"),
        ({"style": "DISPLAY : none"}, "display:none"),
        ({"style": "visibility:hidden"}, "visibility:hidden"),
        ({"style": "opacity: 0"}, "opacity:0"),
        ({"style": "opacity: 0.5"}, None),
        ({"style": "font-size:0px"}, "font-size:0"),
        ({"style": "height:0; overflow:hidden"}, "zero size"),
        ({"style": "overflow:hidden;width:0px;"}, "zero size"),
        ({"style": "height:0"}, None),
        ({"style": "line-height:0; overflow: hidden"}, None),
        ({"style": "position:absolute;left:-9999px"}, "off-screen"),
        ({"style": "margin-left:-10px"}, None),
        ({"style": "clip: rect(0 0 0 0)"}, "clipped"),
        ({"class": "hidden-gem"}, None),
    ],
)
def test_hiding(attributes: dict[str, str | None], reason: str | None) -> None:
    assert find_hiding(attributes) == reason


WORDS = re.compile(r"\((\d+) words\)")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_reader_sees_is_in_the_text_or_refused(case: dict[str, Any]) -> None:
    """Every line that is shown is written, or counted in a refusal: the words add up."""
    tree = parse_html(case["html"])
    shown = sum(line.words for line in tree.lines if line.hidden is None)
    written = write_page(case["html"])
    kept = sum(
        written.text[block.start : block.end].count(" ")
        + written.text[block.start : block.end].count("\n")
        + 1
        for block in written.blocks
        if block.rule != "stated"
    )
    left = sum(int(count) for refusal in written.refused for count in WORDS.findall(refusal.reason))
    assert kept + left == shown


def test_head_that_stands_apart_dates_no_page() -> None:
    case = next(case for case in CASES if case["name"].startswith("The head of a comment of one word"))
    page = read_page(RawPage(case["html"].encode(), media="html"))
    assert page.published is None
