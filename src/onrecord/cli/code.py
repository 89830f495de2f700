from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.records import Settings
    from onrecord.scale import Job, Stop, Summary

MOST_REASONS = 8
"""Reasons of refusal that the summary lists."""


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path())
@click.option(
    "--out", required=True, type=click.Path(), metavar="DIR", help="The record folder; made if need be."
)
@click.option("--workers", type=click.IntRange(1), help="Processes of this machine; default: one a core.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler of a cluster, as tcp://host:8786.")
@click.option(
    "--memory", default="2GB", show_default=True, help="Limit of each worker; beyond it, it starts again."
)
@click.option("--recode", is_flag=True, help="Code again what another version, model or codebook coded.")
@click.option("--dry-run", "dry", is_flag=True, help="Do the work, say what would change, write nothing.")
@click.option(
    "--day", metavar="DATE", help="Day of coding that the folder keeps (YYYY-MM-DD); default: today."
)
@click.option("--pages-per-part", type=click.IntRange(1), default=200, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Of the summary.")
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
    published: str | None,
    settings: Settings,
) -> None:
    """Code many pages into a record folder that grows; what is in it already is not coded again.

    INPUTS are files, folders, archives and feeds, as for read. An input that cannot be coded becomes
    an error row. Ctrl-C ends the run after the pages at hand; the same command goes on from there.

    Example: onrecord code news/ more.jsonl --out records --workers 4
    """
    import datetime

    from onrecord.scale import Job
    from onrecord.sources import check_day

    today = check_day(day, "day of coding") or datetime.date.today().isoformat()
    job = Job(
        inputs, out, today, published, settings, recode, dry, pages_per_part, workers, scheduler, memory
    )
    summary, seconds = _run(job)
    if form == "json":
        _print_json(summary, seconds)
    else:
        _print_text(summary, seconds, job)
    sys.exit(130 if summary.stopped else 0)


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
        click.echo("\nonrecord: finishing the pages at hand; once more to stop at once", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress(job: Job) -> Iterator[Callable[[Summary], None]]:
    """Give a function that shows how far the run is, if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda summary: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    total = _count(job)
    rate = TextColumn("{task.fields[rate]:.1f} pages/s")
    columns = (BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=total, rate=0.0)

        def report(summary: Summary) -> None:
            done = summary.pages + summary.errors
            elapsed = progress.tasks[0].elapsed or 1.0
            progress.update(bar, completed=done, rate=done / elapsed)

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
    click.echo(
        f"{summary.pages:,} pages coded in {seconds:,.1f} s, {rate:,.1f} a second; {summary.known:,} known"
    )
    click.echo(
        f"{summary.events:,} events, {sum(summary.refused.values()):,} refusals, {summary.errors:,} errors"
    )
    for reason, count in summary.refused.most_common(MOST_REASONS):
        click.echo(f"  refused {count:7,}  {reason}")
    for what, count in sorted(summary.changes.items()):
        click.echo(f"  changed {count:7,}  {what}")
    whole = sum(summary.seconds.values()) or 1.0
    slowest = sorted(summary.seconds.items(), key=lambda pair: -pair[1])
    click.echo("time: " + ", ".join(f"{stage} {spent / whole:.0%}" for stage, spent in slowest))
    if summary.errors and not job.dry:
        click.echo(f'see: onrecord sql {job.out} "select source, reason from errors"')
    if summary.stopped:
        click.echo("stopped: the same command goes on from here")
