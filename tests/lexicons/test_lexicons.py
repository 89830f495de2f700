from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicons import check, load


@dataclass(frozen=True, slots=True)
class Row:
    word: str
    source: str
    number: int | None = None


def test_the_files_are_in_order() -> None:
    assert check() == ()


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "words.toml").write_text(text)
    monkeypatch.setattr(import_module("onrecord.lexicons.load"), "DATA", folder)


def test_an_unknown_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, monkeypatch, '[[entry]]\nword = "deny"\nsource = "onrecord"\nstanse = "no"\n')
    with pytest.raises(LexiconError, match=r"words.toml, entry 1 \(deny\): unknown key 'stanse'"):
        load.__wrapped__("words", Row)


def test_a_missing_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, monkeypatch, '[[entry]]\nword = "deny"\n')
    with pytest.raises(LexiconError, match="key 'source' is missing"):
        load.__wrapped__("words", Row)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LexiconError, match="no lexicon named 'nothing'"):
        load("nothing", Row)
