"""The same code on a cluster: a scheduler with workers elsewhere, and the example for Slurm."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.scale import Job, code_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Start a scheduler and a worker by their commands, as SSH would on other hosts; give the address."""
    told = tmp_path / "scheduler.json"
    call = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = [
        subprocess.Popen([*call, "--scheduler-file", str(told), "--dashboard-address", ":0"], **quiet),
        subprocess.Popen([*worker, "--nthreads", "1", "--no-dashboard"], **quiet),
    ]
    try:
        while not told.exists() or not told.read_text().rstrip().endswith("}"):  # it may be half written
            assert begun[0].poll() is None
        yield json.loads(told.read_text())["address"]
    finally:
        for process in reversed(begun):
            process.terminate()
            process.wait(timeout=60)


def test_a_scheduler_elsewhere_does_the_coding(scheduler: str, tmp_path: Path) -> None:
    rows = [{"id": f"n{n}", "text": f"Police arrested {n} people in Paris."} for n in range(2, 10)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    job = Job((str(tmp_path / "in.jsonl"),), str(tmp_path / "out"), "2024-03-12", size=3, scheduler=scheduler)
    assert code_folder(job).pages == 8


def test_the_slurm_example_writes_a_job_script() -> None:
    call = [
        sys.executable,
        str(ROOT / "docs/cluster/slurm.py"),
        "in.jsonl",
        "--out",
        "x",
        "--cores",
        "4",
        "--show",
    ]
    script = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert script.startswith("#!")
    assert "#SBATCH --cpus-per-task=4" in script
    assert "#SBATCH --mem=4G" in script
    assert "#SBATCH --nice=100" in script
    assert "distributed.cli.dask_worker" in script
    assert "--nworkers 4" in script
    assert "--nthreads 1" in script
