"""Where a table or a key stands in a TOML file: the parser keeps no lines, and people look for lines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
"""`[[actor]]`, `[feed]`."""


def find_line(path: Path, table: str = "", number: int = 0, key: str = "") -> int | None:
    """Return the line of the table of that name and number (from 1), or of a key in it; None if not found.

    Without a table, the line of a key above all tables.
    """
    seen = 0
    inside = not table
    start = None
    for line, words in enumerate(_lines(str(path), path.stat().st_mtime_ns), 1):
        header = HEADER.match(words)
        if header:
            if inside and table:
                break
            seen += header[1] == table
            inside = bool(table) and header[1] == table and seen == number
            start = line if inside else start
        elif inside and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", words):
            return line
    return start


@cache
def _lines(path: str, changed: int) -> tuple[str, ...]:
    return tuple(Path(path).read_text(encoding="utf-8", errors="replace").split("\n"))


def tell_place(path: Path, table: str = "", number: int = 0, key: str = "") -> str:
    """Return the file and the line of a table or a key, as editors take them: `my/actors.toml:12`."""
    line = find_line(path, table, number, key)
    return str(path) if line is None else f"{path}:{line}"
