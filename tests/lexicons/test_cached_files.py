"""A file of the user that is edited counts from the next page on, in a session that stays open too."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import read_text
from onrecord.errors import LexiconError
from onrecord.records import Record, Settings

ACTOR = '[[actor]]\nname = "Harbour Front"\ncountry = "{}"\nsector = "REB"\n'
ACT = '[[entry]]\nkey = "audit"\ncode = "{}"\nverbs = ["audit"]\n'


def test_an_actor_file_is_read_anew_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"

    def read() -> Record:
        text = "The Harbour Front attacked a convoy near Goma on Monday."
        return read_text(text, kind="passage", settings=Settings(actor_files=(str(path),)))

    path.write_text(ACTOR.format("KEN"))
    first = read()
    assert first.actors[0].country == "KEN"
    assert read() == first
    path.write_text(ACTOR.format("FRANCE"))
    with pytest.raises(LexiconError, match="'FRANCE' is not a country code"):
        read()
    path.write_text(ACTOR.format("UGA"))
    second = read()
    assert second.actors[0].country == "UGA"
    assert second.coder.codebook != first.coder.codebook


def test_a_codebook_is_read_anew_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "acts.toml"

    def read() -> Record:
        text = "Kenyan officials audited the Ugandan embassy."
        return read_text(text, kind="passage", settings=Settings(codebooks=(str(path),)))

    path.write_text(ACT.format("090"))
    first = read()
    path.write_text(ACT.format("173"))
    second = read()
    assert [event.cameo for event in first.events] == ["090"]
    assert [event.cameo for event in second.events] == ["173"]
    assert first.coder.codebook != second.coder.codebook
