from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from onrecord.exports.describe import count_of
from onrecord.exports.plain_console import tame


def _telling_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Print what is wrong with a file as a message, never as a traceback."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        from onrecord.errors import OnrecordError

        try:
            command(*args, **options)
        except OnrecordError as error:
            raise click.ClickException(str(error)) from error

    return run


@click.group()
def codebook() -> None:
    """Check, show, test, import and document codebooks: which words express which act.

    Example: onrecord codebook show "troop withdrawal"
    """


@codebook.command()
@click.argument("file", type=click.Path())
@_telling_errors
def check(file: str) -> None:
    """Check a codebook FILE and say how to correct it; exit status 1 if there are problems.

    Example: onrecord codebook check my.toml
    """
    from onrecord.codebooks import check_file

    problems = check_file(file)
    for problem in problems:
        click.echo(tame(problem), err=True)
    click.echo(count_of(len(problems), "problem") if problems else f"{file} is in order")
    sys.exit(1 if problems else 0)


@codebook.command()
@click.argument("name", required=False)
@click.option("--codebook", "files", multiple=True, type=click.Path(), help="Show with this file added.")
@_telling_errors
def show(name: str | None, files: tuple[str, ...]) -> None:
    """List the acts of the codebook, or print the entry NAME as TOML to copy and change.

    Example: onrecord codebook show attack
    """
    from onrecord.codebooks import list_entries, show_entry

    if name is not None:
        click.echo(show_entry(name, files), nl=False)
        return
    for key, code, kind, words in list_entries(files):
        click.echo(f"{key:32} {code:5} {kind:26} {words}")


@codebook.command()
@click.option("--codebook", "files", multiple=True, type=click.Path(), help="Document with this file added.")
@_telling_errors
def document(files: tuple[str, ...]) -> None:
    """Print the whole codebook as Markdown.

    Example: onrecord codebook document --codebook my.toml > codebook.md
    """
    from onrecord.codebooks import write_document

    click.echo(write_document(files), nl=False)


@codebook.command()
@click.argument("file", required=False, type=click.Path())
@click.option("--model", help="spaCy English pipeline, by name or path.")
@_telling_errors
def test(file: str | None, model: str | None) -> None:
    """Test a codebook FILE on its `yes` and `no` sentences; exit status 1 if any fails.

    Without FILE, those of the built-in codebook.

    Example: onrecord codebook test my.toml
    """
    from onrecord.codebooks import try_sentences

    trials = list(try_sentences(file, model=model))
    failed = [trial for trial in trials if not trial.passed]
    for trial in failed:
        click.echo(
            f"{trial.key}: {'not read' if trial.wanted else 'read, but should not be'}: {trial.sentence}"
        )
        click.echo(f"    read as: {', '.join(trial.rules) or 'nothing'}")
        for line in trial.refused:
            click.echo(f"    refused: {line}")
    click.echo(f"{len(trials) - len(failed)} of {len(trials)} sentences are read as they should be")
    sys.exit(1 if failed else 0)


@codebook.command("import")
@click.argument("file", type=click.Path())
@_telling_errors
def import_(file: str) -> None:
    """Print a PETRARCH or TABARI verb dictionary FILE as a codebook; lines left out go to standard error.

    Example: onrecord codebook import VERBS.txt > my.toml
    """
    from onrecord.codebooks import import_verbs

    made = import_verbs(file)
    click.echo(made.text, nl=False)
    for line in made.skipped:
        click.echo(tame(f"left out: {line}"), err=True)
    left = count_of(len(made.skipped), "line")
    click.echo(f"{made.entries:,} {'entry' if made.entries == 1 else 'entries'}, {left} left out", err=True)
