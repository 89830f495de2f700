"""The workbench while others read and write: no error, and nothing left over when it ends."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from onrecord.records import Settings
from onrecord.review import Decision, describe_event, point_at
from onrecord.scale import Job, code_folder
from onrecord.store import open_folder
from onrecord.store.load_links import INDEX
from onrecord.web import create_app, shelf
from onrecord.web.facets import read_facets
from onrecord.web.frame import read_frame
from onrecord.web.guard import Guard, served_hosts
from onrecord.web.views import BY_NAME, VIEWS

READERS = 12


@pytest.fixture
def copied(records: Path, tmp_path: Path) -> Path:
    """A record folder of its own."""
    return Path(shutil.copytree(records, tmp_path / "records"))


def test_readers_see_no_error_while_a_folder_grows(
    copied: Path, tmp_path: Path, run_app: Callable[[Any], str]
) -> None:
    address = run_app(create_app(str(copied), Guard(served_hosts("127.0.0.1"))))
    pages = tmp_path / "more.jsonl"
    text = "Rebels attacked a convoy near Goma on Monday. Police in Nairobi arrested three men."
    rows = [{"id": f"more-{n}", "published": "2024-04-01", "text": text} for n in range(24)]
    pages.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with ThreadPoolExecutor(READERS + 1) as crowd:
        writer = crowd.submit(
            code_folder, Job((str(pages),), str(copied), "2024-04-02", None, Settings(), size=4)
        )
        answers = [crowd.submit(_read, address, number, writer.done) for number in range(READERS)]
        assert writer.result().pages == len(rows)
        statuses = [status for answer in answers for status in answer.result()]
    assert len(statuses) > READERS
    assert set(statuses) == {200}
    assert _wait_for(lambda: len(httpx.get(f"{address}/pages.json").json()) == 3 + len(rows))


def _read(address: str, number: int, is_over: Callable[[], bool]) -> list[int]:
    """Return the answers that one reader gets until the writer is through."""
    statuses: list[int] = []
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        while not is_over() or not statuses:
            view = VIEWS[(number + len(statuses)) % len(VIEWS)]
            statuses.append(client.get(f"/{view.name}").status_code)
    return statuses


def test_a_server_that_ends_ends_its_linking(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(copied / "links", ignore_errors=True)
    monkeypatch.setattr(shelf, "LINKED", 0)
    monkeypatch.setattr(shelf, "LINKER", "import time; time.sleep(600)")
    held = shelf.Shelf(str(copied))
    assert _wait_for(lambda: held._linker is not None)
    assert held._linker is not None
    held.close()
    assert held._linker.poll() is not None


def test_a_large_folder_is_linked_behind_its_readers(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(copied / "links", ignore_errors=True)
    monkeypatch.setattr(shelf, "LINKED", 0)
    held = shelf.Shelf(str(copied))
    assert not held.holding.is_linked
    assert _wait_for(lambda: held.holding.is_linked)
    assert len(held.holding.links.incidents) == len(open_folder(copied).incidents())


@pytest.mark.parametrize(
    "facets", [{}, {"type": "ASSAULT"}, {"status": "actual", "at": "2"}, {"text": "the"}, {"type": "NONE"}]
)
def test_a_large_folder_shows_the_same_events_before_it_is_in_memory(
    copied: Path, monkeypatch: pytest.MonkeyPatch, facets: dict[str, str]
) -> None:
    held = shelf.Shelf(str(copied))
    monkeypatch.setattr(shelf, "LINKED", 0)
    monkeypatch.setattr(shelf, "FIRST", 600.0)
    quick = shelf.Shelf(str(copied))
    asked = read_facets(facets.items())
    frame = replace(read_frame(asked), most=5)
    for name in ("events", "map", "incidents"):
        found = BY_NAME[name].read(held, asked, frame)
        assert BY_NAME[name].read(quick, asked, frame) == found
    assert not held.holding.is_quick
    assert quick.holding.is_quick
    held.close()
    quick.close()


def _wait_for(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_a_folder_that_another_process_links_is_waited_for_and_told_in_a_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.txt").write_text(
        "Rebels attacked a convoy near Mosul, Iraq, on Sunday.", encoding="utf-8"
    )
    records = tmp_path / "records"
    code_folder(Job((str(tmp_path / "in.txt"),), str(records), "2024-03-13", None, Settings()))
    call = "import sys; from onrecord.web.link_behind import *; sys.exit(link_behind(sys.argv[1], 1))"
    link = partial(subprocess.run, [sys.executable, "-c", call, str(records)], check=False)
    (records / "links").mkdir()
    with closing(sqlite3.connect(records / "links" / INDEX)) as other:
        other.execute("begin exclusive")
        assert link().returncode == 1
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    assert "another onrecord process is linking this folder" in told
    assert link().returncode == 0
    assert capfd.readouterr().err == ""


def test_a_decision_is_shown_by_every_later_answer(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if another reader has just looked at the log, and has not read it yet."""
    held = shelf.Shelf(str(copied))
    record = next(one for one in open_folder(copied).records() if one.events)
    event = record.events[0]
    anchor, coded = point_at(record, event), describe_event(record, event)
    monkeypatch.setattr(shelf.Shelf, "_is_due", lambda self, what: False)
    held.decide(Decision("ada", "accept", record.page.id, anchor, coded))
    assert [case.standing for case in held.judged.review.cases] == ["accepted"]
    held.close()
