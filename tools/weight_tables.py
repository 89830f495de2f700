"""Options, pages and tables of the tools that fit weights to the marked pages of gold/events."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from event_examples import is_open

from onrecord.lexicons.load import load
from onrecord.lexicons.weights import feature_weights

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "src" / "onrecord" / "lexicons" / "data"


def read_options(described: str | None) -> argparse.ArgumentParser:
    """Return the options of such a tool: where the pages are, folds left out, a check, figures by fold."""
    options = argparse.ArgumentParser(description=(described or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--without", default="", help="folds that are not learned from: 0,4")
    options.add_argument("--check", action="store_true")
    options.add_argument("--folds", action="store_true")
    return options


def find_pages(args: argparse.Namespace) -> tuple[Path, dict[str, dict[str, Any]]]:
    """Return the file of marked pages, and those to learn from by id; none, and a line, without the file."""
    path: Path = args.shared / "gold" / "events" / "dev.jsonl"
    if not path.exists():
        print(f"no marked pages at {path}: nothing was fitted")
        return path, {}
    left_out = {int(fold) for fold in args.without.split(",") if fold}
    listed = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return path, {page["id"]: page for page in listed if is_open(page) and page["fold"] not in left_out}


def write_weights(table: str, weights: Mapping[str, float], source: str, check: bool) -> bool:
    """Write weights by feature to a table, unless they are only checked; return whether it changes."""
    path = TABLES / f"{table}.csv"
    rows = [f"{quote(name)},{weights[name]:.2f},{source}" for name in sorted(weights)]
    text = "\n".join(("feature,weight,source", *rows)) + "\n"
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    if changed and not check:
        path.write_text(text, encoding="utf-8")
        load.cache_clear()  # what is fitted next reads them
        feature_weights.cache_clear()
    print(f"{table}: {len(weights)} weights{', changed' if changed else ''}")
    return changed


def quote(name: str) -> str:
    """Return a cell of a table, in quotes if it holds a comma."""
    return f'"{name}"' if "," in name else name
