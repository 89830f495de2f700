"""Write the expected record of each page of tests/golden anew; `git diff tests` shows what changed.

usage: write_golden.py [--check]

One finding stands on a line, so that a diff reads as findings gained, lost and changed. Version, model
and codebook are left out, for they change without a finding; so are evidence and rejected candidates,
which the replay test and the cases of the stages hold. What speaks for and against the candidates of
each role (`tell_traits.py`) is written beside tests/stages/events/traits.toml.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tell_traits import tell_traits

import onrecord

TESTS = Path(__file__).resolve().parent.parent / "tests"
GOLDEN = TESTS / "golden"
TRAITS = TESTS / "stages" / "events" / "traits"
DAY = "2024-03-11"
"""Publication day of all golden pages, a Monday."""
LEFT_OUT = ("schema", "coder", "refused")


def write_lines(found: dict[str, Any]) -> str:
    """Return a record as JSON, a finding on each line."""
    lists = []
    for name, value in found.items():
        if isinstance(value, list) and value:
            for row in value:
                row.pop("evidence", None)
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value)
            lists.append(f"{json.dumps(name)}: [\n{rows}\n]")
        else:
            lists.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lists) + "\n}\n"


def read_golden(page: Path) -> str:
    """Return what is read from a golden page now, as its file writes it."""
    record = onrecord.read_text(page.read_text(encoding="utf-8"), published=DAY)
    found = json.loads(record.to_json())
    return write_lines({name: value for name, value in found.items() if name not in LEFT_OUT})


def load_stories() -> list[dict[str, Any]]:
    """Return the stories whose traits are kept."""
    found = tomllib.loads(TRAITS.with_suffix(".toml").read_text(encoding="utf-8"))
    stories: list[dict[str, Any]] = found["story"]
    return stories


def read_all() -> Iterator[tuple[Path, str]]:
    """Yield each expected file, and what is found now."""
    for page in sorted(GOLDEN.glob("*.txt")):
        yield page.with_suffix(".json"), read_golden(page)
    for story in load_stories():
        yield TRAITS / f"{story['name']}.txt", "".join(f"{line}\n" for line in tell_traits(story))


def main() -> int:
    """Write the records, or with --check return 1 if one is stale."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    args = options.parse_args()
    stale = []
    for expected, found in read_all():
        if not expected.exists() or expected.read_text(encoding="utf-8") != found:
            stale.append(expected.name)
            if not args.check:
                expected.write_text(found, encoding="utf-8")
    print(", ".join(stale) or "every golden record is fresh")
    return int(args.check and bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
