"""The command in a shell: words are completed, statuses mean what the guide says, the manual is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.main import COMMANDS, main

DOCS = Path(__file__).parents[2] / "docs"
ROW = re.compile(r"^\| (\d+) \| (.*) \|$", re.M)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("onrecord inc", "incidents"),
        ("onrecord codebook doc", "document"),
        ("onrecord export records --to ge", "geojson"),
        ("onrecord read --min", "--min-confidence"),
        ("onrecord read --format js", "jsonl"),
    ],
)
def test_words_are_completed(words: str, wanted: str) -> None:
    count = len(words.split()) - 1
    env = {"_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = CliRunner().invoke(main, [], prog_name="onrecord", env=env)
    assert f"plain,{wanted}" in done.stdout.splitlines()


@pytest.mark.parametrize("words", ["onrecord read ", "onrecord sql ", "onrecord code x --out "])
def test_a_path_is_left_to_the_shell(words: str) -> None:
    env = {"_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
    done = CliRunner().invoke(main, [], prog_name="onrecord", env=env)
    assert "file," in done.stdout


def test_exit_statuses_are_as_the_guide_says(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Police arrested two people.", encoding="utf-8")
    for status, args in (
        (0, ["read", str(page)]),
        (1, ["read", str(tmp_path / "missing.txt")]),
        (1, ["sql", str(tmp_path), "select 1"]),
        (2, ["read"]),
        (2, ["reed"]),
        (2, ["read", str(page), "--format", "word"]),
    ):
        done = CliRunner().invoke(main, args)
        assert done.exit_code == status, (args, done.output)
        assert "Traceback" not in done.stderr


def test_the_manual_page_has_every_command_and_the_statuses_of_the_guide() -> None:
    manual = (DOCS / "reference" / "onrecord.1").read_text(encoding="utf-8").replace("\\-", "-")
    for name in COMMANDS:
        assert f'.SS "onrecord {name} ' in manual
    statuses = ROW.findall((DOCS / "guides" / "shell.md").read_text(encoding="utf-8"))
    assert [status for status, _ in statuses] == ["0", "1", "2", "130"]
    for status, meaning in statuses:
        assert f".B {status}\n{meaning}\n" in manual
