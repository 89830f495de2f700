"""What the learned layer decides, whom it never overrules, and what it says of both."""

from __future__ import annotations

from pathlib import Path

from onrecord import read_text
from onrecord.records import Settings

WEAVING = """
[[entry]]
key = "weave"
code = "060"
source = "user"
verbs = ["weave"]
"""


def test_an_entry_of_the_user_wins(tmp_path: Path) -> None:
    book = tmp_path / "own.toml"
    book.write_text(WEAVING, encoding="utf-8")
    text = "Kenya wove a basket with Uganda."
    assert [event.rule for event in read_text(text).events] == []
    (event,) = read_text(text, settings=Settings(codebooks=(str(book),))).events
    assert (event.rule, event.decided_by) == ("weave", "user")


def test_an_event_says_what_weighed_for_it() -> None:
    (event,) = read_text("Kenyan police arrested two Ugandan officials on Monday.").events
    assert event.decided_by == "codebook"
    weights = [one for one in event.evidence if one.kind == "weight"]
    assert weights
    assert all(isinstance(one.value, float) and one.value for one in weights)
    assert all(one.span == event.trigger for one in weights)


def test_what_is_turned_down_names_its_nearest_type() -> None:
    record = read_text("The committee discussed the weather, and the crowd adored the show.")
    assert record.events == ()
    record = read_text("Kenya's drive to sign the deal went on, and Uganda's call for talks did too.")
    assert any("nearest type" in one.reason for one in record.refused if one.stage == "events")
