"""Docs worked on so many at a time, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc


def take_batches(docs: Iterable[Doc], size: int, work: Callable[[Sequence[Doc]], None]) -> Iterator[Doc]:
    """Yield Docs in order after the work on them, that is done on so many at a time; empty ones get none."""
    remaining = iter(docs)
    while batch := list(islice(remaining, size)):
        worded = [doc for doc in batch if len(doc)]
        if worded:
            work(worded)
        yield from batch
