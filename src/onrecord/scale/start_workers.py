from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import TYPE_CHECKING, Any

from onrecord.errors import EngineError

if TYPE_CHECKING:
    from distributed import Client

DEATHS = 1
"""How many times a task may lose its worker and is simply tried again; then its pages go one by one."""
OWN_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Set to 1 for workers: there is one for each core, and more threads would stand in each other's way."""
CONFIG: dict[str, Any] = {
    "distributed.scheduler.allowed-failures": DEATHS,
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.worker.profile.enabled": False,  # looks at the stack a hundred times a second
}


@contextmanager
def start_workers(count: int, memory: str) -> Iterator[Client]:
    """Give a client of `count` Dask processes on this machine, each with a memory limit."""
    import dask
    from distributed import Client, LocalCluster

    method = "forkserver" if sys.platform == "linux" else "spawn"
    with dask.config.set({**CONFIG, "distributed.worker.multiprocessing-method": method}):
        with _leave_signals():
            if method == "forkserver":
                _start_nursery()
            cluster = LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                memory_limit=memory,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
        with cluster, Client(cluster) as client:
            yield client


@contextmanager
def join_cluster(scheduler: str) -> Iterator[Client]:
    """Give a client of the Dask cluster at an address; raises EngineError if none answers there."""
    import dask
    from distributed import Client

    with dask.config.set(CONFIG):
        try:
            client = Client(scheduler, timeout="20s")
        except (OSError, ValueError) as error:
            raise EngineError(
                f"no Dask scheduler at {scheduler}: expected an address such as tcp://host:8786 ({error})"
            ) from error
        with client:
            yield client


@contextmanager
def _leave_signals() -> Iterator[None]:
    """Block Ctrl-C in what is started meanwhile: it is for this process alone to end the run.

    Threads and processes inherit what their parent blocks, those that replace a dead one as well.
    """
    resource_tracker.ensure_running()  # when it starts, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_nursery() -> None:
    """Start the process that workers are forked from, with all that they need loaded."""
    multiprocessing.set_forkserver_preload(["distributed", "onrecord.scale.warm_up"])
    before = {name: os.environ.get(name) for name in OWN_THREADS}
    os.environ.update(dict.fromkeys(OWN_THREADS, "1"))
    forkserver.ensure_running()
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
