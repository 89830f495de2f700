from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from onrecord.pipeline import name_coder
from onrecord.records import Settings
from onrecord.scale.know_versions import Past
from onrecord.scale.plan_tasks import Tally, plan_tasks
from onrecord.scale.run_tasks import Stop, run_tasks
from onrecord.scale.summary import Summary
from onrecord.scale.task import Run
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
    dry: bool = False
    """Whether the work is done but not written: to see what would change."""
    size: int = SHARD
    workers: int | None = 1
    """Processes of this machine; None for one a core."""
    scheduler: str | None = None
    """Address of a Dask scheduler whose workers do the coding."""
    memory: str = "2GB"
    """Of each worker; one that takes more is ended and its shard tried again."""


Report = Callable[[Summary], None]


def code_folder(job: Job, report: Report = lambda summary: None, stop: Stop | None = None) -> Summary:
    """Code what is new in the inputs into a record folder, part by part; `report` hears of each part.

    A part appears in the folder whole and is counted once it is there. A run that is stopped, or
    killed, goes on where it stood when the same job is run again.
    """
    disk = Disk(job.out)
    disk.create()
    stop, tally, summary = stop or Stop(), Tally(), Summary()
    with disk.lock():
        disk.sweep()
        run, about = open_run(disk, job)
        with Past(open_folder(job.out), run) as past:
            sources = open_sources(job.inputs, job.published)
            tasks = plan_tasks(sources, past, past.load_known(), tally, run)
            for done in run_tasks(
                tasks, workers=job.workers, scheduler=job.scheduler, memory=job.memory, stop=stop
            ):
                if not job.dry:
                    disk.write(f"runs/{run.number:05d}.json", encode_json(about))
                    disk.write_part(done.part.name, done.part.files)
                summary.add(done)
                summary.seen, summary.known = tally.seen, tally.seen - tally.new
                report(summary)
        summary.seen, summary.known, summary.stopped = tally.seen, tally.seen - tally.new, stop.is_set
        summary.failed, summary.repeated = max(tally.failed, summary.errors), tally.repeated
        if not job.dry and not stop.is_set:
            close_run(disk, run.number)
    return summary


def count_new(job: Job) -> int:
    """Return how many pages of the inputs are not in the folder yet; reads through all of them."""
    disk = Disk(job.out)
    disk.create()
    run, _ = open_run(disk, job)
    tally = Tally()
    with Past(open_folder(job.out), run) as past:
        for _ in plan_tasks(open_sources(job.inputs, job.published), past, past.load_known(), tally, run):
            pass
    return tally.new


def open_run(disk: Disk, job: Job) -> tuple[Run, dict[str, Any]]:
    """Return the run that a job begins, or goes on with, and what the folder keeps of it.

    It is the last run if that one was stopped on its way through the same inputs.
    """
    coder = name_coder(job.settings)
    about = {
        "inputs": list(job.inputs),
        "published": job.published,
        "coder": asdict(coder),
        "recode": job.recode,
        "pages_per_part": job.size,
    }
    names = disk.list_names("runs")
    begun = [name for name in names if not name.endswith("-done.json")]
    last = int(begun[-1].removesuffix(".json")) if begun else 0
    going_on = (
        bool(begun) and f"{last:05d}-done.json" not in names and disk.read_json("runs", begun[-1]) == about
    )
    number = last if going_on else last + 1
    return Run(number, coder, job.day, job.settings, job.recode, job.size), about


def close_run(disk: Disk, run: int) -> None:
    """Write that a run came to its end; a run that found nothing new leaves no trace."""
    parts = [name for name in disk.list_parts() if name.startswith(f"{run:05d}-")]
    if parts and f"{run:05d}-done.json" not in disk.list_names("runs"):
        disk.write(f"runs/{run:05d}-done.json", encode_json({"parts": parts}))
