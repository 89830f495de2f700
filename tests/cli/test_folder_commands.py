"""The commands that write and ask record folders: code, sql, unknown."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.lexicons.actor_files import load_actor_file

TEXTS = [
    "The Velmora Front attacked a convoy near Goma on Monday.",
    "Police arrested twelve people in Paris. The Velmora Front denied the report.",
]


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands") / "in.jsonl"
    rows = [{"id": f"n{n}", "text": text, "published": "2024-03-11"} for n, text in enumerate(TEXTS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    return path


@pytest.fixture(scope="module")
def folder(pages: Path) -> str:
    out = pages.parent / "out"
    done = run("code", str(pages), "--out", str(out), "--day", "2024-03-12", "--workers", "1")
    assert done.exit_code == 1, done.output  # one of its lines is broken
    return str(out)


def test_code_tells_what_it_did(pages: Path, tmp_path: Path) -> None:
    done = run("code", str(pages), "--out", str(tmp_path / "out"), "--workers", "1")
    assert "2 pages coded" in done.stdout
    assert "1 error" in done.stdout
    assert "time: " in done.stdout
    assert "onrecord sql " in done.stderr
    again = run("code", str(pages), "--out", str(tmp_path / "out"), "--workers", "1", "--format", "json")
    told = json.loads(again.stdout)
    assert (told["pages"], told["known"], told["parts"]) == (0, 3, 0)


def test_the_summary_in_json_counts_refusals_by_reason(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("He was arrested in Oslo on Monday.\n", encoding="utf-8")
    done = run("code", str(page), "--out", str(tmp_path / "out"), "--workers", "1", "--format", "json")
    assert done.exit_code == 0, done.output
    refused = json.loads(done.stdout)["refused"]
    assert refused
    assert all(count == 1 for count in refused.values())


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    folder: str, pages: Path, tmp_path: Path
) -> None:
    actors = tmp_path / "actors.toml"
    actors.write_text('[[entry]]\nname = "Velmora Front"\ncountry = "COD"\nsector = "REB"\n')
    args = ("code", str(pages), "--out", folder, "--workers", "1", "--actors", str(actors), "--recode")
    before = run("sql", folder, "select * from history", "--format", "csv").stdout
    done = run(*args, "--dry-run")
    assert "actors changed" in done.stdout
    assert "dry run: nothing was written" in done.stdout
    assert run("sql", folder, "select * from history", "--format", "csv").stdout == before


def test_pages_that_were_coded_otherwise_are_told(folder: str, pages: Path, tmp_path: Path) -> None:
    actors = tmp_path / "actors.toml"
    actors.write_text('[[actor]]\nname = "Velmora Front"\ncountry = "COD"\nsector = "REB"\n')
    args = ("code", str(pages), "--out", folder, "--workers", "1")
    note = "of the folder were coded by another version, model, codebook or actor file; --recode codes"
    assert note in run(*args, "--actors", str(actors)).stderr
    assert note not in run(*args).stderr


def test_an_export_of_incidents_counts_incidents(folder: str, tmp_path: Path) -> None:
    args = ("export", folder, "--to", "ucdp", "--out", str(tmp_path / "out.csv"))
    assert "left out: events that are not an assault" in run(*args).stderr
    told = run(*args, "--unit", "incidents").stderr
    assert "left out: incidents that are not an assault" in told
    assert "left out: events" not in told


def test_an_export_of_no_review_says_that_its_files_are_empty(folder: str, tmp_path: Path) -> None:
    told = run("review", "export", folder, "--out", str(tmp_path)).stdout
    assert told.count(": empty, no judgement belongs there\n") == 4


def test_recoding_keeps_what_the_record_said_before(pages: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    actors = tmp_path / "actors.toml"
    actors.write_text('[[entry]]\nname = "Velmora Front"\ncountry = "COD"\nsector = "REB"\n')
    args = ("code", str(pages), "--out", out, "--workers", "1")
    run(*args, "--day", "2024-03-12")
    assert "0 pages coded" in run(*args, "--day", "2024-03-13", "--actors", str(actors)).stdout
    assert "2 pages coded" in run(*args, "--day", "2024-03-14", "--actors", str(actors), "--recode").stdout
    ask = "select distinct country from actors where name = 'Velmora Front' and sector = 'REB'"
    assert json.loads(run("sql", out, ask, "--format", "json").stdout) == [{"country": "COD"}]
    assert json.loads(run("sql", out, ask, "--format", "json", "--as-of", "2024-03-13").stdout) == []
    why = {row["why"] for row in json.loads(run("sql", out, "from history", "--format", "json").stdout)}
    assert len(why) == 2
    assert any(reason.startswith("codebook onrecord-") for reason in why)
    changes = json.loads(run("sql", out, "from changes where list = 'actors'", "--format", "json").stdout)
    assert {row["change"] for row in changes} == {"changed"}
    assert "Velmora Front" in {row["what"] for row in changes}  # the country of bare "police" follows it
    assert any(json.loads(row["after"]).get("country") == "COD" for row in changes)


def test_sql_in_three_forms(folder: str) -> None:
    ask = "select page, plover_contexts, dead from events order by page"
    rows = json.loads(run("sql", folder, ask, "--format", "json").stdout)
    cells = list(csv.DictReader(io.StringIO(run("sql", folder, ask, "--format", "csv").stdout)))
    assert [row["page"] for row in rows] == [row["page"] for row in cells]
    assert json.loads(cells[0]["plover_contexts"]) == rows[0]["plover_contexts"]
    assert f"{len(rows)} rows" in run("sql", folder, ask).stdout
    assert "1 row\n" in run("sql", folder, "select count(*) from events").stdout


def test_sql_without_a_query_lists_the_tables(folder: str) -> None:
    done = run("sql", folder)
    assert "daily_counts_by_dyad  How much each country did" in done.stdout
    assert "page, id, act_type, act_mode" in done.stdout
    assert "all_pages" not in done.stdout


def test_wrong_use_is_told_in_a_sentence(folder: str, tmp_path: Path) -> None:
    assert "expected one SELECT, found DROP" in run("sql", folder, "drop view events").stderr
    assert "no record folder" in run("sql", str(tmp_path), "select 1").stderr
    assert "is not a valid date" in run("sql", folder, "select 1", "--as-of", "yesterday").stderr


def test_unknown_names_are_an_actor_file_to_fill_in(folder: str, tmp_path: Path) -> None:
    assert run("unknown", folder).stdout.startswith("Velmora Front  (organization, 2 pages")
    written = run("unknown", folder, "--format", "toml").stdout
    assert [entry["name"] for entry in tomllib.loads(written)["actor"]] == ["Velmora Front"]
    path = tmp_path / "actors.toml"
    path.write_text(
        written.replace('# country = ""', 'country = "COD"').replace('# sector = ""', 'sector = "REB"')
    )
    ((row,),) = load_actor_file(str(path))
    assert (row.name, row.country, row.sector) == ("Velmora Front", "COD", "REB")
    assert json.loads(run("unknown", folder, "--format", "json").stdout)[0]["pages"] == 2
    assert (
        run("unknown", folder, "--least", "9").stdout == "No unrecognised name stands on 9 pages or more.\n"
    )
