from __future__ import annotations

import json
import shutil
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
    assert (tmp_path / "records" / "links" / "index.sqlite").is_file()
    assert folder.unlinked() == 0
    assert folder.incidents() == (one,)
    add_page(tmp_path, "one", FIRST, "2024-03-05")
    assert folder.unlinked() == 1
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


def test_a_folder_linked_as_it_grows_has_the_links_of_one_linked_at_once(tmp_path: Path) -> None:
    texts = [FIRST, SECOND, "Rebels killed nine soldiers near Mosul, Iraq, on Sunday, the government said."]
    for number, text in enumerate(texts * 2):
        add_page(tmp_path, f"p{number}", text, f"2024-03-{6 + number:02d}")
        onrecord.open_folder(tmp_path / "records").links()
    grown = onrecord.open_folder(tmp_path / "records").links()
    shutil.rmtree(tmp_path / "records" / "links")
    anew = onrecord.open_folder(tmp_path / "records").links()
    for name, table in anew.tables.items():
        assert grown.tables[name].to_pylist() == table.to_pylist(), name


def test_what_is_linked_can_be_asked_in_sql_and_says_what_is_not(tmp_path: Path) -> None:
    add_page(tmp_path, "one", FIRST, "2024-03-05")
    home = str(tmp_path / "records")
    asked = CliRunner().invoke(main, ["sql", home, "select reports from incidents", "--format", "csv"])
    assert asked.stdout == "reports\n"
    assert "1 page is not linked yet" in asked.stderr
    run("incidents", home)
    assert run("sql", home, "select reports from incidents", "--format", "csv") == "reports\n1\n"
    add_page(tmp_path, "two", SECOND, "2024-03-06")
    shown = CliRunner().invoke(main, ["incidents", home, "--as-linked", "--format", "json"])
    assert json.loads(shown.stdout)["linked"] == {"pages": 1, "of": 1}
    assert "1 page is not linked yet" in shown.stderr
