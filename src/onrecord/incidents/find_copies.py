"""Pages that repeat another one: wire copy, syndication, reprints, found with MinHash over shingles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from datasketch import MinHash

from onrecord.incidents.sketch import PageSketch, sketch_pages
from onrecord.records import Copy, Record

SHINGLE = 5
"""Words of a shingle."""
LEAST = 12
"""Shingles from which a page is long enough to tell a copy from a coincidence."""
PERMUTATIONS = 128
SEED = 1
ROWS = 4
"""Signature values of a band: pages that agree on one band are compared."""
COPIED = 0.7
"""Share of the shorter text that stands in the other, from which it is a copy."""
HELD = 8
"""Earliest originals that are remembered for a band."""
WORD = re.compile(r"\w+")

Signature = np.ndarray[tuple[int], np.dtype[np.uint64]]


def find_copies(records: Iterable[Record]) -> tuple[Copy, ...]:
    """Return which page copies which, in order of publication; each copy points to the earliest page."""
    return copies_of(sketch_pages(records))


def copies_of(sketches: Sequence[PageSketch]) -> tuple[Copy, ...]:
    """Return the copies among pages that stand in order of publication."""
    originals = _Originals(len(sketches))
    found: list[Copy] = []
    for page in sketches:
        shingles = cut_shingles(page.text)
        if len(shingles) < LEAST:
            continue
        signature = sign_shingles(shingles)
        of, likeness = originals.find(signature, len(shingles))
        if of is not None and likeness >= COPIED:
            found.append(Copy(page.id, of, page.named_publisher, page.published, round(likeness, 2)))
        else:
            originals.add(page.id, signature, len(shingles))
    return tuple(found)


class _Originals:
    """The pages so far that copy no other, by the bands of their signatures."""

    def __init__(self, most: int) -> None:
        self.names: list[str] = []
        self.signatures = np.zeros((most, PERMUTATIONS), np.uint64)
        self.sizes = np.zeros(most)
        self.bands: dict[bytes, list[int]] = {}

    def find(self, signature: Signature, size: int) -> tuple[str | None, float]:
        """Return the page that a text shares most with, the earliest of equals, and how much."""
        near = sorted({number for band in _cut_bands(signature) for number in self.bands.get(band, ())})
        if not near:
            return None, 0.0
        agreeing = np.count_nonzero(self.signatures[near] == signature, axis=1) / PERMUTATIONS
        sizes = self.sizes[near]
        shared = agreeing / (1 + agreeing) * (sizes + size) / np.minimum(sizes, size)
        best = int(np.argmax(shared))
        return self.names[near[best]], min(1.0, float(shared[best]))

    def add(self, name: str, signature: Signature, size: int) -> None:
        """Put a page among the originals; the bands that many pages have keep their first ones."""
        number = len(self.names)
        self.names.append(name)
        self.signatures[number] = signature
        self.sizes[number] = size
        for band in _cut_bands(signature):
            held = self.bands.setdefault(band, [])
            if len(held) < HELD:
                held.append(number)


def cut_shingles(text: str) -> tuple[str, ...]:
    """Return the distinct runs of five words of a text, in lower case, sorted."""
    words = WORD.findall(text.lower())
    return tuple(sorted({" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}))


def sign_shingles(shingles: Sequence[str]) -> Signature:
    """Return the MinHash signature of shingles; the same shingles give the same numbers everywhere."""
    hashed = begin_signature().copy()
    hashed.update_batch([shingle.encode() for shingle in shingles])
    signature: Signature = hashed.hashvalues
    return signature


@cache
def begin_signature() -> MinHash:
    """Return an empty signature to copy: drawing its permutations takes longer than signing a page."""
    return MinHash(num_perm=PERMUTATIONS, seed=SEED)


def _cut_bands(signature: Signature) -> Iterator[bytes]:
    """Yield the bands of a signature, each with its place in it."""
    for start in range(0, PERMUTATIONS, ROWS):
        yield bytes([start // ROWS]) + signature[start : start + ROWS].tobytes()
