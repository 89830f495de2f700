"""The documentation holds: commands run, names are described, references are fresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import onrecord
from onrecord.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)


def test_the_references_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_reference.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(name: str) -> None:
    context = click.Context(main)
    command = main.get_command(context, name)  # type: ignore[attr-defined]
    found = command.commands.values() if isinstance(command, click.Group) else [command]
    for one in found:
        assert "Example: onrecord" in (one.help or ""), one.name


def test_every_public_name_is_described() -> None:
    text = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    for name in onrecord.__all__:
        if not name.startswith("__"):
            assert f"\n## {name}\n" in text
            assert getattr(onrecord, name).__doc__


def test_the_tutorial_runs(tmp_path: Path) -> None:
    blocks = BLOCK.findall((DOCS / "tutorial.md").read_text(encoding="utf-8"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    script = "set -e\n" + "\n".join(blocks)
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "ordered" in done.stdout
    assert (tmp_path / "dead.png").exists()
    assert (tmp_path / "tables" / "event_rows.csv").exists()


def test_the_site_builds(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            str(tmp_path / "site"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "index.html").exists()
