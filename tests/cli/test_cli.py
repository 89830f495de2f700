from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from onrecord.cli.main import COMMANDS, main
from onrecord.exports.schema import record_schema
from onrecord.samples import sample_page

WRONG = "The reserve covers 70,000 square kilometers (about 43,500 square miles), the ministry said.\n"


def run(*args: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(args), input=stdin)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(sample_page(), encoding="utf-8")
    return path


def test_json_is_one_object_that_the_schema_allows(page: Path) -> None:
    done = run("read", str(page), "--published", "2024-03-11", "--format", "json")
    assert done.exit_code == 0
    record = json.loads(done.stdout)
    Draft202012Validator(record_schema()).validate(record)
    assert record["page"]["published"] == "2024-03-11"
    assert record["parts"]


def test_jsonl_keeps_input_order_and_ids(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    rows = [{"id": f"n{n}", "text": f"Police arrested {n} people.", "extra": 1} for n in range(2, 42)]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    lines = run("read", str(path), "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["page"]["id"] for line in lines] == [row["id"] for row in rows]


def test_text_reading_names_the_failed_check(page: Path) -> None:
    done = run("read", str(page), "--published", "2024-03-11")
    assert done.exit_code == 0
    assert "Events of the report" in done.stdout
    assert "Discussion" in done.stdout


def test_html_is_self_contained(page: Path) -> None:
    done = run("read", str(page), "--format", "html")
    assert done.stdout.startswith("<!doctype html>")
    assert "http://" not in done.stdout
    assert "https://" not in done.stdout
    assert "<script" not in done.stdout


def test_standard_input_is_a_source() -> None:
    done = run("read", "-", "--format", "json", stdin=b"Police arrested two people.")
    assert json.loads(done.stdout)["page"]["text"] == "Police arrested two people."


def test_check_tells_what_is_wrong_by_its_exit_status(tmp_path: Path) -> None:
    wrong, right = tmp_path / "wrong.txt", tmp_path / "right.txt"
    wrong.write_text(WRONG)
    right.write_text(WRONG.replace("43,500", "27,000"))
    done = run("check", str(wrong))
    assert done.exit_code == 1
    assert "27,0" in done.stdout
    assert run("check", str(right)).exit_code == 0


def test_schema_prints_json() -> None:
    assert json.loads(run("schema").stdout) == record_schema()


def test_lexicon_files_are_in_order() -> None:
    done = run("lexicons")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "Example: onrecord" in done.stdout


def test_a_bad_source_does_not_stop_the_good_ones(tmp_path: Path, page: Path) -> None:
    empty, binary = tmp_path / "empty.txt", tmp_path / "photo.jpg"
    empty.write_bytes(b"")
    binary.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
    bad = [str(empty), str(binary), str(tmp_path / "missing.txt")]
    done = run("read", *bad, str(page), "--format", "jsonl")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    for name in ("empty.txt: empty", "photo.jpg: is a JPEG picture", "missing.txt: no such file"):
        assert name in done.stderr


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text('{"id": "a", "text": "Police arrested two people."}\n{broken\n{"id": "b", "text": 3}\n')
    done = run("read", str(path), "--format", "jsonl")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert "line 2: not a JSON object" in done.stderr
    assert "line 3: key 'text'" in done.stderr


def test_a_bad_date_is_named(page: Path) -> None:
    done = run("read", str(page), "--published", "11.12.2017")
    assert done.exit_code == 1
    assert "'11.12.2017' is not a valid date" in done.stderr


def test_a_page_in_another_language_says_so(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Le président a ordonné lundi le retrait des troupes de la base, selon le ministre.")
    done = run("read", str(path), "--format", "json")
    record = json.loads(done.stdout)
    assert done.exit_code == 0
    assert record["page"]["language"] == "fr"
    assert record["events"] == []
    assert "another language (fr)" in record["refused"][0]["reason"]


def test_undecodable_bytes_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"The minister said that the talks in the caf\x81\x8d had been held as planned. " * 9)
    done = run("read", str(path), "--format", "json")
    assert done.exit_code == 0
    assert "were replaced" in done.stderr


def test_help_does_not_load_the_model() -> None:
    call = "from onrecord.cli.main import main; main(['--help'], standalone_mode=False)"
    code = f"import sys; {call}; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("False")
