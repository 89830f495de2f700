"""The document of the codebook holds what the files hold, and a reader's own entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.main import main
from onrecord.codebooks import list_entries, write_document
from onrecord.errors import LexiconError

OWN = """
[[entry]]
key = "ring the bells"
code = "036"
verbs = ["ring: bells"]
to = ["for"]
needs = "both"
yes = ["The abbey rang the bells for Peru."]
note = "Only in our valley."
"""


def test_every_entry_has_a_section_with_its_code() -> None:
    text = write_document()
    for key, code, _, _ in list_entries():
        section = text.partition(f"\n### {key}\n")[2].partition("\n### ")[0]
        assert f"CAMEO {code}, " in section, key


def test_finer_codes_classes_cues_and_shifts_are_told() -> None:
    text = write_document()
    for heading in ("Finer codes", "Word classes", "Words that give an act its status"):
        assert f"\n## {heading}\n" in text
    assert "| 190 Use conventional military force (unspecified) | 1384 |" in text


def test_an_entry_of_the_reader_is_added(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    done = CliRunner().invoke(main, ["codebook", "document", "--codebook", str(path)])
    assert done.exit_code == 0
    section = done.stdout.partition("\n### ring the bells\n")[2].partition("\n### ")[0]
    assert "- both sides must be named\n" in section
    assert "- read: *The abbey rang the bells for Peru.*\n- Only in our valley.\n" in section


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(LexiconError, match=r"no codebook at nowhere\.toml"):
        write_document(("nowhere.toml",))
