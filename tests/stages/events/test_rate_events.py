"""Confidence: told, between 0 and 1, and asked for."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from onrecord import read_text
from onrecord.cli.main import main

SURE = "Kenyan police arrested two Ugandan officials on Monday."
UNSURE = "There is talk of a visit, and of a war, near the lake that Chad uses."


def test_a_plain_arrest_is_surer_than_a_mention() -> None:
    (arrest,) = read_text(SURE).events
    assert arrest.confidence >= 0.8
    assert all(event.confidence < arrest.confidence for event in read_text(UNSURE).events)
    assert any(one.kind == "weight" for one in arrest.evidence)


def test_events_below_the_least_confidence_are_turned_down_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(SURE, encoding="utf-8")
    done = CliRunner().invoke(main, ["read", str(path), "--format", "json", "--min-confidence", "1"])
    record = json.loads(done.stdout)
    assert record["events"] == []
    assert [row["reason"] for row in record["refused"] if row["stage"] == "events"] == [
        f"arrest: confidence {read_text(SURE).events[0].confidence}, and 1.0 is asked for"
    ]
