from __future__ import annotations

import sys

import click


@click.command("check-config")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option(
    "--kind", type=click.Choice(["actors", "codebook", "feeds"]),
    help="Kind of the files; by default it is recognised by their tables.",
)  # fmt: skip
def check_config(files: tuple[str, ...], kind: str | None) -> None:
    """Check FILES that you wrote: actor files, codebooks, feed lists. Exit status 1 if one is wrong.

    Each problem is reported with file, line and key, and with what was expected.

    Example: onrecord check-config actors.toml feeds.toml
    """
    from onrecord.codebooks.check_config import check_config as check
    from onrecord.errors import OnrecordError
    from onrecord.exports.plain_console import tame

    failed = 0
    for file in files:
        try:
            found, problems = check(file, kind)
        except OnrecordError as error:
            found, problems = "", (str(error),)
        failed += bool(problems)
        for problem in problems:
            click.echo(tame(problem), err=True)
        if not problems:
            click.echo(f"{file}: no problems ({found})")
    sys.exit(1 if failed else 0)
