"""Small parts joined to large ones: nothing that the folder says changes."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli.main import main
from onrecord.scale import Job, code_folder
from onrecord.store import Disk
from onrecord.store.join_parts import join_parts

DAY = "2024-03-12"


def write_pages(path: Path, begin: int, end: int) -> None:
    rows = [
        {"id": f"n{n:02d}", "text": f"Police arrested {n} people in Paris on Monday."}
        for n in range(begin, end)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A folder of five parts over three runs, one of which coded a page anew."""
    job = Job((str(tmp_path / "in.jsonl"),), str(tmp_path / "out"), DAY, "2017-12-11", size=2)
    for begin, end in ((2, 6), (2, 9)):
        write_pages(tmp_path / "in.jsonl", begin, end)
        code_folder(replace(job, day=f"2024-03-{10 + end}"))
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"id": "n03", "text": "Police released three people."}) + "\n"
    )
    code_folder(replace(job, day="2024-03-25"))
    return job


def tell(home: str) -> list[object]:
    """Return what a folder says: its rows, then and now, and what it says of its history."""
    folder = onrecord.open_folder(home)
    tables = ("pages", "events", "actors", "refused", "changes", "history", "errors")
    return [
        *(folder.query(f"select * from {name} order by all").to_pylist() for name in tables),
        folder.query("select * from pages order by all", as_of="2024-03-17").to_pylist(),
        [record.to_json() for record in folder.records()],
    ]


def digest(home: Path) -> dict[str, str]:
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(home.rglob("*"))
        if file.is_file()
    }


def test_joined_parts_say_the_same_in_the_same_bytes(job: Job, tmp_path: Path) -> None:
    other = Path(shutil.copytree(job.out, tmp_path / "other"))
    before = tell(job.out)
    done = CliRunner().invoke(main, ["compact", job.out])
    assert done.stdout == "5 parts before, 1 now\n"
    join_parts(Disk(other))
    assert digest(Path(job.out)) == digest(other)
    assert tell(job.out) == before


def test_what_was_joined_goes_when_the_folder_is_next_written_to(job: Job) -> None:
    join_parts(Disk(job.out))
    assert len(list(Path(job.out, "parts").iterdir())) == 6
    assert code_folder(job).known == 1
    assert len(list(Path(job.out, "parts").iterdir())) == 1
    assert len(onrecord.open_folder(job.out).parts()) == 1


def test_parts_whose_join_was_killed_are_still_there(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tell(job.out)

    def die(self: Disk, name: str, files: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "write_part", die)
        with pytest.raises(KeyboardInterrupt):
            join_parts(Disk(job.out))
    assert tell(job.out) == before
    assert join_parts(Disk(job.out)).after == 1
    assert tell(job.out) == before


def test_a_joined_folder_is_linked_as_before(job: Job) -> None:
    folder = onrecord.open_folder(job.out)
    before = folder.links().incidents
    join_parts(folder.disk)
    assert folder.unlinked() == 0
    assert folder.links().incidents == before
