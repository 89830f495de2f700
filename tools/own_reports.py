"""Reads the reports of our own under `tools/reports`: freely invented, with each mention of an event marked.

A file holds reports; a line `=== 2019-03-05` (the day of publication) begins one. A mention of a core event
is written `[word|TYPE/mode/status|who>whom]`, of an optional one with curly brackets; `TYPE,TYPE` and
`status,status` where two can be defended, `none` where the type has no mode that fits, `a;b` for several
who take part. What is not marked tells no event. The guide is that of gold/events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reports"
OWN_FOLD = -1
"""Fold of own reports: always learned from, never measured on."""
HEADER = re.compile(r"^=== (\d{4}-\d\d-\d\d)$", re.M)
INNER = r"([^\[\]{}|]+)\|([A-Z,]+)/([a-z,-]+)/([a-z,]+)\|([^\[\]{}|>]*)>([^\[\]{}|>]*)"
MARK = re.compile(rf"(?:\[(?=[^\[\]{{}}]*\])|\{{(?=[^\[\]{{}}]*\}})){INNER}[\]}}]")
"""The lookaheads hold a mark to end with the bracket that it begins with."""
STRAY = re.compile(r"[\[\]{}|]")


def read_reports(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the reports as pages of gold/events have it; raises ValueError that names file and line."""
    return [page for path in sorted(folder.glob("*.txt")) for page in _read_file(path)]


def _read_file(path: Path) -> Iterator[dict[str, Any]]:
    whole = path.read_text(encoding="utf-8")
    for at, line in enumerate(whole.splitlines(), 1):
        if STRAY.search(MARK.sub("", line)):
            raise ValueError(f"{path.name}:{at}: expected [word|TYPE/mode/status|who>whom], found {line!r}")
    before, *rest = HEADER.split(whole)
    if before.strip():
        raise ValueError(f"{path.name}:1: expected === and a day, found {before.strip()[:40]!r}")
    for number, (published, marked) in enumerate(zip(rest[::2], rest[1::2], strict=True), 1):
        yield _make_page(f"{path.stem}-{number}", published, marked.strip())


def _make_page(name: str, published: str, marked: str) -> dict[str, Any]:
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark))
        text += mark[1]
        at = mark.end()
    text += marked[at:]
    events = [_read_mark(text, start, end, mark) for start, end, mark in spans]
    names = {name for event in events for side in ("source", "target") for name in event[side]}
    actors = [{"name": name, "country": None, "sector": [], "mentions": []} for name in sorted(names)]
    return {
        "id": name, "text": text, "published": published, "licence": "own", "fold": OWN_FOLD,
        "gold": {"actors": actors, "events": events},
    }  # fmt: skip


def _read_mark(text: str, start: int, end: int, mark: re.Match[str]) -> dict[str, Any]:
    word, types, mode, status, who, whom = mark.groups()
    return {
        "quote": _find_quote(text, start, end), "trigger": word,
        "need": "core" if mark[0].startswith("[") else "optional", "type": types.split(","),
        "mode": [] if mode == "none" else mode.split(","), "status": status.split(","),
        "source": _split(who), "target": _split(whom),
    }  # fmt: skip


def _find_quote(text: str, start: int, end: int) -> str:
    """Return the shortest stretch from a mention on that stands once in the text."""
    while text.count(text[start:end]) > 1:
        if end == len(text):
            raise ValueError(f"expected a mention that can be told from the others, found {text[start:]!r}")
        end += 1
    return text[start:end]


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]
