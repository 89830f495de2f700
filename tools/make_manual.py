"""The manual page of onrecord, from its own help texts: tools/make_reference.py writes it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from onrecord._version import __version__

STATUS = (
    ("0", "Success, and no problem was found."),
    (
        "1",
        "Something failed: an input could not be read or coded, a check failed, a file "
        "cannot be written, an actor is unknown. Standard error says what, where, and "
        "what to do.",
    ),
    ("2", "Usage error: an unknown command or option, a missing one, or an invalid value."),
    ("130", "The run was stopped by Ctrl-C after the current pages; the same command resumes it."),
)
"""What each exit status means; docs/guides/shell.md has the same table."""


def write_manual(group: click.Group) -> str:
    """Return the page in the man macros of troff."""
    context = click.Context(group, info_name="onrecord")
    return "".join(
        line + "\n"
        for line in (
            f'.TH ONRECORD 1 "" "onrecord {__version__}" "User Commands"',
            ".SH NAME",
            "onrecord \\- put the news on the record",
            ".SH SYNOPSIS",
            ".B onrecord",
            ".I COMMAND",
            "[OPTIONS] [ARGS]...",
            ".SH DESCRIPTION",
            *write_text(group.help or ""),
            ".SH COMMANDS",
            *(line for found in walk_commands(group, context) for line in write_command(*found)),
            ".SH EXIT STATUS",
            *(line for status, meaning in STATUS for line in (".TP", f".B {status}", escape(meaning))),
            ".SH SEE ALSO",
            "The documentation that comes with the sources, beginning with docs/index.md.",
        )
    )


def walk_commands(
    group: click.Group, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command under a group with its full name and context, in order."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(
            command, info_name=name, parent=context, terminal_width=88, max_content_width=88
        )
        yield inner.command_path, command, inner
        if isinstance(command, click.Group):
            yield from walk_commands(command, inner)


def write_command(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield the section of a command; a group has none of its own."""
    if isinstance(command, click.Group):
        return
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f'.SS "{escape(name)} {escape(pieces)}"'
    yield from write_text(command.help or "")
    for option in command.params:
        row = option.get_help_record(context) if isinstance(option, click.Option) else None
        if row:
            yield from (".TP", f".B {escape(row[0])}", escape(row[1]) or "\\&")


def write_text(text: str) -> Iterator[str]:
    """Yield a help text, a paragraph at a time."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ".PP"
        yield escape(" ".join(paragraph.split()))


def escape(text: str) -> str:
    """Return text that troff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text
