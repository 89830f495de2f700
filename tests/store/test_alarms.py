from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.main import main
from onrecord.scale import Job, code_folder
from onrecord.store import judge_pages
from onrecord.store.find_alarms import Seen


def pages(*rows: tuple[int, bool, bool]) -> list[Seen]:
    return [Seen(f"p{n}", "2016-04-02", *row) for n, row in enumerate(rows, 1)]


USUAL = [(n, True, True) for n in (2000, 1800, 2200, 1500, 2600, 1900)]


@pytest.mark.parametrize(
    ("late", "kinds"),
    [
        ([(800, True, True), (700, True, True), (900, True, True)], ["text"]),
        ([(2000, False, True), (1700, False, True), (2100, False, True)], ["day"]),
        ([(2000, True, False), (1700, True, False), (2100, True, False)], ["comments"]),
        ([(500, False, False), (400, False, False), (600, False, False)], ["text", "day", "comments"]),
        ([(1800, True, True), (800, True, True), (1700, True, True)], []),
        ([(800, False, False), (900, False, False)], []),  # two pages are no change yet
    ],
)
def test_what_changed_on_the_last_pages_is_named(
    late: list[tuple[int, bool, bool]], kinds: list[str]
) -> None:
    alarms = judge_pages("Okeby Post", pages(*USUAL, *late))
    assert [alarm.kind for alarm in alarms] == kinds
    assert {(alarm.since, alarm.late, alarm.before) for alarm in alarms} <= {("p7", 3, 6)}


def test_what_was_never_steady_gives_no_alarm() -> None:
    rows = [(2000, n % 2 == 0, n % 3 == 0) for n in range(12)] + [(2000, False, False)] * 3
    assert judge_pages("Okeby Post", pages(*rows)) == []


def test_the_doctor_names_a_publisher_whose_layout_changed(tmp_path: Path) -> None:
    text = "The baths of Okeby closed after the boiler had failed for the third time this year. " * 4
    old = "<html><body><h1>Baths {n}</h1><p>{n} March 2016</p><p>{text}</p></body></html>"
    new = "<html><body><h1>Baths {n}</h1><div>{text}</div></body></html>"
    rows = [
        {"id": f"p{n}", "publisher": "Okeby Post", "html": (old if n < 8 else new).format(n=n, text=text)}
        for n in range(1, 12)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    code_folder(Job((str(tmp_path / "in.jsonl"),), str(tmp_path / "out"), "2016-04-02", None))
    result = CliRunner().invoke(main, ["doctor", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert result.output.startswith("Okeby Post: no day on its last 4 pages, since p8 ")
