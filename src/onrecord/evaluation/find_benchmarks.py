from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.evaluation.read_facts import list_sets


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Marked pages and the program that compares records with the marks."""

    name: str
    """Name of the set; `page NAME` for a whole page that was read by hand."""
    pages: Path
    """A .jsonl file whose lines carry `gold`, or the text of a whole page."""
    scorer: Path
    expected: Path | None = None
    """The reading by hand, for a whole page."""


def find_benchmarks(home: Path, split: str = "dev", only: Sequence[str] = ()) -> tuple[Benchmark, ...]:
    """Return the benchmarks of a data folder, or those named in `only`, in the order of the report.

    `page` names all whole pages. Raises InputError, which says what was looked for, if a benchmark that
    was asked for is not there, or none is.
    """
    found = (*_find_sets(home, split), *_find_pages(home))
    missing = [name for name in only if name not in {_family(one) for one in found}]
    if missing or not found:
        there = ", ".join(dict.fromkeys(_family(one) for one in found)) or "none"
        raise InputError(
            f"{home}: no benchmark {', '.join(missing) or 'at all'}; looked for gold/SET/{split}.jsonl with "
            f"tools/score_SET.py, and for page.txt with expected.json in a folder with tools/score_page.py; "
            f"found: {there}"
        )
    return tuple(one for one in found if not only or _family(one) in only)


def list_skipped(home: Path, split: str = "dev") -> tuple[str, ...]:
    """Return a line for each gold file that cannot be scored, with the scorer that it lacks."""
    scorers = ((path, home / "tools" / f"score_{path.parent.name}.py") for path in _gold_files(home, split))
    return tuple(f"{path}: no scorer {scorer}" for path, scorer in scorers if not scorer.exists())


def _gold_files(home: Path, split: str) -> list[Path]:
    return sorted(home.glob(f"gold/*/{split}.jsonl"))


def _family(benchmark: Benchmark) -> str:
    return "page" if benchmark.expected else benchmark.name


def _find_sets(home: Path, split: str) -> Iterator[Benchmark]:
    """Yield the sets that have both pages and a scorer: known ones in their order, then the others."""
    there = [path.parent.name for path in _gold_files(home, split)]
    known = [name for name in list_sets() if name in there]
    for name in (*known, *(name for name in there if name not in known)):
        scorer = home / "tools" / f"score_{name}.py"
        if scorer.exists():
            yield Benchmark(name, home / "gold" / name / f"{split}.jsonl", scorer)


def _find_pages(home: Path) -> Iterator[Benchmark]:
    """Yield the whole pages, which lie in folders of the data folder or one below."""
    scorer = home / "tools" / "score_page.py"
    if not scorer.exists():
        return
    for expected in (*sorted(home.glob("*/expected.json")), *sorted(home.glob("*/*/expected.json"))):
        page = expected.with_name("page.txt")
        if page.exists():
            yield Benchmark(f"page {expected.parent.name}", page, scorer, expected)
