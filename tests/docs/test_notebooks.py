"""The notebooks run, and what they printed is kept in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import nbformat
import pytest
from click.testing import CliRunner
from jupyter_client.kernelspec import KernelSpecManager

from onrecord.cli.main import main

ROOT = Path(__file__).parents[2]
HOME = ROOT / "docs" / "notebooks"
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
SQL = re.compile(r'query <- "(.*?)"', re.S)


def run_in(folder: Path, *command: str) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PATH": PATH}
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize("name", ["python", "r"])
def test_a_notebook_runs(name: str) -> None:
    kernel = nbformat.read(HOME / f"{name}.ipynb", as_version=4).metadata.kernelspec.name
    if kernel not in KernelSpecManager().find_kernel_specs():
        pytest.skip(f"no kernel named {kernel} is installed; the next tests read the notebook as text")
    run_in(ROOT, sys.executable, str(ROOT / "tools" / "run_notebooks.py"), "--check", name)


@pytest.mark.parametrize("name", ["python", "r"])
def test_a_notebook_keeps_what_its_cells_printed(name: str) -> None:
    book = nbformat.read(HOME / f"{name}.ipynb", as_version=4)
    nbformat.validate(book)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert any("ordered" in str(output) for output in outputs)


def test_duckdb_answers_the_question_that_r_asks_of_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "\n".join(cell.source for cell in nbformat.read(HOME / "r.ipynb", as_version=4).cells)
    found = SQL.search(source)
    assert found is not None
    pages = str(HOME / "pages.jsonl")
    monkeypatch.chdir(tmp_path)
    for call in (
        ["code", pages, "--out", "records", "--day", "2024-05-01", "--workers", "1"],
        ["export", "records", "--to", "parquet", "--out", "tables"],
    ):
        assert CliRunner().invoke(main, call).exit_code == 0
    query = found[1].replace("tables/", f"{tmp_path}/tables/")
    assert ("Kenya", "RETREAT", "Somalia", 1) in [row[1:] for row in duckdb.sql(query).fetchall()]
