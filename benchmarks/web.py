"""Time the workbench over a folder with many events: first view, facets, and readers beside a writer.

usage: web.py [--events 100000] [--pages 400] [--readers 50] [--seconds 20] [--folder DIR]

The folder is grown from invented pages (make_pages.py --long), coded once and then written as often as
it takes under other ids and days, in parts of 2,000 pages; `--folder` keeps it for the next time. What
links the pages is worked out once and written as often, for the same pages a hundred times over would
all be copies of one another.
A server is started as a process of its own for each measurement; readers ask it over HTTP. In the last
one `onrecord code` adds pages to the same folder, and each answer other than 200 is an error.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
from make_pages import make_pages

from onrecord.pipeline import read_pages
from onrecord.records import FollowedCommitment, Incident, RawPage, Record, Settings
from onrecord.store import Coding, open_folder
from onrecord.store.disk import Disk
from onrecord.store.load_links import build_links, make_links, write_links
from onrecord.store.parts import pack_part

RUN = "from onrecord.cli.main import main; main()"
DAY = "2026-01-01"
PART = 2000
FACETS = (
    "/events?type=ASSAULT", "/events?type=ASSAULT&status=actual", "/events?country=KEN",
    "/events?text=troops", "/events?since=2024-02-01&until=2024-03-01",
    "/events?publisher=Harbour+Wire&type=CONCEDE", "/incidents?type=ASSAULT", "/incidents?status=ordered",
    "/timeline?type=PROTEST", "/timeline?status=actual", "/map?type=ASSAULT",
    "/map?publisher=Harbour+Wire", "/actors?type=ASSAULT", "/dyads?status=actual", "/network?type=ASSAULT",
    "/compare?type=ASSAULT", "/commitments?status=open", "/commitments?kind=order",
)  # fmt: skip
"""Addresses that each change one facet of a view."""
FIRST = ("/", "/events", "/incidents")
"""Views that a fresh server is asked for first."""
VIEWS = (
    "/", "/events", "/incidents", "/timeline", "/map", "/actors", "/dyads", "/network", "/commitments",
    "/checks", "/pages",
)  # fmt: skip


def grow_folder(home: Path, events: int, pages: int) -> None:
    """Write a record folder with at least so many events."""
    raws = [
        RawPage(row["text"], id=row["id"], title=row["title"], published=row["published"],
                publisher=row["publisher"], url=row["url"])
        for row in make_pages(pages, 1, long=True, comments=False)
    ]  # fmt: skip
    base = list(read_pages(raws, Settings()))
    rounds = -(-events // sum(len(record.events) for record in base))
    disk = Disk(home)
    disk.create()
    copies = (_shift(record, number) for number in range(rounds) for record in base)
    for shard, batch in enumerate(_batch(copies, PART)):
        codings = [
            Coding(shard * PART + n, 1, shard * PART + n, f"{shard}-{n}", None, DAY, record, record.to_json())
            for n, record in enumerate(batch)
        ]
        part = pack_part(1, shard, base[0].coder, DAY, codings, ())
        disk.write_part(part.name, part.files)
    folder, links = open_folder(home), build_links(base)
    incidents = [_move_incident(one, number) for number in range(rounds) for one in links.incidents]
    ledger = [_move_commitment(one, number) for number in range(rounds) for one in links.commitments]
    codings = {
        row["page"]: row["coding"] for row in folder.query("select page, coding from all_pages").to_pylist()
    }
    write_links(folder, make_links(incidents, (), ledger, codings), folder.state)


def _shift(record: Record, number: int) -> Record:
    """Return a record as that of another page, some months later."""
    page = record.page
    day = datetime.date.fromisoformat(page.published or DAY) + datetime.timedelta(days=120 * number % 3650)
    return replace(record, page=replace(page, id=f"{number:04d}-{page.id}", published=day.isoformat()))


def _move_incident(one: Incident, number: int) -> Incident:
    reports = tuple(replace(report, page=f"{number:04d}-{report.page}") for report in one.reports)
    return replace(one, id=f"{one.id}-{number}", reports=reports, why=(), values=(), conflicts=())


def _move_commitment(one: FollowedCommitment, number: int) -> FollowedCommitment:
    return replace(one, id=f"{one.id}-{number}", page=f"{number:04d}-{one.page}", evidence=())


def _batch(records: Iterator[Record], size: int) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, float, psutil.Process]]:
    """Give the address of a server over a folder, the seconds until it answers and its process, which is
    ended afterwards."""
    began = time.perf_counter()
    command = [sys.executable, "-c", RUN, "serve", str(folder), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        line = server.stderr.readline()
        threading.Thread(target=server.stderr.read, daemon=True).start()
        address = next(word for word in line.split() if word.startswith("http"))
        yield address.rstrip("/"), time.perf_counter() - began, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def ask(client: httpx.Client, path: str) -> float:
    """Return the seconds of an answer; raises if it is no good one."""
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - began


def sum_work(server: psutil.Process) -> float:
    """Return the seconds of processor time of a server, those of processes that it has ended included."""
    return sum(server.cpu_times()[:4])


def time_views(folder: Path) -> None:
    """Print the seconds of the first views of a fresh server, and of changes of facets."""
    for first in FIRST:
        with (
            serve(folder) as (address, started, server),
            httpx.Client(base_url=address, timeout=60) as client,
        ):
            seconds = ask(client, first)
            work, load = sum_work(server), os.getloadavg()[0]
            print(f"start {started:.2f} s, first view {first}: {seconds * 1000:.0f} ms;"
                  f" {work:.2f} s of work in all, load {load:.1f}", flush=True)  # fmt: skip
    with serve(folder) as (address, *_), httpx.Client(base_url=address, timeout=60) as client:
        ask(client, "/")
        for path in VIEWS[1:]:
            print(f"  view {path}: {ask(client, path) * 1000:.0f} ms")
        times = {path: ask(client, path) for path in FACETS}
    for path, seconds in times.items():
        print(f"  facet {path}: {seconds * 1000:.0f} ms")
    slowest = max(times, key=lambda path: times[path])
    print(f"facet change: median {statistics.median(times.values()) * 1000:.0f} ms, "
          f"slowest {times[slowest] * 1000:.0f} ms ({slowest})")  # fmt: skip


def read_along(address: str, until: float, seed: int, times: list[float], errors: list[str]) -> None:
    """Ask for random views until a time, as one reader does."""
    dice = random.Random(seed)
    with httpx.Client(base_url=address, timeout=120) as client:
        while time.perf_counter() < until:
            path = dice.choice((*VIEWS, *FACETS))
            try:
                times.append(ask(client, path))
            except httpx.HTTPError as error:
                errors.append(f"{path}: {error!r}")
            time.sleep(dice.random())


def time_readers(folder: Path, readers: int, seconds: float) -> int:
    """Print how many readers are answered, and how fast, while pages are coded into the folder."""
    times: list[float] = []
    errors: list[str] = []
    with serve(folder) as (address, *_), tempfile.TemporaryDirectory() as home:
        pages = Path(home) / "new.jsonl"
        rows = [
            row | {"id": f"new-{row['id']}"} for row in make_pages(5000, time.time_ns() % 1000, long=True)
        ]
        pages.write_text("".join(json.dumps(row) + "\n" for row in rows))
        command = [sys.executable, "-c", RUN, "code", str(pages), "--out", str(folder)]
        before = len(open_folder(folder).parts())
        quiet = subprocess.DEVNULL
        writer = subprocess.Popen([*command, "--workers", "1"], stdout=quiet, stderr=quiet)
        until = time.perf_counter() + seconds
        crowd = [
            threading.Thread(target=read_along, args=(address, until, seed, times, errors))
            for seed in range(readers)
        ]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        writer.terminate()
        writer.wait(60)
        added = len(open_folder(folder).parts()) - before
    times.sort()
    print(f"{readers} readers for {seconds:.0f} s beside a writer that added {added} parts: "
          f"{len(times)} answers, {len(errors)} errors, median {statistics.median(times) * 1000:.0f} ms, "
          f"95 of 100 under {times[len(times) * 95 // 100] * 1000:.0f} ms")  # fmt: skip
    for error in errors[:5]:
        print(f"  {error}")
    return len(errors)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--events", type=int, default=100_000)
    options.add_argument("--pages", type=int, default=400)
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--folder", type=Path)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = args.folder or Path(home) / "records"
        if not folder.exists():
            grow_folder(folder, args.events, args.pages)
        found = open_folder(folder).query(
            "select count(*) as events, count(distinct page) as pages from events"
        )
        print(f"{found.to_pylist()[0]}, load {os.getloadavg()[0]:.1f}")
        time_views(folder)
        return 1 if time_readers(folder, args.readers, args.seconds) else 0


if __name__ == "__main__":
    sys.exit(main())
