from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from make_pages import load_grammar, make_pages

from onrecord.sources import page_from_dict


def test_the_same_seed_gives_the_same_pages() -> None:
    assert list(make_pages(60, 3)) == list(make_pages(60, 3))
    assert list(make_pages(60, 3)) != list(make_pages(60, 4))
    assert list(make_pages(60, 3))[:20] == list(make_pages(20, 3))


def test_stories_are_copied_disputed_and_go_on() -> None:
    pages = list(make_pages(400, 1))
    assert set(Counter(page["told"] for page in pages)) == {"first", "copy", "other", "dispute", "later"}
    by_id = {page["id"]: page for page in pages}
    for page in pages:
        if page["copy_of"]:
            original = by_id[page["copy_of"]]
            assert page["text"].split("\n\n")[0] == original["text"].split("\n\n")[0]
            assert page["published"] >= original["published"]


def test_every_page_is_one_that_onrecord_takes_and_has_no_open_slot() -> None:
    for page in make_pages(200, 2, long=True):
        assert page_from_dict(page, "made").data
        assert "{" not in page["text"] + page["title"]


def test_every_plot_has_all_kinds_of_sentence() -> None:
    for plot in load_grammar()["story"]:
        assert min(len(plot[key]) for key in ("titles", "first", "dispute", "later", "details")) >= 2
    text = Path("benchmarks/pages.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["wire"] in load_grammar()["publishers"]
