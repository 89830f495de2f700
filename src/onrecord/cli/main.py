from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from onrecord.errors import OnrecordError

COMMANDS = (
    "check",
    "code",
    "codebook",
    "commitments",
    "compact",
    "demo",
    "eval",
    "export",
    "follow",
    "incidents",
    "lexicons",
    "quotes",
    "read",
    "review",
    "schema",
    "serve",
    "sql",
    "timeline",
    "unknown",
    "why",
)
"""Each is a file of this folder with a click command of the same name; loaded when it is called."""


class LazyCommands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"onrecord.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what onrecord raises on purpose is told in a sentence, exit status 1."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=LazyCommands, context_settings={"max_content_width": 110})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Put the news on the record: read pages, print who did what, who says so, and what does not add up."""
