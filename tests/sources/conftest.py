from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Server, run_server

READER = Path(__file__).parent / "read_bounded.py"
Bounded = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def bounded() -> Bounded:
    """Return a function that reads sources in a process of its own, held to so many seconds and MiB.

    The seconds are the processor's: a machine with other work to do fails no test.
    """

    def run(
        *paths: Path, seconds: float = 10, mib: int = 512, stage: str = "sources"
    ) -> list[dict[str, Any]]:
        call = [sys.executable, str(READER), str(mib), str(seconds), stage, *map(str, paths)]
        done = subprocess.run(call, capture_output=True, text=True, timeout=60 * seconds)
        assert done.returncode == 0, done.stderr[-2000:]
        *rows, _ = done.stdout.splitlines()
        return [json.loads(row) for row in rows]

    return run


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server on the loopback."""
    with run_server() as running:
        yield running
