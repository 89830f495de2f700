"""How tables look on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

STATUS_STYLES = {
    "actual": "bold green",
    "ongoing": "green",
    "ordered": "cyan",
    "planned": "cyan",
    "promised": "cyan",
    "demanded": "yellow",
    "threatened": "red",
    "predicted": "magenta",
    "possible": "magenta",
    "conditional": "magenta",
    "denied": "dim",
}
"""Colours of what is done, given, asked, threatened, thought and denied."""


class TextTable(Table):
    """A table whose cells are text: brackets and colons in them mean nothing, whoever prints it."""

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:
        """Add a row; strings are taken as they stand."""
        super().add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells), **options)


def build_table(title: str, *columns: str, widths: Sequence[int] = ()) -> TextTable:
    """Return an empty table as wide as the terminal, its title and columns set.

    `widths` share out the line among the columns; one with 0 is as wide as its words.
    """
    table = TextTable(
        title=Text(title),
        title_justify="left",
        title_style="bold",
        header_style="dim",
        expand=True,
        box=SIMPLE_HEAD,
    )
    for number, column in enumerate(columns):
        ratio = widths[number] if widths else 0
        table.add_column(column, overflow="fold", ratio=ratio or None, no_wrap=bool(widths) and not ratio)
    return table
