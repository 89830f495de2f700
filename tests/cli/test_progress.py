"""Long work shows that it goes on: on a terminal from its first second, elsewhere by a line now and then."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.cli import show_progress
from onrecord.cli.show_progress import show_work

ONRECORD = [sys.executable, "-c", "from onrecord.cli.main import main; main()"]


def watch(*args: str) -> str:
    """Return what a command shows on a terminal as its standard error."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen([*ONRECORD, *args], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        shown += more
    done.wait()
    os.close(ours)
    return shown.decode("utf-8", "replace")


def test_coding_shows_a_bar_before_the_first_part_is_done(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Police in Oslo arrested two men on Monday.", encoding="utf-8")
    shown = watch("code", str(page), "--out", str(tmp_path / "out"), "--workers", "1")
    assert "loading, coding the first pages" in shown
    assert "0/1" in shown


def test_reading_shows_that_the_model_is_loaded(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Police in Oslo arrested two men on Monday.", encoding="utf-8")
    assert "loading the language model" in watch("read", str(page))


def test_where_nobody_looks_on_a_line_comes_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(show_progress, "FIRST", 0.02)
    monkeypatch.setattr(show_progress, "EVERY", 0.02)
    with show_work("counting the pages") as tell:
        _await_line(capsys, "onrecord: counting the pages (0 s)")
        tell("200 of 400 pages coded")
        _await_line(capsys, "onrecord: 200 of 400 pages coded (0 s)")


def _await_line(capsys: pytest.CaptureFixture[str], line: str) -> None:
    until = time.monotonic() + 20
    shown = ""
    while line not in shown:
        assert time.monotonic() < until, shown
        time.sleep(0.02)
        shown += capsys.readouterr().err
