"""Pages that repeat another one: wire copy, syndication, reprints, found with MinHash over shingles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
    originals: list[tuple[PageSketch, Signature, int]] = []
    bands: dict[tuple[int, bytes], list[int]] = {}
    found: list[Copy] = []
    for page in sketches:
        shingles = cut_shingles(page.text)
        if len(shingles) < LEAST:
            continue
        signature = sign_shingles(shingles)
        keys = list(_cut_bands(signature))
        near = sorted({number for key in keys for number in bands.get(key, ())})
        likeness = [_share(signature, len(shingles), *originals[number][1:]) for number in near]
        best = max(range(len(near)), key=lambda place: (likeness[place], -place), default=None)
        if best is not None and likeness[best] >= COPIED:
            of = originals[near[best]][0].id
            shown = round(likeness[best], 2)
            found.append(Copy(page.id, of, page.named_publisher, page.published, shown))
            continue
        for key in keys:
            held = bands.setdefault(key, [])
            if len(held) < HELD:
                held.append(len(originals))
        originals.append((page, signature, len(shingles)))
    return tuple(found)


def cut_shingles(text: str) -> tuple[str, ...]:
    """Return the distinct runs of five words of a text, in lower case, sorted."""
    words = WORD.findall(text.lower())
    return tuple(sorted({" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}))


def sign_shingles(shingles: Sequence[str]) -> Signature:
    """Return the MinHash signature of shingles; the same shingles give the same numbers everywhere."""
    hashed = MinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update_batch([shingle.encode() for shingle in shingles])
    signature: Signature = hashed.hashvalues
    return signature


def _cut_bands(signature: Signature) -> Iterator[tuple[int, bytes]]:
    for start in range(0, PERMUTATIONS, ROWS):
        yield start, signature[start : start + ROWS].tobytes()


def _share(signature: Signature, size: int, other: Signature, other_size: int) -> float:
    """Return the estimated share of the smaller set of shingles that stands in the larger one."""
    agreeing = float(np.count_nonzero(signature == other)) / PERMUTATIONS
    shared = agreeing / (1 + agreeing) * (size + other_size)
    return min(1.0, shared / min(size, other_size))
