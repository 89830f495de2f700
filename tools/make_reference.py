"""Write docs/reference: commands and manual page from help texts, the library from docstrings, the codebook.

usage: make_reference.py [--check]     --check compares and writes nothing; exit status 1 if a page is stale
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from make_manual import walk_commands, write_manual

import onrecord
from onrecord import errors
from onrecord.cli.main import main as command_line
from onrecord.codebooks import write_document

HOME = Path(__file__).parent.parent / "docs" / "reference"


def main() -> int:
    pages = {
        "onrecord.1": write_manual(command_line),
        "cli.md": "".join(write_commands()),
        "python.md": "".join(write_library()),
        "codebook.md": write_document().replace("](codebook.md)", "](../codebook.md)"),
    }
    if "--check" in sys.argv:
        stale = [name for name, text in pages.items() if (HOME / name).read_text(encoding="utf-8") != text]
        print("\n".join(f"{name} is stale: run tools/make_reference.py" for name in stale))
        return 1 if stale else 0
    HOME.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (HOME / name).write_text(text, encoding="utf-8")
    return 0


def write_commands() -> Iterator[str]:
    """Yield the page of the command line, a section a command."""
    yield "# Commands\n\nWritten by tools/make_reference.py from the help texts.\n"
    for name, command, context in walk_commands(
        command_line, click.Context(command_line, info_name="onrecord")
    ):
        if isinstance(command, click.Group):
            continue
        yield f"\n## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n"


def write_library() -> Iterator[str]:
    """Yield the page of the library: its public names with signature and docstring."""
    yield "# Library\n\nWritten by tools/make_reference.py from the docstrings.\n"
    for name in onrecord.__all__:
        item = getattr(onrecord, name)
        if inspect.isclass(item) or inspect.isfunction(item):
            yield f"\n## {name}\n\n{describe_item(name, item)}"
    yield f"\n## Errors\n\n```text\n{inspect.getdoc(errors)}\n```\n"


def describe_item(name: str, item: object) -> str:
    """Return signature and docstring of a public name; of a class its public methods too."""
    if inspect.isclass(item):
        methods = [
            f"\n### {name}.{key}\n\n{describe_item(key, method)}"
            for key, method in vars(item).items()
            if not key.startswith("_") and inspect.isfunction(method)
        ]
        return f"{inspect.getdoc(item) or ''}\n" + "".join(methods)
    signature = str(inspect.signature(item)).replace("'", "")  # type: ignore[arg-type]
    return f"```python\n{name}{signature}\n```\n\n{inspect.getdoc(item) or ''}\n"


if __name__ == "__main__":
    sys.exit(main())
