"""A folder in an object store, by its fsspec address; the memory file system stands for one."""

from __future__ import annotations

import json
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli.main import main
from onrecord.scale import Job, code_folder
from onrecord.store import Disk

TEXT = "Police arrested {n} people in Paris on Monday."


@pytest.fixture
def job(tmp_path: Path) -> Job:
    rows = [{"id": f"n{n}", "text": TEXT.format(n=n)} for n in range(2, 8)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return Job((str(tmp_path / "in.jsonl"),), f"memory://{tmp_path.name}/out", "2024-03-12", size=2)


def test_a_folder_in_an_object_store_is_written_and_asked(job: Job) -> None:
    assert code_folder(job).pages == 6
    assert code_folder(job).known == 6
    folder = onrecord.open_folder(job.out)
    assert folder.query("select count(*) as n from pages").to_pylist() == [{"n": 6}]
    assert [record.page.id for record in folder.records()] == [f"n{n}" for n in range(2, 8)]
    with pytest.raises(onrecord.FolderError, match="Permission Error"):
        folder.query("select * from read_text('/etc/hostname')")
    done = CliRunner().invoke(main, ["sql", job.out, "select page from pages where page = 'n3'"])
    assert "1 row\n" in done.stdout


def test_a_part_without_its_last_file_is_no_part(job: Job) -> None:
    code_folder(job)
    disk = Disk(job.out)
    first = disk.list_parts()[0]
    disk.fs.rm(disk.path("parts", first, "part.json"))
    assert first not in disk.list_parts()
    assert onrecord.open_folder(job.out).to_arrow("pages").num_rows == 4
    disk.fs.rm(disk.path("runs", "00001-done.json"))
    assert code_folder(job).pages == 2
    assert first in Disk(job.out).list_parts()


def test_the_same_bytes_in_any_store(job: Job, tmp_path: Path) -> None:
    code_folder(job)
    code_folder(Job(job.inputs, f"file://{tmp_path}/local", job.day, size=2))
    memory = fsspec.filesystem("memory")
    for file in sorted((tmp_path / "local").rglob("*")):
        if file.is_file() and file.name != ".lock":
            name = file.relative_to(tmp_path / "local")
            assert memory.cat_file(f"/{tmp_path.name}/out/{name}") == file.read_bytes()


def test_a_store_that_nobody_can_open_is_named() -> None:
    with pytest.raises(onrecord.FolderError, match="cannot be opened"):
        onrecord.open_folder("nowhere://bucket/folder")


def test_a_second_writer_is_kept_out_of_a_store_too(job: Job) -> None:
    disk = Disk(job.out)
    disk.create()
    with disk.lock(), pytest.raises(onrecord.FolderError, match="another onrecord process is writing here"):
        code_folder(job)
    assert code_folder(job).pages == 6


def test_pages_of_a_store_are_linked_as_they_come(job: Job, tmp_path: Path) -> None:
    code_folder(job)
    folder = onrecord.open_folder(job.out)
    told = sum(len(one.reports) for one in folder.incidents())
    assert told == folder.to_arrow("events").num_rows
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "late", "text": TEXT.format(n=30)}) + "\n")
    code_folder(job)
    assert folder.unlinked() == 1
    assert folder.links().progress.pages == 7
