from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from onrecord.pipeline import BATCH, Tick, read_batch
from onrecord.records import Record, Settings
from onrecord.scale.task import Done, Planned, Task
from onrecord.store import Coding, Failure, pack_part


class Watch:
    """Adds up the time between ticks under the name of the tick that ends it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def tick(self, stage: str) -> None:
        """Note that a stage has ended now."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def code_shard(task: Task) -> Done:
    """Return the part of a shard: a function of its pages and settings alone, so it can run anywhere.

    A page that raises becomes an error row; the others of its batch are coded.
    """
    watch = Watch()
    codings: list[Coding] = []
    failures = list(task.failures)
    for begin in range(0, len(task.pages), BATCH):
        for found in _code_batch(task, task.pages[begin : begin + BATCH], watch.tick):
            (codings if isinstance(found, Coding) else failures).append(found)  # type: ignore[arg-type]
    failures.sort(key=lambda failure: (failure.position, failure.key))
    part = pack_part(task.run, task.shard, task.coder, task.day, codings, failures)
    watch.tick("write")
    return Done(part, watch.seconds)


def _code_batch(task: Task, pages: Sequence[Planned], tick: Tick) -> Iterator[Coding | Failure]:
    try:
        found = _read_records(pages, task.settings, tick)
    except Exception as error:
        if len(pages) > 1:
            for page in pages:
                yield from _code_batch(task, [page], tick)
            return
        yield fail_page(task, pages[0], f"could not be coded: {type(error).__name__}: {error}")
        return
    for page, (record, json) in zip(pages, found, strict=True):
        yield Coding(page.key, task.run, page.position, page.input, page.address, task.day, record, json)


def _read_records(pages: Sequence[Planned], settings: Settings, tick: Tick) -> list[tuple[Record, str]]:
    """Return each page's record and its JSON; raises whatever the worst page of the batch raises."""
    records = read_batch([page.raw for page in pages], settings, tick)
    found = [(record, record.to_json()) for record in records]
    for _, json in found:
        json.encode()  # half a surrogate pair cannot be stored
    return found


def fail_page(task: Task, page: Planned, reason: str) -> Failure:
    """Return the error row of a page that cannot be coded."""
    from onrecord.stages.page import name_page

    name, _ = name_page(page.raw)
    return Failure(page.key, task.run, page.position, page.raw.source, name, page.input, reason, task.day)
