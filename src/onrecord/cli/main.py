from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import Any

import click

from onrecord.errors import OnrecordError

COMMANDS = (
    "check",
    "check-config",
    "code",
    "codebook",
    "commitments",
    "compact",
    "demo",
    "doctor",
    "eval",
    "export",
    "follow",
    "incidents",
    "lexicons",
    "quotes",
    "read",
    "review",
    "schema",
    "second",
    "serve",
    "sql",
    "timeline",
    "unknown",
    "why",
)
"""Each is a file of this folder with a click command of the same name (- becomes _), loaded when called."""


class LazyCommands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"onrecord.cli.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever fails is told in a sentence, exit status 1.

        Output goes out here, so that a full disk behind it is told too. A reader that has gone (`| head`)
        is left to click, which ends quietly.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except OnrecordError as error:
            raise click.ClickException(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            raise _explain(error) from error


def _explain(error: Exception) -> click.ClickException:
    from onrecord.cli.tell_failure import explain_failure

    return explain_failure(error)


@click.group(cls=LazyCommands, context_settings={"max_content_width": 110})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Put the news on the record: who did what to whom, who says so, and which figures do not add up."""
