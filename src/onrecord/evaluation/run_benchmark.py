from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.evaluation.find_benchmarks import Benchmark
from onrecord.incidents import link_events
from onrecord.pipeline import read_pages
from onrecord.records import RawPage, Record, Settings, to_plain
from onrecord.sources import open_sources

ASIDE = re.compile(r"\([^)]*\)")  # '(166 right, 213 given, 194 expected)'
FIGURE = re.compile(r"(\w[\w +@:/-]*?) (\d\.\d{3})\b")  # 'end to end F1 0.805'
SHARE = re.compile(r"(\d\.\d{3})\b")  # '0.964'
LAST = re.compile(r" score: (\d\.\d+)")  # 'codes score: 0.695'


@dataclass(frozen=True, slots=True)
class Score:
    """What the scorer of a benchmark printed."""

    benchmark: Benchmark
    lines: tuple[str, ...]
    value: float | None
    """The figure of its last line; None if the scorer failed, and `lines` say how."""
    figures: dict[str, float]
    """The figures of its rows, by row and measure: `manual root F1`."""


def run_benchmark(
    benchmark: Benchmark, records: Path, settings: Settings | None = None, published: str | None = None
) -> Score:
    """Return the score of the records that these settings give; they, and the output, stay in `records`.

    `published` dates the pages that carry no date.
    """
    records.mkdir(parents=True, exist_ok=True)
    if benchmark.expected:
        expected = json.loads(benchmark.expected.read_text(encoding="utf-8"))
        published = expected.get("published") or published
    read = read_set(benchmark.pages, settings, published)
    arguments = (_write_page if benchmark.expected else _write_set)(benchmark, read, records)
    call = [sys.executable, str(benchmark.scorer), *map(str, arguments)]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
    _path(records, benchmark, "txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        told = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        return Score(benchmark, (f"the scorer failed: {told[-1]}",), None, {})
    return _read_output(benchmark, done.stdout)


def _path(records: Path, benchmark: Benchmark, ending: str) -> Path:
    return records / f"{benchmark.name.replace(' ', '-')}.{ending}"


def _write_page(benchmark: Benchmark, read: Iterable[Record], records: Path) -> tuple[Path, ...]:
    """Write the record of a whole page; return the scorer's arguments."""
    assert benchmark.expected is not None
    path = _path(records, benchmark, "json")
    path.write_text("".join(record.to_json() for record in read), encoding="utf-8")
    return benchmark.pages, benchmark.expected, path


def _write_set(benchmark: Benchmark, read: Iterable[Record], records: Path) -> tuple[Path, ...]:
    """Write the records of a set, a line each; return the scorer's arguments."""
    lines = _path(records, benchmark, "jsonl")
    linked = benchmark.name == "incidents"
    kept = []
    with lines.open("w", encoding="utf-8") as file:
        for record in read:
            file.write(record.to_json() + "\n")
            if linked:
                kept.append(record)
    if not linked:
        return benchmark.pages, lines
    links = _path(records, benchmark, "links.json")
    links.write_text(json.dumps({"incidents": to_plain(link_events(kept))}), encoding="utf-8")
    return benchmark.pages, lines, links


def read_set(path: Path, settings: Settings | None, published: str | None) -> Iterator[Record]:
    """Yield the records of a file; a page that cannot be read has none, and its scorer counts that."""

    def opened() -> Iterator[RawPage]:
        for raw in open_sources([str(path)], published):
            if not isinstance(raw, InputError):
                yield raw

    return read_pages(opened(), settings)


def _read_output(benchmark: Benchmark, output: str) -> Score:
    lines = tuple(line.rstrip() for line in output.strip().splitlines())
    last = LAST.search(lines[-1]) if lines else None
    if last is None:
        return Score(benchmark, lines or ("the scorer printed nothing",), None, {})
    figures = {name: value for line in lines for name, value in _read_row(line)}
    return Score(benchmark, lines, float(last[1]), figures | {"score": float(last[1])})


def _read_row(line: str) -> Iterator[tuple[str, float]]:
    """Yield the figures of a row: `name   P 0.779 R 0.856  (166 right, ...` or `name   0.964  (185/192)`."""
    name, _, rest = line.strip().partition("  " if "  " in line.strip() else " ")
    rest = ASIDE.sub("", rest).strip()
    if share := SHARE.match(rest):
        yield name, float(share[1])
    else:
        yield from ((f"{name} {measure.strip()}", float(value)) for measure, value in FIGURE.findall(rest))
