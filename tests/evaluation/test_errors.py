"""The page of mistakes: every kind that is counted is explained, and every explained one is counted."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import errors

HOME = Path(errors.__file__)
TOLD = tomllib.loads(HOME.with_suffix(".toml").read_text(encoding="utf-8"))
KINDS, READ = TOLD["kind"], TOLD["open"]


def test_kinds_that_are_counted_are_explained() -> None:
    source = HOME.read_text(encoding="utf-8")
    for kind in KINDS:
        assert f'"{kind["key"]}"' in source
        assert kind["set"] in errors.COUNTERS
        assert kind["verdict"] in ("kept", "open")


def test_the_most_frequent_come_first_and_events_by_themselves() -> None:
    counts = Counter({"place missed": 7, "bounds": 2000, "one side": 3})
    page = errors.write_page(KINDS, counts, READ)
    first, second = re.findall(r"^\| [12] \| (.*?) \|", page, re.M)
    assert (first, second) == ("The right cue, with another stretch of words", "A place that is not found")
    assert "| The right event with one side missing | 3 | kept |" in page
    assert page.count("\n### ") == page.count("\n> ") >= errors.MOST


def test_the_mistakes_of_open_pages_say_what_became_of_each() -> None:
    assert len(READ) == errors.MOST
    assert [kind["times"] for kind in READ] == sorted((kind["times"] for kind in READ), reverse=True)
    page = errors.write_page(KINDS, Counter(), READ)
    for kind in READ:
        assert kind["verdict"] in ("kept", "open", "mended", "partly mended")
        assert f"| {kind['name']} | {kind['times']} | {kind['verdict']} |" in page
        assert f"### {kind['name']}\n\n> {kind['example']}\n\n{kind['remedy']}" in page


def test_without_records_it_says_what_is_missing(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("sys.argv", ["errors.py", "--shared", str(tmp_path), "--records", str(tmp_path)])
    assert errors.main() == 1
    assert "statements" in capsys.readouterr().out
