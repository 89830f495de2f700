"""`onrecord quotes`: what was said, of a page and of a record folder."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main

PAGES = [
    {
        "id": "talks",
        "published": "2018-01-20",
        "text": "Russian President Vladimir Putin said that Turkey would leave Syria, according to RT.\n\n"
        "Two officials briefed on the talks said that Germany had agreed.",
    },
    {
        "id": "hospital",
        "published": "2018-01-25",
        "text": "Turkish President Recep Tayyip Erdogan accused Russia of bombing a hospital. "
        "“Syria must be free, and = is no sign,” he said.",
    },
    {"id": "undated", "text": "Chancellor Angela Merkel said that Russia was bombing Aleppo."},
]


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("quotes") / "in.jsonl"
    path.write_text("".join(json.dumps(page) + "\n" for page in PAGES))
    return str(path)


@pytest.fixture(scope="module")
def folder(pages: str) -> str:
    out = str(Path(pages).parent / "out")
    assert run("code", pages, "--out", out, "--workers", "1").exit_code == 0
    return out


def rows_of(*args: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("quotes", *args, "--format", "json").stdout)["statements"]
    return rows


def test_a_folder_gives_the_rows_of_its_pages(pages: str, folder: str) -> None:
    by_page = sorted(rows_of(pages), key=lambda row: (row["published"] or "9", row["page"]))
    assert rows_of(folder) == by_page
    assert len(by_page) >= 6


def test_who_said_what_about_whom(folder: str) -> None:
    (row,) = rows_of(folder, "--actor", "RUSGOV", "--about", "TUR")
    assert (row["speaker"], row["via"], row["kind"]) == ("Vladimir Putin", "RT", "indirect")
    assert row["words"] == "that Turkey would leave Syria"
    assert [one["code"] for one in row["about"]] == ["TUR", "SYR"]


def test_an_actor_is_found_by_name_and_as_the_one_who_passes_it_on(folder: str) -> None:
    assert {row["speaker"] for row in rows_of(folder, "--actor", "putin")} == {"Vladimir Putin"}
    assert {row["speaker"] for row in rows_of(folder, "--actor", "RT")} == {"Vladimir Putin", "RT"}
    assert rows_of(folder, "--actor", "Nobody") == []


def test_days_leave_out_pages_without_one(folder: str) -> None:
    assert {row["page"] for row in rows_of(folder, "--since", "2018-01-21")} == {"hospital"}
    assert {row["page"] for row in rows_of(folder, "--until", "2018-01-21")} == {"talks"}


def test_csv_has_a_row_for_each_statement(pages: str) -> None:
    cells = list(csv.DictReader(io.StringIO(run("quotes", pages, "--format", "csv").stdout)))
    rows = rows_of(pages)
    assert [cell["statement"] for cell in cells] == [row["statement"] for row in rows]
    assert "Turkey; Syria" in {cell["about"] for cell in cells}


def test_the_table_tells_who_has_no_name_in_the_words_of_the_page(pages: str) -> None:
    shown = run("quotes", pages).stdout
    assert "Two officials" in " ".join(shown.split())
    assert "No statements." in run("quotes", pages, "--about", "Nobody").stdout


def test_no_day_is_broken_on_a_narrow_terminal(pages: str) -> None:
    shown = run("quotes", pages, "--published", "2018-01-20").stdout
    days = [line for line in shown.splitlines() if "2018-" in line]
    assert days
    assert all(re.search(r"2018-\d\d-\d\d\b", line) for line in days)


def test_wrong_use_is_told_in_a_sentence(pages: str, tmp_path: Path) -> None:
    assert "is not a valid date" in run("quotes", pages, "--since", "yesterday").stderr
    turned = run("quotes", pages, "--since", "2018-02-01", "--until", "2018-01-01")
    assert turned.exit_code == 1
    assert "--until 2018-01-01 is before --since 2018-02-01" in turned.stderr
    missing = run("quotes", str(tmp_path / "none"))
    assert missing.exit_code == 1
    assert "no such file" in missing.stderr
