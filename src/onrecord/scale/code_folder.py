from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from onrecord.pipeline import name_coder
from onrecord.records import Coder, Settings
from onrecord.scale.code_shard import code_shard
from onrecord.scale.plan_tasks import Tally, load_known, plan_tasks
from onrecord.scale.summary import Summary
from onrecord.sources import open_sources
from onrecord.store import Disk, encode_json, open_folder

SHARD = 200
"""Pages of a part."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be coded, into which folder, and how."""

    inputs: tuple[str, ...]
    out: str
    day: str
    """The day of coding (ISO), as the folder keeps it; the clock is read by the caller alone."""
    published: str | None = None
    settings: Settings = field(default_factory=Settings)
    recode: bool = False
    """Whether pages that another coder has coded are coded again."""
    size: int = SHARD


def code_folder(job: Job, report: Callable[[Summary], None] = lambda summary: None) -> Summary:
    """Code what is new in the inputs into a record folder, part by part; `report` hears of each part."""
    disk = Disk(job.out)
    disk.create()
    disk.sweep()
    coder = name_coder(job.settings)
    run, about = open_run(disk, job, coder)
    known = load_known(open_folder(job.out), run, job.recode)
    tally, summary = Tally(), Summary()
    tasks = plan_tasks(
        open_sources(job.inputs, job.published),
        known,
        tally,
        run=run,
        size=job.size,
        coder=coder,
        day=job.day,
        settings=job.settings,
        recode=job.recode,
    )
    for done in map(code_shard, tasks):
        if not summary.parts:
            disk.write(f"runs/{run:05d}.json", encode_json(about))
        disk.write_part(done.part.name, done.part.files)
        summary.add(done)
        summary.seen, summary.known = tally.seen, tally.seen - tally.new
        report(summary)
    summary.seen, summary.known = tally.seen, tally.seen - tally.new
    close_run(disk, run)
    return summary


def open_run(disk: Disk, job: Job, coder: Coder) -> tuple[int, dict[str, Any]]:
    """Return the number of the run and what the folder keeps of it.

    It is the number of the last run if that one was stopped on its way through the same inputs.
    """
    about = {
        "inputs": list(job.inputs),
        "published": job.published,
        "coder": asdict(coder),
        "recode": job.recode,
        "pages_per_part": job.size,
    }
    runs = [name for name in disk.list_names("runs") if name.endswith(".json")]
    begun = [name for name in runs if "-done" not in name]
    if not begun:
        return 1, about
    last = int(begun[-1].removesuffix(".json"))
    if f"{last:05d}-done.json" not in runs and disk.read_json("runs", begun[-1]) == about:
        return last, about
    return last + 1, about


def close_run(disk: Disk, run: int) -> None:
    """Write that a run came to its end; a run that found nothing new leaves no trace."""
    parts: Sequence[str] = [name for name in disk.list_parts() if name.startswith(f"{run:05d}-")]
    if parts and f"{run:05d}-done.json" not in disk.list_names("runs"):
        disk.write(f"runs/{run:05d}-done.json", encode_json({"parts": list(parts)}))
