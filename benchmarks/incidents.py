"""Time the linking of invented pages at one size and at ten times that size, and of 100 pages more.

usage: incidents.py [--pages 1000] [--more 100] [--keep FOLDER]
       incidents.py --gold PAGES.jsonl --records RECORDS.jsonl

Pages of make_pages.py are coded into a record folder (kept if --keep names one, and used again); the first
pages and all of them are linked in memory, their reading left out, and then the folder is linked, 100 pages
are coded into it and it is linked again. Prints seconds, memory and the ratio: 10 would be linear.

With marked pages (`gold.subtopic` names the story of each) and their records it prints which pairs of pages
of one story are linked: by an incident that both report, and by that or a reaction to it. Recall is given of
all pairs and of those of which both pages tell an event.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from make_pages import make_pages

from onrecord.incidents import Index, Linker, link_events, read_copies, read_incidents, sketch_pages
from onrecord.records import Incident, Record, record_maker
from onrecord.scale import Job, code_folder
from onrecord.store import Folder, open_folder

TIMES = 10
DAY = "2024-12-31"
BATCH = 1000


def main() -> None:
    """Print the seconds of both sizes, their ratio, and those of the pages that come after."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--more", type=int, default=100)
    options.add_argument("--keep", help="the record folder; made if it is not there")
    options.add_argument("--gold", type=Path, help="pages with the story of each")
    options.add_argument("--records", type=Path, help="their records, as JSON lines")
    args = options.parse_args()
    if args.gold:
        score_stories(args.gold, args.records)
        return
    count = TIMES * args.pages
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(args.keep or f"{scratch}/records")
        rows = list(make_pages(count + args.more, comments=False))
        folder = code_pages(home, rows[:count], Path(scratch))
        small = link(folder, args.pages)
        large = link(folder, count)
        small = (small + link(folder, args.pages)) / 2  # before and after: what else runs changes both alike
        print(f"{TIMES} times the pages: {large / small:.1f} times the time")
        grown = Path(scratch) / "grown"
        shutil.copytree(home, grown, ignore=shutil.ignore_patterns("links"))
        time_links(open_folder(grown), "all")
        time_links(code_pages(grown, rows[count:], Path(scratch)), f"{args.more} more")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory:.0f} MB at most")


def score_stories(gold: Path, coded: Path) -> None:
    """Print recall and precision of the pairs of pages that are linked, against those of one story."""
    rows = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    story = {row["id"]: row["gold"]["subtopic"] for row in rows}
    make = record_maker(Record)
    records = [make(json.loads(line)) for line in coded.read_text(encoding="utf-8").splitlines()]
    telling = {record.page.id for record in records if record.events}
    wanted = {pair for pair in itertools.combinations(sorted(story), 2) if story[pair[0]] == story[pair[1]]}
    told = {pair for pair in wanted if telling.issuperset(pair)}
    incidents = link_events(records)
    for what, pairs in (
        ("one incident", pair_pages(incidents, reactions=False)),
        ("one incident or a reaction to it", pair_pages(incidents, reactions=True)),
    ):
        right = pairs & wanted
        print(
            f"{what}: recall {len(right) / len(wanted):.3f}, of pages with events"
            f" {len(right) / len(told):.3f}; precision {len(right) / max(1, len(pairs)):.3f}"
            f" ({len(right)} of {len(pairs)} pairs right, {len(wanted)} wanted)"
        )


def pair_pages(incidents: Sequence[Incident], reactions: bool) -> set[tuple[str, str]]:
    """Return the pairs of pages that incidents link, those of a reaction and its act too if asked for."""
    pages = {one.id: {report.page for report in one.reports} for one in incidents}
    pairs = {pair for one in pages.values() for pair in itertools.combinations(sorted(one), 2)}
    if reactions:
        ties = [(pages[one.id], pages[one.about]) for one in incidents if one.about]
        pairs |= {(min(a, b), max(a, b)) for here, there in ties for a in here for b in there if a != b}
    return pairs


def code_pages(home: Path, rows: list[dict[str, object]], scratch: Path) -> Folder:
    """Return a record folder with invented pages."""
    source = scratch / "pages.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    code_folder(Job((str(source),), str(home), DAY))
    return open_folder(home)


def link(folder: Folder, count: int) -> float:
    """Print and return the seconds of processor time that linking the first pages takes."""
    records = list(itertools.islice(folder.records(), count))
    begun = time.process_time()
    index = Index()
    linker = Linker(index)
    sketches = list(enumerate(sketch_pages(records)))
    for at in range(0, count, BATCH):
        linker.update([(page, number) for number, page in sketches[at : at + BATCH]])
    linked = time.process_time()
    linker.finish()
    done = time.process_time()
    print(
        f"{count} pages: {done - begun:.1f} s (commitments {done - linked:.1f});"
        f" {len(read_copies(index))} copies, {len(read_incidents(index))} incidents",
        flush=True,
    )
    return done - begun


def time_links(folder: Folder, what: str) -> None:
    """Print the seconds that it takes until the links of a folder are there, reading and writing included."""
    begun, worked = time.perf_counter(), time.process_time()
    links = folder.links()
    print(
        f"linking {what}: {time.perf_counter() - begun:.1f} s by the clock,"
        f" {time.process_time() - worked:.1f} s of work; {links.progress.pages} pages",
        flush=True,
    )


if __name__ == "__main__":
    main()
