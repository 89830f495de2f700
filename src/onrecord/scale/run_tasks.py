"""Where tasks run: in this process, on Dask workers of this machine, or on those of a cluster."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from onrecord.errors import EngineError
from onrecord.scale.code_shard import code_pages, code_shard, fail_page, pack_shard
from onrecord.scale.start_workers import join_cluster, start_workers
from onrecord.scale.task import Done, Task

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 0.5
"""Seconds between looks at whether the run is to stop."""
WAITING = 2
"""Tasks that are ready for each worker thread: one at work, one next."""
KILLED = "the coding process ended on this page each time it was tried (out of memory, or a crash)"


class Stop:
    """Set by the caller when the run is to end after what is being coded now."""

    def __init__(self) -> None:
        self.is_set = False

    def set(self) -> None:
        """Ask the run to end; what is finished by then stays."""
        self.is_set = True


def run_tasks(
    tasks: Iterable[Task], *, workers: int | None, scheduler: str | None, memory: str, stop: Stop
) -> Iterator[Done]:
    """Yield the coded shards, in the order in which they get done.

    With a `scheduler` address they run on its workers; else in `workers` processes of this machine
    (as many as it has cores, if None), or in this process if there is one worker or one shard.
    """
    tasks = iter(tasks)
    if scheduler:
        with join_cluster(scheduler) as client:
            yield from run_on_dask(tasks, client, stop)
        return
    first = list(islice(tasks, 2))
    count = min(workers or len(os.sched_getaffinity(0)), workers or len(first))
    ahead = chain(first, tasks)
    if count < 2:
        yield from run_here(ahead, stop)
        return
    with start_workers(count if workers else len(os.sched_getaffinity(0)), memory) as client:
        yield from run_on_dask(ahead, client, stop)


def run_here(tasks: Iterable[Task], stop: Stop) -> Iterator[Done]:
    """Yield the shards coded by this process, in order."""
    for task in tasks:
        if stop.is_set:
            return
        yield code_shard(task)


def run_on_dask(tasks: Iterator[Task], client: Client, stop: Stop) -> Iterator[Done]:
    """Yield the shards coded by Dask workers; few tasks are out at a time, so memory stays bounded.

    A task whose worker dies is tried on another one. When that happens again and again its pages
    are coded one by one, and the page that kills its worker becomes an error row.
    """
    ended: queue.Queue[Future] = queue.Queue()
    running: dict[str, tuple[Future, Task]] = {}

    def fill() -> None:
        room = WAITING * max(1, sum(client.nthreads().values())) - len(running)
        for task in islice(tasks, max(0, room)):
            future = client.submit(code_shard, task, pure=False)
            running[future.key] = (future, task)
            future.add_done_callback(ended.put)

    fill()
    while running and not stop.is_set:
        try:
            future = ended.get(timeout=PATIENCE)
        except queue.Empty:
            _check_alive(client)
            continue
        _, task = running.pop(future.key)
        yield _collect(future, task, client)
        fill()
    yield from _finish(running, client)


def _finish(running: dict[str, tuple[Future, Task]], client: Client) -> Iterator[Done]:
    """Drop the tasks that no worker has begun, and wait for the others."""
    if not running:
        return
    begun = {str(key) for keys in client.processing().values() for key in keys[:1]}
    waiting = [future for key, (future, _) in running.items() if str(key) not in begun]
    client.cancel(waiting)
    for key, (future, task) in running.items():
        if str(key) in begun:
            yield _collect(future, task, client)


def _collect(future: Future, task: Task, client: Client) -> Done:
    from distributed.scheduler import KilledWorker

    try:
        done: Done = future.result()
    except KilledWorker:
        return _rescue(task, client)
    return done


def _rescue(task: Task, client: Client) -> Done:
    """Return a shard that kept killing its workers, coded page by page."""
    from distributed.scheduler import KilledWorker

    found: list[Any] = []
    for page in task.pages:
        try:
            found += client.submit(code_pages, replace(task, pages=(page,)), pure=False).result()
        except KilledWorker:
            found.append(fail_page(task, page, KILLED))
    return Done(pack_shard(task, found))


def _check_alive(client: Client) -> None:
    if client.status in ("closed", "closing"):
        raise EngineError("the Dask scheduler is gone; the same command goes on where the run stood")
