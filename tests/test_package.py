"""What is handed out: wheel and source archive hold what they need and nothing else; the command is quick."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("dask", "distributed", "duckdb", "numpy", "pandas", "pyarrow", "spacy")
"""Packages that take long to import: a command loads those that it needs when it runs."""


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **env})


@pytest.fixture(scope="module")
def tracked() -> set[str]:
    """Return the files under version control, as far as they are there."""
    done = run("git", "ls-files", "--cached", "--others", "--exclude-standard")
    if done.returncode:
        pytest.skip("this is no checkout: nothing says which files belong to the project")
    return {name for name in done.stdout.splitlines() if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "hatchling", "build", "-d", str(out))
    assert done.returncode == 0, done.stderr
    return out


def test_the_wheel_holds_the_package_and_its_manual_page(built: Path, tracked: set[str]) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {name.removeprefix("src/") for name in tracked if name.startswith("src/")}
    assert {name for name in names if name.startswith("onrecord/")} == package
    rest = {name.partition("/")[2] for name in names - package}
    assert rest == {
        "METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE",
        "data/share/man/man1/onrecord.1",
    }  # fmt: skip


def test_the_source_archive_holds_what_is_tracked(built: Path, tracked: set[str]) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    left_out = {name for name in tracked if name.startswith(".")}
    assert names - {".gitignore"} == tracked - left_out | {"PKG-INFO"}


def test_the_command_runs_from_the_wheel_alone(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path)
    call = "import onrecord; from onrecord.cli.main import main; print(onrecord.__file__); main(['demo'])"
    done = run(sys.executable, "-c", call, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))
    assert "Events of the report" in done.stdout


@pytest.mark.parametrize("module", ["onrecord", "onrecord.cli.main"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_the_workbench_starts_without_what_its_first_views_do_not_need() -> None:
    slow = {*HEAVY, "fastapi", "pydantic", "rich"} - {"duckdb"}
    code = f"import sys, onrecord.cli.serve, onrecord.web, uvicorn;print(sorted({slow!r} & set(sys.modules)))"
    done = run(sys.executable, "-c", code)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_package_that_is_missing_is_named_with_what_brings_it() -> None:
    code = (
        "import sys, onrecord\n"
        "sys.modules['pandas'] = None\n"
        "record = onrecord.read_text('Police arrested two people.', kind='passage')\n"
        "try: record.to_pandas('events')\n"
        "except onrecord.OnrecordError as error: print(error)"
    )
    told = run(sys.executable, "-c", code).stdout
    assert told.strip() == "pandas is not installed: pip install 'onrecord[pandas]' brings it"
