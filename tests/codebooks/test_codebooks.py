"""What a researcher does with a codebook: write one, check it, try it, read with it, import one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import read_text
from onrecord.cli.main import main
from onrecord.codebooks import check_file, import_verbs, show_entry, try_sentences
from onrecord.errors import LexiconError
from onrecord.ontology.read_codebook import read_codebook
from onrecord.records import Settings

OWN = """
[[class]]
key = "ledger_words"
words = ["ledger", "ledgers"]

[[entry]]
key = "audit"
code = "090"
act = "ACCUSE/investigate"
verbs = ["audit: @ledger_words", "comb through: @ledger_words"]
to = ["object", "of"]
yes = ["Kenyan officials audited the ledgers of the Ugandan embassy."]
no = ["Kenyan officials audited the lecture."]
"""
REPLACES = """
[[entry]]
key = "visit"
code = "042"
verbs = ["sojourn in"]
yes = ["The Kenyan president sojourned in Uganda."]
no = ["The Kenyan president visited Uganda on Monday."]
"""
FAULTS = {
    'key = "a"\ncode = "090"': "names no words",
    'key = "a"\ncode = "09x"\nverbs = ["audit"]': "code '09x' is no CAMEO code",
    'key = "a"\ncode = 90\nverbs = ["audit"]': "key 'code': expected a text in quotes, found 90",
    'key = "a"\ncode = "090"\nverbs = [1]': 'expected a list such as ["one", "two"]',
    'key = "a"\ncode = "090"\nverbs = ["audit: @none"]': "class @none is not known",
    'key = "a"\ncode = "090"\nverbs = ["a b c d"]': "pattern 'a b c d' is not",
    'key = "a"\ncode = "090"\nverb = ["audit"]': "unknown key 'verb'",
    'key = "a"\nverbs = ["audit"]': "key 'code' is missing",
    'key = "a"\ncode = "090"\nverbs = ["audit"]\nof = "to whom"': "of 'to whom' is not allowed",
    'key = "a"\ncode = "090"\nverbs = ["audit"]\nact = "look into"': "act 'look into' is no type",
    'key = "a"\ncode = "090"\nverbs = ["audit"]\nconfidence = 7': "confidence 7",
    'key = "a"\ncode = "090"\nverbs = ["audit"]\njoint = 1': "expected true or false",
}


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["codebook", *args])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_an_own_entry_is_read_beside_the_built_in_ones(own: Path) -> None:
    text = "Kenyan officials audited the ledgers of the Ugandan embassy. The rebels attacked the town."
    plain, added = read_text(text), read_text(text, settings=Settings(codebooks=(str(own),)))
    assert [event.rule for event in plain.events] == ["attack"]
    assert [event.rule for event in added.events] == ["audit", "attack"]
    assert added.coder.codebook != plain.coder.codebook


def test_an_entry_with_a_known_key_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    path = tmp_path / "visits.toml"
    path.write_text(REPLACES, encoding="utf-8")
    assert check_file(str(path)) == ()
    assert all(trial.passed for trial in try_sentences(str(path)))


def test_check_and_test_pass_a_sound_file(own: Path) -> None:
    assert run("check", str(own)).exit_code == 0
    done = run("test", str(own))
    assert done.exit_code == 0, done.output
    assert "2 of 2 sentences" in done.output


def test_test_says_how_a_sentence_was_read(own: Path) -> None:
    own.write_text(OWN.replace("audited the lecture", "audited the ledgers of Uganda"), encoding="utf-8")
    done = run("test", str(own))
    assert done.exit_code == 1
    assert "audit: read, but should not be: Kenyan officials audited the ledgers of Uganda." in done.output


@pytest.mark.parametrize(("entry", "message"), FAULTS.items())
def test_a_fault_is_told_with_its_place(tmp_path: Path, entry: str, message: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(f"[[entry]]\n{entry}\n", encoding="utf-8")
    problems = check_file(str(path))
    assert any(message in problem and "entry 1 (a)" in problem for problem in problems), problems
    assert all(re.match(rf"{re.escape(str(path))}:[1-9]", problem) for problem in problems), problems
    with pytest.raises(LexiconError, match=r"broken.toml, entry 1 \(a\)"):
        read_codebook((str(path),))


@pytest.mark.parametrize(("text", "message"), [("[[entry]\n", "not valid TOML"), ("", "holds no [[entry]]")])
def test_a_file_that_is_no_codebook_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    done = run("check", str(path))
    assert done.exit_code == 1
    assert message in done.output
    assert "Traceback" not in done.output


def test_reading_with_a_broken_codebook_names_file_entry_and_cure(tmp_path: Path) -> None:
    path, page = tmp_path / "broken.toml", tmp_path / "page.txt"
    path.write_text('[[entry]]\nkey = "a"\ncode = "0999"\nverbs = ["audit"]\n', encoding="utf-8")
    page.write_text("The rebels attacked the town.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["read", str(page), "--codebook", str(path)])
    assert done.exit_code == 1
    assert "broken.toml, entry 1 (a): code '0999' is no CAMEO code; write one in quotes" in done.output


def test_show_lists_all_and_prints_one_as_toml() -> None:
    assert "troop withdrawal" in run("show").output
    shown = tomllib.loads(show_entry("troop withdrawal"))
    assert shown["entry"][0]["code"] == "0874"
    done = run("show", "troop withdrawals")
    assert done.exit_code == 1
    assert "did you mean 'troop withdrawal'" in done.output


def test_the_built_in_codebook_reads_its_own_sentences() -> None:
    assert [trial for trial in try_sentences() if not trial.passed] == []


def test_a_verb_dictionary_is_imported(tmp_path: Path) -> None:
    made = import_verbs(str(Path(__file__).parent / "verbs.txt"))
    tables = tomllib.loads(made.text)
    assert {row["key"]: row["words"] for row in tables["class"]}["ship"] == [
        "crew",
        "frigate",
        "frigates",
        "ship",
        "ships",
    ]
    entries = {row["key"]: row for row in tables["entry"]}
    assert entries["ship goods 001"] == {
        "key": "ship goods 001", "code": "061", "verbs": ["ship"], "without": ["numbers"], "confidence": 0.6,
    }  # fmt: skip
    assert entries["ship goods 003"]["object"] == ["@food"]
    assert entries["ship goods 003"]["to"] == ["to"]
    assert entries["ship goods 004"]["joint"] is True
    assert entries["sanctions 002"] == {
        "key": "sanctions 002", "code": "163", "verbs": ["slap"], "object": ["sanctions"], "to": ["against"],
        "confidence": 0.6,
    }  # fmt: skip
    assert [line.partition(": ")[2] for line in made.skipped] == [
        "- + WAS *_BY $ [163]",
        "- REFUSED_TO_* [121]",
        "--- BROKEN",
        "~ a (a b SHELL) ADMIT = a b 015",
    ]
    path = tmp_path / "imported.toml"
    path.write_text(made.text, encoding="utf-8")
    record = read_text("Chad slapped sanctions against Sudan.", settings=Settings(codebooks=(str(path),)))
    assert [event.rule for event in record.events] == ["sanctions 002"]


def test_import_prints_the_codebook_and_what_was_left_out() -> None:
    done = run("import", str(Path(__file__).parent / "verbs.txt"))
    assert done.exit_code == 0
    assert "7 entries, 4 lines left out" in done.stderr
    assert tomllib.loads(done.stdout)["entry"]
