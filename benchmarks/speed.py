"""Time `read` against bare spaCy over the same text in the same process, and print the ratio.

usage: speed.py [--passages 300] [--rounds 3] [--pages FILE.jsonl]

The passages are made from the sample page's own sentences in a fixed shuffle, so that no data is
needed; they are dense with events. With `--pages`, the texts of the first pages of a file are read instead.
Bare spaCy runs all components of the same model by `nlp.pipe`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from itertools import islice
from pathlib import Path

import spacy

from onrecord.api import read_many
from onrecord.samples import SAMPLE_DAY, sample_page
from onrecord.stages.sentences.load_model import DEFAULT_MODEL


def make_passages(count: int) -> list[str]:
    """Return passages of three paragraphs each, the same ones every time."""
    paragraphs = [line for line in sample_page().splitlines() if len(line) > 80]
    dice = random.Random(7)
    return ["\n\n".join(dice.sample(paragraphs, 3)) for _ in range(count)]


def read_texts(path: Path, count: int) -> list[str]:
    """Return the texts of the first pages of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, count)]


def main() -> None:
    """Print tokens a second of both, and their ratio, as medians over the rounds."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--passages", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--pages", type=Path, help="JSONL file whose lines have a text")
    args = options.parse_args()
    texts = read_texts(args.pages, args.passages) if args.pages else make_passages(args.passages)
    nlp = spacy.load(DEFAULT_MODEL)
    tokens = sum(len(nlp.tokenizer(text)) for text in texts)
    pages = [{"id": str(n), "text": text, "published": SAMPLE_DAY} for n, text in enumerate(texts)]
    list(read_many(pages[:5]))
    bare, whole = [], []
    for _ in range(args.rounds):
        start = time.perf_counter()
        with nlp.memory_zone():
            for _doc in nlp.pipe(texts, batch_size=64):
                pass
        middle = time.perf_counter()
        for _record in read_many(pages):
            pass
        bare.append(middle - start)
        whole.append(time.perf_counter() - middle)
    spacy_rate, own_rate = (tokens / statistics.median(times) for times in (bare, whole))
    print(f"{len(texts)} passages, {tokens} tokens, median of {args.rounds} rounds")
    print(f"bare spaCy   {spacy_rate:10,.0f} tokens/s")
    print(f"onrecord     {own_rate:10,.0f} tokens/s")
    print(f"ratio        {own_rate / spacy_rate:10.2f}")


if __name__ == "__main__":
    main()
