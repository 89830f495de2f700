"""Time every stage of `read` over the same text, and print its share of the whole.

usage: stages.py [FILE...] [--limit 300] [--rounds 3]

Without a file the passages of speed.py are read. CPU seconds of one process are counted, not the
clock, so that the load of the machine moves the figures less; still, the shares count, not the rates.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from time import process_time

from speed import make_passages

from onrecord.pipeline import BATCH, STAGES, close_record
from onrecord.records import Draft, RawPage, Settings
from onrecord.samples import SAMPLE_DAY
from onrecord.sources import open_sources
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import memory_zone, parse_sentences
from onrecord.stages.sentences.load_model import load_model

MENTIONS = ("actors", "places", "times", "quantities")


class Clock:
    """Adds up the CPU seconds that are spent under each name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def count(self, name: str) -> Iterator[None]:
        """Return a context whose CPU time goes to a name."""
        start = process_time()
        yield
        self.seconds[name] += process_time() - start


def read_batch(batch: list[RawPage], clock: Clock) -> int:
    """Return the number of tokens of some pages after reading them with a running clock."""
    tokens = 0
    with clock.count("page"):
        pages = [read_page(raw) for raw in batch]
    with clock.count("parts"):
        parted = [(page, split_parts(page)) for page in pages]
    with memory_zone():
        with clock.count("sentences"):
            parsed = parse_sentences(parted)
        for (page, parts), found in zip(parted, parsed, strict=True):
            tokens += sum(len(sentence.tokens) for sentence in found.kept)
            draft = Draft(Settings(), page, parts, found.kept)
            for name, stage in STAGES:
                with clock.count(name):
                    kept = stage(draft)
                draft = replace(draft, **{name: kept.kept}, refused=draft.refused + kept.refused)
            with clock.count("print"):
                close_record(draft).to_json()
    return tokens


def bare_seconds(texts: list[str]) -> float:
    """Return the CPU seconds that spaCy takes over some texts with all components of the model."""
    import spacy

    from onrecord.stages.sentences.load_model import DEFAULT_MODEL

    nlp = spacy.load(DEFAULT_MODEL)
    start = process_time()
    with nlp.memory_zone():
        for _doc in nlp.pipe(texts, batch_size=64):
            pass
    return process_time() - start


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
    load_model(None)
    read_batch(raws[:8], Clock())
    rounds: list[dict[str, float]] = []
    for _ in range(args.rounds):
        clock, remaining, tokens = Clock(), iter(raws), 0
        while batch := list(islice(remaining, BATCH)):
            tokens += read_batch(batch, clock)
        clock.seconds["bare spaCy"] = bare_seconds([read_page(raw).text for raw in raws])
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
