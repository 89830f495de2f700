from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import page_options

if TYPE_CHECKING:
    from onrecord.evaluation import Score
    from onrecord.records import Settings

BY_EYE = "## Rows read by eye"
"""Heading from which on a report holds what persons wrote; a new report keeps it."""


@click.command()
@click.argument("data", metavar="DATA", type=click.Path())
@click.option("--out", type=click.Path(), metavar="FILE", help="Write the report to this file.")
@click.option("--only", metavar="SETS", default="", help="Sets by commas; `page` for pages read by hand.")
@click.option("--split", default="dev", show_default=True, metavar="NAME", help="Which gold/SET/NAME.jsonl.")
@click.option("--records", type=click.Path(), metavar="DIR", help="Keep records and scorers' output here.")
@click.option(
    "--failures", type=click.Path(), metavar="DIR", help="List the expected failures of these tests."
)
@click.option("--day", metavar="DATE", help="Day that the report gives (YYYY-MM-DD); default: today.")
@page_options
def eval(
    data: str,
    out: str | None,
    only: str,
    split: str,
    records: str | None,
    failures: str | None,
    day: str | None,
    published: str | None,
    settings: Settings,
) -> None:
    """Evaluate the records of the annotated pages in DATA and report accuracy.

    DATA holds gold/SET/dev.jsonl with tools/score_SET.py for each set, and page.txt with expected.json for
    each page that was read by hand; the scorers are programs, and are run. The report is Markdown: each set
    beside the recorded figures of other tools, and precision and recall of each type of event. Exit status 1
    if a scorer failed. What stands in FILE from a heading "Rows read by eye" on is kept.

    Example: onrecord eval ../shared --only codes,places --out accuracy.md
    """
    import datetime
    import tempfile

    from onrecord.evaluation import evaluate, list_failures, write_report
    from onrecord.sources import check_day

    today = check_day(day, "day of the report") or datetime.date.today().isoformat()
    known = list_failures(Path(failures)) if failures else ()
    with tempfile.TemporaryDirectory() as scratch:
        result = evaluate(
            Path(data),
            Path(records or scratch),
            today,
            split=split,
            only=[name for name in only.split(",") if name],
            published=published,
            settings=settings,
            failures=known,
            tell=_tell,
        )
    for line in result.skipped:
        click.echo(f"onrecord: left out: {line}", err=True)
    report = write_report(result)
    if out:
        Path(out).write_text(report + keep_section(Path(out)), encoding="utf-8")
    else:
        click.echo(report, nl=False)
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
