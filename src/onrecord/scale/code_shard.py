from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence

from onrecord.errors import EngineError
from onrecord.pipeline import BATCH, Tick, ignore, name_coder, read_batch
from onrecord.records import Record, Settings
from onrecord.scale.task import Done, Earlier, Planned, Run, Task
from onrecord.stages.page import name_page
from onrecord.store import Coding, Failure, compare_records
from onrecord.store.parts import PackedPart, pack_part

ADDRESS = re.compile(r"0x[0-9a-f]{4,}")


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
    """Return the part of a shard: a function of its pages and settings alone, so it can run anywhere."""
    watch = Watch()
    part = pack_shard(task, code_pages(task, watch.tick))
    watch.tick("write")
    return Done(part, watch.seconds)


def code_pages(task: Task, tick: Tick = ignore) -> list[Coding | Failure]:
    """Return the codings of a shard's pages; a page that raises becomes a failure, the others are coded.

    Raises EngineError if this process would code by other rules than the task was made for.
    """
    here, wanted = name_coder(task.run.settings), task.run.coder
    if here != wanted:
        raise EngineError(
            f"a worker codes as {here.version}, {here.model}, {here.codebook}; expected {wanted.version}, "
            f"{wanted.model}, {wanted.codebook}: install the same onrecord and files on all machines"
        )
    return [
        found
        for begin in range(0, len(task.pages), BATCH)
        for found in _code_batch(task, task.pages[begin : begin + BATCH], tick)
    ]


def pack_shard(task: Task, found: Sequence[Coding | Failure]) -> PackedPart:
    """Return what was found on the pages of a shard as a part."""
    codings = [item for item in found if isinstance(item, Coding)]
    failures = [*task.failures, *(item for item in found if isinstance(item, Failure))]
    failures.sort(key=lambda failure: (failure.position, failure.key))
    return pack_part(task.run.number, task.shard, task.run.coder, task.run.day, codings, failures)


def _code_batch(task: Task, pages: Sequence[Planned], tick: Tick) -> Iterator[Coding | Failure]:
    try:
        found = _read_records(pages, task.run.settings, tick)
    except Exception as error:
        if len(pages) > 1:
            for page in pages:
                yield from _code_batch(task, [page], tick)
            return
        yield fail_page(task, pages[0], f"could not be coded: {_tell_error(error)}")
        return
    for page, (record, text) in zip(pages, found, strict=True):
        if record.page.failure:
            yield fail_page(task, page, record.page.failure)
        else:
            yield _make_coding(task.run, page, record, text)


def _make_coding(run: Run, page: Planned, record: Record, text: str) -> Coding:
    """Return the coding of a page: its record, why it was made, and what it changes."""
    keys = (page.key, run.number, page.position, page.input, page.address, run.day)
    if page.earlier is None:
        return Coding(*keys, record, text)
    changes = compare_records(json.loads(page.earlier.json), json.loads(text))
    return Coding(*keys, record, text, tell_why(page.earlier, page, record), changes)


def tell_why(earlier: Earlier, page: Planned, record: Record) -> str:
    """Return in a few words what differs between a page's last coding and this one."""
    reasons = []
    if earlier.page != record.page.id:
        reasons.append(f"the page took the place of {earlier.page}")
    elif earlier.input != page.input:
        reasons.append("the page changed")
    for name, old, new in (
        ("onrecord", earlier.coder.version, record.coder.version),
        ("model", earlier.coder.model, record.coder.model),
        ("codebook", earlier.coder.codebook, record.coder.codebook),
    ):
        if old != new:
            reasons.append(f"{name} {old} → {new}")
    return "; ".join(reasons) or "coded again"


def _read_records(pages: Sequence[Planned], settings: Settings, tick: Tick) -> list[tuple[Record, str]]:
    """Return each page's record and its JSON; raises whatever the worst page of the batch raises."""
    records = read_batch([page.raw for page in pages], settings, tick)
    found = [(record, record.to_json()) for record in records]
    for _, text in found:
        text.encode()  # half a surrogate pair cannot be stored
    return found


def _tell_error(error: Exception) -> str:
    """Return an error in a line, the same one each time: without addresses of memory."""
    return ADDRESS.sub("0x…", f"{type(error).__name__}: {error}")


def fail_page(task: Task, page: Planned, reason: str) -> Failure:
    """Return the error row of a page that cannot be coded."""
    name, _ = name_page(page.raw)
    return Failure(
        page.key, task.run.number, page.position, page.raw.source, name, page.input, reason, task.run.day
    )
