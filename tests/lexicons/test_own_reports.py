"""The reports of our own from which the layer of events learns: well formed, of known types and modes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from own_reports import read_reports

from onrecord.ontology import load_codes
from onrecord.records import STATUSES

REPORTS = read_reports()
TRIGGERS = 6
"""Words that a trigger may have at most."""


@pytest.fixture(scope="module")
def events() -> list[tuple[str, dict[str, Any]]]:
    """Return each marked mention with the text of its report."""
    return [(page["text"], event) for page in REPORTS for event in page["gold"]["events"]]


def test_types_are_those_of_plover_and_no_mode_is_a_slip(events: list[tuple[str, dict[str, Any]]]) -> None:
    codes = [code for code in load_codes().values() if code.type]
    assert {name for _, event in events for name in event["type"]} <= {code.type for code in codes}
    modes = Counter(mode for _, event in events for mode in event["mode"])
    odd = {mode for mode, count in modes.items() if count == 1}  # a slip of the pen stands once
    assert odd <= {code.mode for code in codes}


def test_statuses_are_those_of_records(events: list[tuple[str, dict[str, Any]]]) -> None:
    assert {name for _, event in events for name in event["status"]} <= set(STATUSES)


def test_a_mention_is_a_few_words_that_its_quote_finds(events: list[tuple[str, dict[str, Any]]]) -> None:
    for text, event in events:
        assert text.count(event["quote"]) == 1
        assert event["quote"].startswith(event["trigger"])
        assert len(event["trigger"].split()) <= TRIGGERS


def test_a_name_of_who_takes_part_stands_in_the_report(events: list[tuple[str, dict[str, Any]]]) -> None:
    parties = [(text, name) for text, event in events for name in (*event["source"], *event["target"])]
    assert [name for text, name in parties if name[0].isupper() and name not in text] == []


def test_a_report_in_six_or_more_tells_no_event() -> None:
    quiet = sum(not page["gold"]["events"] for page in REPORTS)
    assert quiet * 6 >= len(REPORTS)


def test_a_mark_that_is_not_well_formed_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(
        "=== 2020-01-01\nRebels [shelled|ASSAULT] the town.\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"odd\.txt:2: expected \[word\|"):
        read_reports(tmp_path)
