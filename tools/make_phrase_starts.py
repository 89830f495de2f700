"""Write the `starts` of each entry of lexicons/data/abuse_phrases.toml: what its pattern can begin with.

usage: make_phrase_starts.py

A comment is searched for some sixty patterns; by the first two characters at a place most of them
are ruled out without being tried. `*` stands for any character. Run again after a change to a
pattern: a test wants an empty diff.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

TARGET = Path(__file__).parent.parent / "src/onrecord/lexicons/data/abuse_phrases.toml"
ANY = "*"


def prefixes(pattern: str) -> tuple[str, ...]:
    """Return the first two characters that matches of a pattern can have; one if the second may be any."""
    found = {prefix[:2].rstrip(ANY) or ANY for prefix in expand(list(parser.parse(pattern)), 2)}
    return tuple(sorted(found))


def expand(items: list[Any], size: int) -> set[str]:
    """Return the beginnings, up to a size, of what a parsed pattern matches."""
    found = {""}
    for item in items:
        if all(len(prefix) >= size for prefix in found):
            break
        ends = set(expand_item(item, size))
        found = {(prefix + end)[:size] if len(prefix) < size else prefix for prefix in found for end in ends}
    return found


def expand_item(item: Any, size: int) -> Iterator[str]:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        yield chr(value)
    elif kind == "IN":
        yield from expand_class(value)
    elif kind in ("AT", "ASSERT", "ASSERT_NOT"):
        yield ""
    elif kind == "BRANCH":
        for branch in value[1]:
            yield from expand(list(branch), size)
    elif kind == "SUBPATTERN":
        yield from expand(list(value[3]), size)
    elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, body = value
        once = expand(list(body), size)
        if low == 0:
            yield ""
        yield from once
        if high > 1:
            yield from {first + second for first in once for second in once if first}
    else:
        yield ANY


def expand_class(members: list[Any]) -> Iterator[str]:
    if any(str(member[0]) != "LITERAL" for member in members):
        yield ANY
    else:
        yield from (chr(member[1]) for member in members)


def main() -> None:
    text = TARGET.read_text(encoding="utf-8")
    text = re.sub(r"^starts = .*\n", "", text, flags=re.MULTILINE)
    for entry in tomllib.loads(text)["entry"]:
        line = f"pattern = '''{entry['pattern']}'''\n"
        text = text.replace(line, line + f"starts = [{quoted(prefixes(entry['pattern']))}]\n")
    TARGET.write_text(text, encoding="utf-8")


def quoted(starts: tuple[str, ...]) -> str:
    """Return strings as TOML writes them."""
    return ", ".join('"' + start.replace("\\", "\\\\").replace('"', '\\"') + '"' for start in starts)


if __name__ == "__main__":
    main()
