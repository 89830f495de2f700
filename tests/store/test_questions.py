"""The views that answer questions, and the door that only lets questions in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from make_pages import make_pages

import onrecord
from onrecord.scale import Job, code_folder
from onrecord.store.folder import QUESTIONS, tell_question

NAMES = [
    "The Velmora Front attacked a convoy near Goma on Monday.",
    "Fighters of the Velmora Front released two hostages, police said.",
    "Nobody knows who leads the Velmora Front.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> onrecord.Folder:
    """Return a folder of made pages, and of three that name a group that nobody knows."""
    home = tmp_path_factory.mktemp("questions")
    rows = [*make_pages(40, 2), *({"id": f"u{n}", "text": text} for n, text in enumerate(NAMES))]
    (home / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code_folder(Job((str(home / "in.jsonl"),), str(home / "out"), "2024-03-12", size=20))
    return onrecord.open_folder(home / "out")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_view_begins_with_its_question_and_answers(name: str, folder: onrecord.Folder) -> None:
    assert tell_question(name).endswith((".", "?"))
    assert folder.to_arrow(name).num_columns > 1


def test_a_report_quotes_its_page(folder: onrecord.Folder) -> None:
    rows = folder.to_arrow("reports").to_pylist()
    assert len(rows) == folder.to_arrow("events").num_rows
    for row in rows:
        record = folder.record(row["page"])
        assert record is not None
        (event,) = [event for event in record.events if event.id == row["event"]]
        names = {actor.id: actor.name for actor in record.actors}
        assert row["words"] == record.page.text[slice(*event.span)]
        assert row["sources"] == [names[source] for source in event.sources]


def test_dyads_count_what_happened_once_a_report(folder: onrecord.Folder) -> None:
    counted = folder.query(
        "select sum(events) as n from daily_counts_by_dyad where source = 'KEN'"
    ).to_pylist()
    happened = folder.query(
        "select count(distinct (e.page, e.id)) as n from events e join actors a on a.page = e.page "
        "where list_contains(e.sources, a.id) and a.country = 'KEN' and e.status in ('actual', 'ongoing')"
    ).to_pylist()
    assert (counted[0]["n"] or 0) == happened[0]["n"]


def test_a_commitment_is_open_until_its_day_has_passed(folder: onrecord.Folder) -> None:
    last = max(page.published or "" for page in (record.page for record in folder.records()))
    for row in folder.to_arrow("open_commitments").to_pylist():
        assert row["due"] is None or row["due"] >= last


def test_unknown_names_come_with_counts_and_contexts(folder: onrecord.Folder) -> None:
    (row,) = [row for row in folder.to_arrow("unknown_names").to_pylist() if "Velmora" in row["name"]]
    assert row["pages"] == 3
    assert all("Velmora Front" in context for context in row["contexts"])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("copy (select 1) to '{home}/parts/x.csv'", "expected one SELECT, found COPY"),
        ("select 1; select 2", "expected one SELECT, found SELECT, SELECT"),
        ("", "found nothing"),
        ("attach '{home}/x.db'", "found ATTACH"),
        ("set enable_external_access = true", "found SET"),
        ("drop view events", "found DROP"),
        ("select * from read_text('/etc/hostname')", "cannot be run: Permission Error"),
        ("select * from read_text('{home}/onrecord.json')", "cannot be run: Permission Error"),
        ("select * from glob('/*')", "cannot be run: Permission Error"),
        ("selec", "cannot be run: Parser Error"),
        ("select nothing from events", "cannot be run: Binder Error"),
        ("select cast(page as integer) from events", "cannot be run: Conversion Error"),
    ],
)
def test_a_query_reads_the_folder_and_nothing_else(query: str, told: str, folder: onrecord.Folder) -> None:
    before = folder.state
    with pytest.raises(onrecord.FolderError, match=told):
        folder.query(query.replace("{home}", folder.disk.root))
    assert folder.state == before


def test_parameters_are_values(folder: onrecord.Folder) -> None:
    rows: list[dict[str, Any]] = folder.query("select page from pages where page = ?", ["u1"]).to_pylist()
    assert rows == [{"page": "u1"}]


def test_a_truncated_leftover_does_not_fail_the_folder(folder: onrecord.Folder) -> None:
    staged = Path(folder.disk.root, ".staging", "00009-000000-x")
    staged.mkdir(parents=True)
    (staged / "events.parquet").write_bytes(b"PAR1")
    assert folder.to_arrow("events").num_rows


def test_a_long_query_draws_no_bar_into_the_output(folder: onrecord.Folder) -> None:
    script = (
        "import sys, onrecord\n"
        "folder = onrecord.open_folder(sys.argv[1])\n"
        "print(folder.query(\"select current_setting('enable_progress_bar') as bar\").to_pylist())"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script, folder.disk.name], capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == "[{'bar': False}]"
