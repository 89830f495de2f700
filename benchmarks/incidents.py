"""Time the linking of invented pages at one size and at ten times that size.

usage: incidents.py [--pages 2000] [--keep FOLDER]

Pages of make_pages.py are coded into a record folder (kept if --keep names one, and used again), then
the records of the first pages and of all of them are linked and their commitments followed. Prints
seconds, memory and the ratio: 10 would be linear.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import tempfile
import time
from pathlib import Path

from make_pages import make_pages

from onrecord.incidents import copies_of, follow_sketches, link_sketches, sketch_pages
from onrecord.scale import Job, code_folder
from onrecord.store import Folder, open_folder

TIMES = 10
DAY = "2024-12-31"


def main() -> None:
    """Print the seconds of both sizes and their ratio."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--keep", help="the record folder; made if it is not there")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = code_pages(Path(args.keep or f"{scratch}/records"), TIMES * args.pages, Path(scratch))
        small = link(folder, args.pages)
        large = link(folder, TIMES * args.pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{TIMES} times the pages: {large / small:.1f} times the time; {memory:.0f} MB at most")


def code_pages(home: Path, count: int, scratch: Path) -> Folder:
    """Return a record folder of so many invented pages."""
    source = scratch / "pages.jsonl"
    with source.open("w", encoding="utf-8") as lines:
        for row in make_pages(count, comments=False):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    code_folder(Job((str(source),), str(home), DAY))
    return open_folder(home)


def link(folder: Folder, count: int) -> float:
    """Print and return the seconds of work that linking the first pages takes, their reading left out."""
    records = list(itertools.islice(folder.records(), count))
    begun = time.process_time()
    sketches = sketch_pages(records)
    sketched = time.process_time()
    copies = copies_of(sketches)
    copied = time.process_time()
    incidents = link_sketches(sketches, copies)
    linked = time.process_time()
    followed = follow_sketches(sketches, incidents)
    done = time.process_time()
    print(
        f"{count} pages: {done - begun:.1f} s (sketches {sketched - begun:.1f},"
        f" copies {copied - sketched:.1f}, incidents {linked - copied:.1f}, commitments {done - linked:.1f});"
        f" {len(copies)} copies, {len(incidents)} incidents, {len(followed)} commitments"
    )
    return done - begun


if __name__ == "__main__":
    main()
