"""The engine: several processes, workers that die, runs that are killed, interrupted, resumed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from kill import count_parts, digest_folder
from make_pages import make_pages

import onrecord
from onrecord.scale import Job, Stop, code_folder

KILLER = """
import os, signal
from onrecord import pipeline
from onrecord.stages.page import read_page as read
def read_or_die(raw):
    if "KILL THIS PROCESS" in str(raw.data):
        os.kill(os.getpid(), signal.SIGKILL)
    return read(raw)
pipeline.read_page = read_or_die
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with 60 pages and one broken line as input, and `whole`, what is coded of it."""
    home = tmp_path_factory.mktemp("engine")
    lines = [json.dumps(row) for row in make_pages(60, 5)]
    (home / "in.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    code_folder(job_into(home / "whole", home))
    return home


def job_into(out: Path, home: Path) -> Job:
    return Job((str(home / "in.jsonl"),), str(out), "2024-03-12", size=6)


def test_two_processes_write_the_same_bytes_as_one(home: Path, tmp_path: Path) -> None:
    done = code_folder(replace(job_into(tmp_path / "out", home), workers=2))
    assert done.pages == 60
    assert digest_folder(tmp_path / "out") == digest_folder(home / "whole")


def test_a_page_that_kills_its_worker_is_an_error_row(tmp_path: Path) -> None:
    import dask

    (tmp_path / "killer.py").write_text(KILLER)
    rows = [{"id": f"n{n}", "text": f"Police arrested {n} people."} for n in range(2, 8)]
    rows[3]["text"] = "KILL THIS PROCESS"
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    job = Job((str(tmp_path / "in.jsonl"),), str(tmp_path / "out"), "2024-03-12", size=3, workers=2)
    with dask.config.set({"distributed.worker.preload": [str(tmp_path / "killer.py")]}):
        done = code_folder(job)
    assert (done.pages, done.errors) == (5, 1)
    (row,) = onrecord.open_folder(job.out).to_arrow("errors").to_pylist()
    assert row["page"] == "n5"
    assert "process ended on this page" in row["reason"]


def test_a_killed_run_goes_on_to_the_same_bytes(home: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["onrecord.scale"])
    job = job_into(tmp_path / "out", home)
    for parts in (0, 1, 3, 4, 8):
        run = context.Process(target=code_folder, args=(job,))
        run.start()
        while count_parts(tmp_path / "out") < parts:
            assert run.is_alive()
            time.sleep(0.002)
        run.kill()
        run.join()
    code_folder(job)
    assert digest_folder(tmp_path / "out") == digest_folder(home / "whole")


def test_files_that_a_killed_run_was_writing_are_swept(home: Path, tmp_path: Path) -> None:
    out, job = tmp_path / "out", job_into(tmp_path / "out", home)
    stop = Stop()
    code_folder(job, lambda summary: stop.set(), stop)
    for name in ("runs/00001.json.new", "onrecord.json.new"):
        (out / name).write_text("{", encoding="utf-8")
    code_folder(job)
    assert digest_folder(out) == digest_folder(home / "whole")


def test_a_stopped_run_keeps_what_is_done_and_goes_on(home: Path, tmp_path: Path) -> None:
    job, stop = job_into(tmp_path / "out", home), Stop()
    done = code_folder(job, lambda summary: stop.set(), stop)
    assert (done.pages, done.stopped) == (6, True)
    assert code_folder(job).pages == 54
    assert digest_folder(tmp_path / "out") == digest_folder(home / "whole")


def test_ctrl_c_ends_workers_and_run_in_order(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = "from onrecord.cli.main import main; main()"
    args = ["code", str(home / "in.jsonl"), "--out", str(out), "--workers", "2", "--pages-per-part", "6"]
    run = subprocess.Popen(
        [sys.executable, "-c", call, *args, "--day", "2024-03-12"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        while count_parts(out) < 1:
            assert run.poll() is None
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        told, complaints = run.communicate(timeout=300)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
    assert run.returncode == 130
    assert "stopped: run the same command to resume" in told
    assert "Traceback" not in complaints
    assert 1 <= count_parts(out) < 11
    code_folder(job_into(out, home))
    assert digest_folder(out) == digest_folder(home / "whole")


def test_a_second_writer_is_turned_away(home: Path, tmp_path: Path) -> None:
    job = job_into(tmp_path / "out", home)

    def write_as_well(summary: object) -> None:
        with pytest.raises(onrecord.FolderError, match="another onrecord process"):
            code_folder(job)
        stop.set()

    stop = Stop()
    code_folder(job, write_as_well, stop)


def test_a_scheduler_that_is_not_there_is_named(home: Path, tmp_path: Path) -> None:
    job = replace(job_into(tmp_path / "out", home), scheduler="nonsense")
    with pytest.raises(onrecord.OnrecordError, match="no Dask scheduler at nonsense"):
        code_folder(job)
