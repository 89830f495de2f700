from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.ask_model import Asking, ask_model, asking_options, find_endpoint, tell_outcome, tell_stop
from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.evaluation import MarkedSet, Score
    from onrecord.records import Coder, Settings
    from onrecord.second import Endpoint

BY_EYE = "## Rows read by eye"
"""Heading from which on a report holds what persons wrote; a new report keeps it."""


@click.command()
@click.argument("data", metavar="DATA", type=click.Path())
@click.option("--out", type=click.Path(), metavar="FILE", help="Write the report to this file.")
@click.option(
    "--only", metavar="SETS", default="", help="Sets, separated by commas; `page` for pages read by hand."
)
@click.option("--split", default="dev", show_default=True, metavar="NAME", help="Read gold/SET/NAME.jsonl.")
@click.option("--records", type=click.Path(), metavar="DIR", help="Keep records and scorers' output here.")
@click.option(
    "--failures", type=click.Path(), metavar="DIR", help="List the expected failures of these tests."
)
@click.option("--day", metavar="DATE", help="Day that the report gives (YYYY-MM-DD); default: today.")
@click.option("--second", metavar="NAME", help="Evaluate this language model as a second reader instead.")
@asking_options
@page_options
def eval(
    data: str,
    out: str | None,
    only: str,
    split: str,
    records: str | None,
    failures: str | None,
    day: str | None,
    second: str | None,
    asking: Asking,
    published: str | None,
    settings: Settings,
) -> None:
    """Evaluate the records of the annotated pages in DATA and report accuracy.

    DATA holds gold/SET/dev.jsonl with tools/score_SET.py for each set, and page.txt with expected.json for
    each page that was read by hand; the scorers are programs, and are run. The report is Markdown: each set
    beside the recorded figures of other tools, and precision and recall of each type of event. Exit status 1
    if a scorer failed. FILE keeps what it has from a heading "Rows read by eye" on.

    With --second a language model is asked about the events of the sets `events` and `codes`, as onrecord
    second asks it, and held against the marks: agreement, what precision and recall would be if its refusals
    were followed, and tokens. Its answers stay in --records DIR, from which --replay takes them.

    Example: onrecord eval ../shared --only codes,places --out accuracy.md
    """
    import datetime
    import tempfile

    from onrecord.evaluation import ANSWERS, evaluate, list_failures, read_marked, write_report
    from onrecord.pipeline import name_coder
    from onrecord.sources import check_day

    today = check_day(day, "day of the report") or datetime.date.today().isoformat()
    names = [name for name in only.split(",") if name]
    if second is not None:
        if records is None:
            raise click.UsageError("--second: expected --records DIR, where its answers are kept")
        endpoint = find_endpoint(second, asking)
        marked = read_marked(
            Path(data), Path(records), split=split, only=names, sample=asking.sample, published=published,
            settings=settings,
        )  # fmt: skip
        _evaluate_second(
            marked, Path(records) / ANSWERS, endpoint, second, asking, name_coder(settings), today, out
        )
        return
    known = list_failures(Path(failures)) if failures else ()
    with tempfile.TemporaryDirectory() as scratch:
        result = evaluate(
            Path(data),
            Path(records or scratch),
            today,
            split=split,
            only=names,
            published=published,
            settings=settings,
            failures=known,
            tell=_tell,
        )
    for line in result.skipped:
        click.echo(f"onrecord: left out: {line}", err=True)
    _write(write_report(result), out)
    sys.exit(any(score.value is None for score in result.scores))


def keep_section(path: Path) -> str:
    """Return what persons wrote at the end of an earlier report, from its heading on; empty if nothing."""
    if not path.exists():
        return ""
    _, heading, section = path.read_text(encoding="utf-8").partition(BY_EYE)
    return f"\n{heading}{section}" if heading else ""


def _tell(score: Score) -> None:
    """Say on standard error what a set came to; the report comes at the end."""
    click.echo(f"{score.benchmark.name:12} {score.lines[-1]}", err=True)


def _write(report: str, out: str | None) -> None:
    if out:
        Path(out).write_text(report + keep_section(Path(out)), encoding="utf-8")
    else:
        click.echo(report, nl=False)


def _evaluate_second(
    marked: Iterable[MarkedSet],
    path: Path,
    endpoint: Endpoint | None,
    model: str,
    asking: Asking,
    coder: Coder,
    day: str,
    out: str | None,
) -> None:
    """Ask a model about the events of marked pages, and write the report on it, also if it stops halfway."""
    from onrecord.evaluation import measure_second, write_second
    from onrecord.second import Answers, Choice, choose_questions, name_reviewer
    from onrecord.second.ask_questions import Purse

    name, purse = name_reviewer(model, "event"), Purse(asking.budget)
    results = []
    for one in marked:
        items, unsafe = choose_questions(one.records, Choice(asking.below, twice=asking.twice))
        outcome = ask_model(items, model, Answers(path), endpoint, purse, yes=asking.yes)
        click.echo("\n".join([f"{one.name}:", *tell_outcome(name, outcome, len(items), unsafe)]), err=True)
        results.append((measure_second(one, outcome), outcome))
    _write(write_second(name, coder, day, results), out)
    tell_stop(purse)
