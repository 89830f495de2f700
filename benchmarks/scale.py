"""Time `onrecord code` with one process and with several over the same pages, and print the gain.

usage: scale.py [--pages 2000] [--workers 2] [--rounds 3] [--long]

Each round codes the same invented pages into a new folder, once with one process and once with several,
one after the other so that both meet the same machine; model and lexicons are loaded beforehand, and
the clock of the several starts when the workers are up. The gain is that of the best round; bare spaCy is
timed in the same process, so that the ratio to it does not depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path

import spacy
from make_pages import make_pages

from onrecord.pipeline import read_pages
from onrecord.records import RawPage
from onrecord.scale import Job, code_folder
from onrecord.scale.code_folder import Summary
from onrecord.stages.sentences.load_model import DEFAULT_MODEL


def time_job(job: Job) -> tuple[float, Summary]:
    """Return the seconds from the first part written to the last, per page of that stretch, and the summary.

    The first part carries the start of the workers; leaving it out counts the steady pace alone.
    """
    marks: list[tuple[float, int]] = []
    summary = code_folder(job, lambda now: marks.append((time.perf_counter(), now.pages)))
    (begin, first), (end, last) = marks[0], marks[-1]
    return (end - begin) / (last - first), summary


def time_spacy(texts: list[str]) -> float:
    """Return the seconds that bare spaCy takes for a page."""
    nlp = spacy.load(DEFAULT_MODEL)
    begin = time.perf_counter()
    with nlp.memory_zone():
        for _ in nlp.pipe(texts, batch_size=64):
            pass
    return (time.perf_counter() - begin) / len(texts)


def main() -> None:
    """Print pages a second of one process, of several, of bare spaCy, and the load of the machine."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--long", action="store_true")
    args = options.parse_args()
    rows = list(make_pages(args.pages, 1, long=args.long))
    list(read_pages([RawPage("Police arrested two people.")]))
    best = 0.0
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "pages.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for number in range(args.rounds):
            load = os.getloadavg()[0]
            bare = time_spacy([row["text"] for row in rows])
            size = max(10, min(100, args.pages // 20))
            alone, _ = time_job(Job((str(source),), f"{name}/one{number}", "2024-03-12", size=size))
            job = Job((str(source),), f"{name}/many{number}", "2024-03-12", size=size, workers=args.workers)
            several, summary = time_job(job)
            gain = alone / several
            best = max(best, gain)
            print(
                f"load {load:.1f}: bare spaCy {1 / bare:.1f} pages/s, one process {1 / alone:.1f}, "
                f"{args.workers} workers {1 / several:.1f}, gain {gain:.2f}; {summary.events} events",
                flush=True,
            )
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"best gain of {args.workers} workers: {best:.2f}; this process took {most} MB at most")


if __name__ == "__main__":
    main()
