"""Titles in capitals are written as the article below them writes their words, at the same offsets."""

from __future__ import annotations

import pytest

from onrecord import read_many, read_text
from onrecord.stages.sentences.recase_title import recase_title

BODY = (
    "\n\nPresident Amos Karanja on Monday ordered Kenyan troops to leave Somalia. The UN said it would watch "
    "the withdrawal. Three soldiers were killed in an attack on the airport, a spokesman said. Turkey had "
    "warned them."
)


@pytest.mark.parametrize(
    ("title", "recased"),
    [
        (
            "Karanja Orders Kenyan Troops To Leave Somalia As UN Watches",
            "Karanja orders Kenyan troops to leave Somalia as UN watches",
        ),
        ("KARANJA ORDERS TROOPS OUT OF SOMALIA", "Karanja orders troops out of Somalia"),
        ("Soldiers Killed In Turkey Attack At Airport", "Soldiers killed in Turkey attack at airport"),
        ("Karanja orders Kenyan troops to leave Somalia", "Karanja orders Kenyan troops to leave Somalia"),
        ("Karanja Leaves", "Karanja Leaves"),
    ],
)
def test_title(title: str, recased: str) -> None:
    assert recase_title(title, BODY) == recased


def test_names_in_the_record_stay_as_published() -> None:
    record = read_text("Rebels Attack Kenyan Soldiers At Airport" + BODY, published="2024-03-11")
    event = record.events[0]
    assert record.page.text[slice(*event.trigger)] == "Attack"
    assert event.act.type == "ASSAULT"


def test_comments_have_no_say_in_a_title() -> None:
    report = {"id": "gate", "text": "Rebels Shell Kenyan Soldiers Near Airport\n\nThe rebels said nothing."}
    said = [{"id": "1", "text": "They shell soldiers near every airport."}]
    alone, argued = read_many([report, {**report, "comments": said}])
    assert alone.parts[0].kind == "title"
    assert alone.to_dict()["events"] == argued.to_dict()["events"]
