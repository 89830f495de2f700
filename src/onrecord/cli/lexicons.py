from __future__ import annotations

import sys

import click


@click.command()
def lexicons() -> None:
    """Check the lexicon files: schema, sources, order, duplicates; exit status 1 if there are problems.

    Example: onrecord lexicons
    """
    from onrecord.lexicons import check

    problems = check()
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(f"{len(problems)} problems" if problems else "all lexicon files are in order")
    sys.exit(1 if problems else 0)
