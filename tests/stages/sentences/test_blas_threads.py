"""Reading holds BLAS to one thread, in a process of its own that was given two, and then lets go."""

from __future__ import annotations

import os
import subprocess
import sys

READ = """
from threadpoolctl import threadpool_info

from onrecord.pipeline import read_batch
from onrecord.records import RawPage, Settings

def threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}

seen, before = [], threads()
page = RawPage("Chad expelled the ambassador of Sudan.")
read_batch([page], Settings(), lambda stage: seen.append(threads()) if stage == "events" else None)
print(seen, threads() == before)
"""


def test_blas_has_one_thread_while_pages_are_read() -> None:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    ended = subprocess.run(
        [sys.executable, "-c", READ], env=environment, capture_output=True, text=True, timeout=120
    )
    assert ended.stdout.split() == ["[{1}]", "True"], ended.stderr
