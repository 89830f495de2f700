from __future__ import annotations

from typing import Any

import pytest

from onrecord.dates import find_dateline
from onrecord.records import RawPage
from onrecord.stages.page.read_page import read_page

DATELINES = [
    ("QUITO, Jan 8 (Coast Courier) - The bridge was closed.", "QUITO, Jan 8 (Coast Courier) - ", "Jan 8"),
    ("QUITO, Ecuador (CC) — Police closed it.", "QUITO, Ecuador (CC) — ", None),
    ("QUITO—Police closed it.", "QUITO—", None),
    ("PORT VILA -- Police closed it.", "PORT VILA -- ", None),
    ("Quito, 8 January 2008 (CC) - Police", "Quito, 8 January 2008 (CC) - ", "8 January 2008"),
    ("Quito – Several thousand teachers marched.", "Quito – ", None),
    ("Okello — who was in Quito — said no.", "", None),
    ("U.N.-led forces attacked.", "", None),
    ("The minister - he was late - said no.", "", None),
    ("Quito is a city.", "", None),
    ("January 8, 2008 (QUITO) - Police closed it.", "January 8, 2008 (QUITO) - ", "January 8, 2008"),
    ("8 January 2008, QUITO – Police closed it.", "8 January 2008, QUITO – ", "8 January 2008"),
    ("(QUITO, January 8, 2008) - Police closed it.", "(QUITO, January 8, 2008) - ", "January 8, 2008"),
    ("QUITO, Tuesday 8 January 2008 — Police", "QUITO, Tuesday 8 January 2008 — ", "Tuesday 8 January 2008"),
    ("January 8, 2008 was a Tuesday - and cold.", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dateline", "day"), DATELINES, ids=[row[0] for row in DATELINES])
def test_a_dateline_ends_where_the_report_begins(text: str, dateline: str, day: str | None) -> None:
    assert find_dateline(text) == (len(dateline), day)


def test_what_stands_behind_a_dateline_acts(draft_of: Any) -> None:
    draft = draft_of("QUITO, Jan 8 (Coast Courier) - Police arrested two teachers on Monday.", upto="events")
    (event,) = draft.events
    names = {actor.id: actor.name for actor in draft.actors}
    assert [names[one] for one in event.sources] == ["police"]


@pytest.mark.parametrize(
    ("text", "published", "dated_by"),
    [
        ("Bridge closed\n\nQUITO, Jan 8, 2008 (CC) - Police closed it.", "2008-01-08", "dateline"),
        ("Bridge closed\nJanuary 8, 2008\nPolice closed it.", "2008-01-08", "dateline"),
        ("Bridge closed\nQuito, 8 January 2008 (Coast Courier)\nPolice closed it.", "2008-01-08", "dateline"),
        ("Bridge closed\n\nQUITO, Jan 8 (CC) - Police closed it.", None, None),
        ("Bridge closed\n\nOn January 8, 2008, police closed it.", None, None),
    ],
)
def test_a_text_is_dated_by_its_dateline(text: str, published: str | None, dated_by: str | None) -> None:
    page = read_page(RawPage(text))
    assert (page.published, page.dated_by) == (published, dated_by)


def test_a_day_that_is_given_goes_before_the_dateline() -> None:
    page = read_page(RawPage("QUITO, Jan 8, 2008 (CC) - Police closed it.", published="2010-02-03"))
    assert (page.published, page.dated_by) == ("2010-02-03", "given")
