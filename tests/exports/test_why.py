"""What `onrecord why` says, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import read_text
from onrecord.cli.main import main
from onrecord.errors import InputError
from onrecord.exports.why import explain_offset, explain_page, sentence_at

TEXT = (
    "Kenyan police arrested two editors. Gen. Ali Duale of the U.S. Army vowed to attack Chad. "
    "The rights of all count."
)


def test_an_event_is_told_with_rule_roles_cues_and_codes() -> None:
    told = explain_offset(read_text(TEXT), TEXT.index("vowed"))
    assert told.startswith("Gen. Ali Duale of the U.S. Army vowed to attack Chad.\n")
    assert '"attack": verb of entry attack' in told
    assert '"vowed" (threaten): threatened, 190 becomes 1384' in told
    assert '"Chad": object' in told
    assert "CAMEO 1384, THREATEN/violence: for 190 that is threatened" in told
    assert "arrested" not in told


def test_what_was_turned_down_is_told_with_its_reason() -> None:
    told = explain_offset(read_text(TEXT), TEXT.index("rights"))
    assert "No event was read from this sentence." in told
    assert 'events "rights": no actor' in told


def test_every_event_of_the_page_is_told() -> None:
    told = explain_page(read_text(TEXT))
    assert told.count("\n\n") == 1
    assert "No event was read" in explain_page(read_text("It rained all day."))


def test_sentences_end_at_full_stops_and_not_at_abbreviations() -> None:
    assert TEXT[slice(*sentence_at(TEXT, 0))] == "Kenyan police arrested two editors."
    assert TEXT[slice(*sentence_at(TEXT, len(TEXT) - 1))] == "The rights of all count."


def test_an_offset_outside_the_page_is_an_error() -> None:
    with pytest.raises(InputError, match=r"offset 999 is outside the page: expected 0 to \d+"):
        explain_offset(read_text(TEXT), 999)


def test_the_command_reads_a_page_of_a_source(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["why", str(path), "--at", "8"])
    assert done.exit_code == 0, done.output
    assert '"arrested": verb of entry arrest' in done.output
    done = CliRunner().invoke(main, ["why", str(path), "--id", "none"])
    assert done.exit_code == 1
    assert "holds no page with the id 'none'" in done.output
