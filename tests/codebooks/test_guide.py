"""The entry that the guide shows is sound and reads its own sentences."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from onrecord.codebooks import check_file, try_sentences
from onrecord.ontology.entries import Entry

GUIDE = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_the_entry_of_the_guide_works(tmp_path: Path) -> None:
    path = tmp_path / "guide.toml"
    path.write_text("\n".join(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)), encoding="utf-8")
    assert check_file(str(path)) == ()
    assert [trial for trial in try_sentences(str(path)) if not trial.passed] == []


def test_the_guide_tells_every_key() -> None:
    table = [line for line in GUIDE.splitlines() if line.startswith("| `")]
    told = {name for line in table for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert {spec.name for spec in fields(Entry)} <= told
