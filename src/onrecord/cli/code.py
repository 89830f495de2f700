from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import Range, page_options
from onrecord.cli.show_progress import show_work
from onrecord.exports.describe import count_of
from onrecord.exports.plain_console import tame

if TYPE_CHECKING:
    from onrecord.records import Settings
    from onrecord.scale import Job, Stop, Summary

LEAST_MEMORY = 500_000_000
"""Bytes of a worker: with less it cannot hold the language model and one batch of pages."""
MOST_PROBLEMS = 5
"""Failed inputs, and ids that stand twice, that are named."""
MOST_REASONS = 8
"""Reasons of refusal that the summary lists."""


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path())
@click.option(
    "--out", required=True, type=click.Path(), metavar="DIR", help="The record folder; created if missing."
)
@click.option(
    "--workers", type=click.IntRange(1), help="Worker processes on this machine; default: one per core."
)
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler of a cluster, such as tcp://host:8786.")
@click.option(
    "--memory", default="2GB", show_default=True, callback=lambda *given: _check_size(given[2]),
    help="Memory limit of each worker, such as 500MB or 2GB; a worker that exceeds it is restarted.",
)  # fmt: skip
@click.option("--recode", is_flag=True, help="Recode pages that another version, model or codebook coded.")
@click.option("--dry-run", "dry", is_flag=True, help="Report what would change, but write nothing.")
@click.option(
    "--day", metavar="DATE", help="Day of coding to record in the folder (YYYY-MM-DD); default: today."
)
@click.option(
    "--pages-per-part",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    help="Pages that are coded and written together.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Format of the summary."
)
@click.option(
    "--min-confidence", type=Range(0, 1), default=0.0,
    help="Leave out events with a lower confidence; docs/calibration.md relates it to precision.",
)  # fmt: skip
@page_options
def code(
    inputs: tuple[str, ...],
    out: str,
    workers: int | None,
    scheduler: str | None,
    memory: str,
    recode: bool,
    dry: bool,
    day: str | None,
    pages_per_part: int,
    form: str,
    min_confidence: float,
    published: str | None,
    settings: Settings,
) -> None:
    """Code many pages into a record folder; pages that are already in it are not coded again.

    INPUTS are files, folders, archives and feeds, as for read. An input that cannot be coded becomes
    an error row, and the exit status is 1. Ctrl-C ends the run after the current pages; the same command
    resumes it.

    Example: onrecord code news/ more.jsonl --out records --workers 4
    """
    import datetime

    from onrecord.scale import Job
    from onrecord.sources import check_day

    today = check_day(day, "day of coding") or datetime.date.today().isoformat()
    settings = replace(settings, min_confidence=min_confidence)
    job = Job(
        inputs, out, today, published, settings, recode, dry, pages_per_part, workers, scheduler, memory
    )
    summary, seconds = _run(job)
    if form == "json":
        _print_json(summary, seconds)
    else:
        _print_text(summary, seconds, job)
    _tell_problems(summary, job)
    _tell_others(summary, job)
    sys.exit(130 if summary.stopped else int(summary.failed > 0))


def _check_size(text: str) -> str:
    """Return a size of memory; raises BadParameter for what is none."""
    from dask.utils import parse_bytes

    try:
        size = parse_bytes(text)
    except ValueError:
        size = 0
    if size < LEAST_MEMORY:
        raise click.BadParameter(f"{text!r}: expected a size of 500MB or more, such as 2GB")
    return text


def _tell_problems(summary: Summary, job: Job) -> None:
    """Say on standard error which inputs gave no page, and which pages took the place of others."""
    from onrecord.store import open_folder

    if summary.repeated:
        names = ", ".join(summary.repeated[:MOST_PROBLEMS])
        click.echo(
            f"onrecord: the inputs hold more than one page under the same id, the last one counts: {names}"
            + (
                f" and {len(summary.repeated) - MOST_PROBLEMS} more" * (len(summary.repeated) > MOST_PROBLEMS)
            ),
            err=True,
        )
    if not summary.failed:
        return
    click.echo(f"onrecord: {count_of(summary.failed, 'input')} could not be coded", err=True)
    if job.dry:
        return
    rows = open_folder(job.out).query(
        "select source, reason from errors order by all limit ?", [MOST_PROBLEMS]
    )
    for row in rows.to_pylist():
        click.echo(tame(f"  {row['source']}: {row['reason']}"), err=True)
    click.echo(
        f'all of them: onrecord sql {shlex.quote(job.out)} "select source, reason from errors"', err=True
    )


def _tell_others(summary: Summary, job: Job) -> None:
    """Say on standard error that pages of the folder were coded otherwise than this run codes."""
    if job.recode or not summary.known:
        return
    from onrecord.pipeline import name_coder
    from onrecord.store import open_folder

    coder = name_coder(job.settings)
    found = open_folder(job.out).query(
        "select count(*) from pages where (coder_version, model, codebook) is distinct from (?, ?, ?)",
        [coder.version, coder.model, coder.codebook],
    )
    others = found.column(0)[0].as_py()
    if others:
        click.echo(
            f"onrecord: {count_of(others, 'page')} of the folder {'was' if others == 1 else 'were'} coded by "
            "another version, model, codebook or actor file; --recode codes those of the inputs anew",
            err=True,
        )


def _run(job: Job) -> tuple[Summary, float]:
    """Run a job with a progress bar where people look on; return its summary and how long it took."""
    import time

    from onrecord.scale import Stop, code_folder

    stop = Stop()
    begin = time.perf_counter()
    with _stop_on_signals(stop), _progress(job) as report:
        summary = code_folder(job, report, stop)
    return summary, time.perf_counter() - begin


@contextmanager
def _stop_on_signals(stop: Stop) -> Iterator[None]:
    """Let the first Ctrl-C, or a polite kill, end the run after the pages at hand; a second one at once."""
    import signal

    def ask(number: int, frame: Any) -> None:
        if stop.is_set:
            raise KeyboardInterrupt
        stop.set()
        click.echo("\nonrecord: finishing the current pages; interrupt again to stop at once", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress(job: Job) -> Iterator[Callable[[Summary], None]]:
    """Give a function that shows how far the run is: a bar on a terminal, a line now and then elsewhere."""
    with show_work("counting the pages") as tell:
        total = _count(job)
    if sys.stderr.isatty():
        with _draw_bar(total) as report:
            yield report
        return
    whole = "" if total is None else f" of {total:,}"
    first = "the pages" if total is None else count_of(total, "page")
    with show_work(f"loading the language model, coding the first of {first}") as tell:
        yield lambda summary: tell(f"{summary.pages + summary.errors:,}{whole} pages coded")


@contextmanager
def _draw_bar(total: int | None) -> Iterator[Callable[[Summary], None]]:
    """Give a function that moves a bar, which stands there from the beginning."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from onrecord.exports.plain_console import open_console

    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=open_console(to_stderr=True), transient=True) as progress:
        bar = progress.add_task("loading, coding the first pages", total=total, rate="")

        def report(summary: Summary) -> None:
            done = summary.pages + summary.errors
            rate = done / (progress.tasks[0].elapsed or 1.0)
            progress.update(bar, completed=done, description="coding", rate=f"{rate:.1f} pages/s, left:")

        yield report


def _count(job: Job) -> int | None:
    """Return how many pages are to be coded, or None where that would read a stream or the network."""
    from pathlib import Path

    from onrecord.scale import count_new

    return count_new(job) if all(Path(name).exists() for name in job.inputs) else None


def _print_json(summary: Summary, seconds: float) -> None:
    import json
    from dataclasses import fields

    # asdict would count the pairs of a Counter anew
    told = {spec.name: getattr(summary, spec.name) for spec in fields(summary)}
    click.echo(json.dumps(told | {"elapsed": round(seconds, 2)}, ensure_ascii=False, indent=1))


def _print_text(summary: Summary, seconds: float, job: Job) -> None:
    """Print what was done: pages, events, refusals by reason, errors, time by stage."""
    rate = summary.pages / seconds if seconds else 0.0
    pages = count_of(summary.pages, "page")
    click.echo(f"{pages} coded in {seconds:,.1f} s, {rate:,.1f} a second; {summary.known:,} coded before")
    turned = count_of(sum(summary.refused.values()), "rejected candidate")
    click.echo(f"{count_of(summary.events, 'event')}, {turned}, {count_of(summary.errors, 'error')}")
    for reason, count in summary.refused.most_common(MOST_REASONS):
        click.echo(f"  rejected {count:7,}  {reason}")
    for what, count in sorted(summary.changes.items()):
        click.echo(f"  changed {count:7,}  {what}")
    whole = sum(summary.seconds.values()) or 1.0
    slowest = sorted(summary.seconds.items(), key=lambda pair: -pair[1])
    if slowest:
        click.echo("time: " + ", ".join(f"{stage} {spent / whole:.0%}" for stage, spent in slowest))
    if job.dry:
        click.echo("dry run: nothing was written")
    if summary.stopped:
        click.echo("stopped: run the same command to resume")
