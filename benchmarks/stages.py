"""Time every stage of `read` over the same text, and print its share of the whole.

usage: stages.py [FILE...] [--limit 300] [--rounds 3]

Without a file the passages of speed.py are read. CPU seconds of one process are counted, not the
clock, so that the load of the machine moves the figures less; still, the shares count, not the rates.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from itertools import islice
from time import process_time

import spacy
from speed import make_passages

from onrecord.pipeline import BATCH, read_batch
from onrecord.records import RawPage, Settings
from onrecord.samples import SAMPLE_DAY
from onrecord.sources import open_sources
from onrecord.stages.page import read_page
from onrecord.stages.sentences.load_model import DEFAULT_MODEL

MENTIONS = ("actors", "places", "times", "quantities")


class Clock:
    """Adds up the CPU seconds that end with each tick of the pipeline."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.last = process_time()

    def tick(self, name: str) -> None:
        """Put the seconds since the last tick to a name."""
        now = process_time()
        self.seconds[name] += now - self.last
        self.last = now


def time_stages(raws: list[RawPage]) -> Clock:
    """Return the clock after reading and printing some pages."""
    clock = Clock()
    for start in range(0, len(raws), BATCH):
        for record in read_batch(raws[start : start + BATCH], Settings(), clock.tick):
            record.to_json()
        clock.tick("print")
    return clock


def time_spacy(texts: list[str]) -> tuple[float, int]:
    """Return the CPU seconds that spaCy takes over some texts with all its components, and their tokens."""
    nlp = spacy.load(DEFAULT_MODEL)
    start = process_time()
    with nlp.memory_zone():
        tokens = sum(map(len, nlp.pipe(texts, batch_size=64)))
    return process_time() - start, tokens


def main() -> None:
    """Print, stage by stage, microseconds a token and the share of the whole, as medians over the rounds."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("files", nargs="*")
    options.add_argument("--limit", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    args = options.parse_args()
    raws = [RawPage(text, published=SAMPLE_DAY) for text in make_passages(args.limit)]
    if args.files:
        raws = list(islice(open_sources(args.files, SAMPLE_DAY), args.limit))
    time_stages(raws[:8])
    texts = [read_page(raw).text for raw in raws]
    rounds: list[dict[str, float]] = []
    for _ in range(args.rounds):
        clock = time_stages(raws)
        clock.seconds["bare spaCy"], tokens = time_spacy(texts)
        rounds.append(dict(clock.seconds))
    medians = {name: statistics.median(r[name] for r in rounds) for name in rounds[0]}
    whole = sum(spent for name, spent in medians.items() if name != "bare spaCy")
    print(f"{len(raws)} pages, {tokens} tokens, median of {args.rounds} rounds\n")
    for name, spent in medians.items():
        print(f"{name:12} {spent / tokens * 1e6:8.1f} µs/token {spent / whole:8.1%}")
    mentions = sum(medians[name] for name in MENTIONS)
    print(f"\nmention stages together {mentions / medians['sentences']:.2f} of sentences")
    print(f"ratio to bare spaCy {medians['bare spaCy'] / whole:.2f}")


if __name__ == "__main__":
    main()
