"""Take the development pages apart with onrecord and with trafilatura, and print both beside the targets.

usage: pages.py [--shared ../shared] [--rounds 3]

Articles, comments and threads are scored by the scorers of `../shared/tools` on the pages of
`../shared/gold`. The rate is raw HTML to parts on one core, in seconds of the processor, the median of
the rounds; trafilatura is timed on the same pages in the same process, its comments included.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura

from onrecord.sources import page_from_dict
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts

Reader = Callable[[dict[str, Any]], dict[str, Any]]
"""A page of the development set in, the record that a scorer reads out."""

ROWS = (
    ("score_pages.py, all", r"pages score: ([\d.]+)", 0.85, 0.93),
    ("article F1, aeb", r"aeb +article F1 ([\d.]+)", 0.96, 0.975),
    ("article F1, dragnet", r"dragnet +article F1 ([\d.]+)", 0.92, 0.95),
    ("article F1, l3s", r"l3s +article F1 ([\d.]+)", 0.93, 0.96),
    ("comments F1, dragnet", r"dragnet +comments F1 ([\d.]+)", 0.82, 0.92),
    ("comments F1, l3s", r"l3s +comments F1 ([\d.]+)", 0.65, 0.85),
    ("comments left in the article, dragnet", r"dragnet +leak ([\d.]+)", 0.03, 0.01),
    ("comments left in the article, l3s", r"l3s +leak ([\d.]+)", 0.04, 0.01),
    ("threads_html macro F1", r"threads_html +macro F1 ([\d.]+)", 0.90, 0.98),
)
"""Row of the table, where a scorer prints its figure, what it must reach, and what it aims at."""

RATE = ("pages a second, one core", 100, 300)
SCORED = {"pages": "score_pages.py", "replies": "score_replies.py"}


def take_apart(page: dict[str, Any]) -> dict[str, Any]:
    """Return what onrecord makes of a page, as far as its parts."""
    read = read_page(page_from_dict(page, None))
    parts = [
        {"id": p.id, "kind": p.kind, "start": p.start, "end": p.end, "reply_to": p.reply_to}
        for p in split_parts(read)
    ]
    return {"page": {"id": read.id, "text": read.text}, "parts": parts}


def ask_trafilatura(page: dict[str, Any]) -> dict[str, Any]:
    """Return what trafilatura makes of a page: a title, a text and a stretch of comments."""
    found = trafilatura.bare_extraction(page["html"], include_comments=True)
    text, parts = "", []
    for kind, name in (("title", "title"), ("paragraph", "text"), ("comment", "comments")):
        body = getattr(found, name, None) if found else None
        if body:
            text += "\n\n" if text else ""
            parts.append({"id": kind, "kind": kind, "start": len(text), "end": len(text) + len(body)})
            text += body
    return {"page": {"id": page["id"], "text": text}, "parts": parts}


def load_pages(path: Path) -> list[dict[str, Any]]:
    """Return the pages of a development set that come as HTML."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("html")]


def score(shared: Path, reader: Reader) -> str:
    """Return what the scorers print about a reader of pages."""
    printed = ""
    for name, scorer in SCORED.items():
        pages = load_pages(shared / "gold" / name / "dev.jsonl")
        with tempfile.TemporaryDirectory() as folder:
            gold, records = Path(folder, "gold.jsonl"), Path(folder, "records.jsonl")
            gold.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
            lines = (json.dumps(reader(page)) + "\n" for page in pages)
            records.write_text("".join(lines), encoding="utf-8")
            command = [sys.executable, str(shared / "tools" / scorer), str(gold), str(records)]
            printed += subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return printed


def measure_rate(pages: list[dict[str, Any]], reader: Reader, rounds: int) -> float:
    """Return pages a second of the processor, the median of the rounds."""
    for page in pages:
        reader(page)
    gc.collect()
    gc.freeze()
    rates = []
    for _ in range(rounds):
        start = time.process_time()
        for page in pages:
            reader(page)
        rates.append(len(pages) / (time.process_time() - start))
    return statistics.median(rates)


def main() -> None:
    """Print the table, or say what is missing for it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--rounds", type=int, default=3)
    args = options.parse_args()
    if not (args.shared / "gold" / "pages" / "dev.jsonl").exists():
        print(f"no development pages in {args.shared}: pages were not measured")
        return
    readers: tuple[Reader, ...] = (take_apart, ask_trafilatura)
    printed = [score(args.shared, reader) for reader in readers]
    pages = load_pages(args.shared / "gold" / "pages" / "dev.jsonl")
    rates = [measure_rate(pages, reader, args.rounds) for reader in readers]
    print(f"{'pages':40} {'onrecord':>9} {'trafilatura':>11} {'must':>6} {'goal':>6}")
    for name, pattern, must, goal in ROWS:
        own, other = (float(found[1]) if (found := re.search(pattern, text)) else 0.0 for text in printed)
        print(f"{name:40} {own:9.3f} {other:11.3f} {must:6} {goal:6}")
    name, must_rate, goal_rate = RATE
    print(f"{name:40} {rates[0]:9.0f} {rates[1]:11.0f} {must_rate:6} {goal_rate:6}")


if __name__ == "__main__":
    main()
