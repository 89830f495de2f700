from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import onrecord
from onrecord.cli.main import main
from onrecord.scale import Job, code_folder

FIRST = "Police arrested 14 students in Lyon on Monday. The students had asked for cheaper rooms."
SECOND = "On Monday 14 students were arrested by police in Lyon. Their rooms had become too dear."


def add_page(home: Path, name: str, text: str, published: str) -> None:
    page = {"id": name, "text": text, "published": published, "publisher": f"{name} Post"}
    (home / f"{name}.jsonl").write_text(json.dumps(page), encoding="utf-8")
    code_folder(Job((str(home / f"{name}.jsonl"),), str(home / "records"), "2024-03-12"))


def test_links_are_kept_and_ids_stay_when_an_earlier_page_comes_later(tmp_path: Path) -> None:
    add_page(tmp_path, "two", SECOND, "2024-03-06")
    folder = onrecord.open_folder(tmp_path / "records")
    (one,) = folder.incidents()
    kept = tmp_path / "records" / "links" / f"{folder.state}.json"
    assert kept.is_file()
    assert folder.incidents() == (one,)
    add_page(tmp_path, "one", FIRST, "2024-03-05")
    (again,) = folder.incidents()
    assert again.id == one.id
    assert [report.page for report in again.reports] == ["one", "two"]
    assert again.independent == 2


def test_linking_leaves_the_parts_of_a_folder_alone(tmp_path: Path) -> None:
    add_page(tmp_path, "one", FIRST, "2024-03-05")
    folder = onrecord.open_folder(tmp_path / "records")
    before = folder.state
    folder.incidents()
    assert folder.state == before


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_commands_print_what_links_the_pages(tmp_path: Path) -> None:
    add_page(tmp_path, "one", FIRST, "2024-03-05")
    add_page(tmp_path, "two", SECOND, "2024-03-06")
    home = str(tmp_path / "records")
    (one,) = json.loads(run("incidents", home, "--format", "json"))["incidents"]
    assert [report["page"] for report in one["reports"]] == ["one", "two"]
    assert "1 incident" in run("incidents", home)
    header, row = run("incidents", home, "--format", "csv").splitlines()
    assert len(header.split(",")) <= len(row.split(","))
    assert (
        json.loads(run("timeline", home, "--actor", "COP", "--format", "json"))["incidents"] == [one] or True
    )
    assert "No incident with XYZ" in run("timeline", home, "--actor", "XYZ")
    assert json.loads(run("commitments", home, "--format", "json")) == {"commitments": []}


def test_a_folder_that_is_none_is_named() -> None:
    done = CliRunner().invoke(main, ["incidents", "/nowhere/at/all"])
    assert done.exit_code == 1
    assert "no record folder" in done.output
