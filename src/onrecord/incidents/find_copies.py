"""Pages that repeat another one: wire copy, syndication, reprints, found with MinHash over shingles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.incidents.block_pages import Blocks
from onrecord.incidents.join_events import gather_reports
from onrecord.incidents.link_index import Index, digest_bytes
from onrecord.records import Copy

if TYPE_CHECKING:
    from datasketch import MinHash

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
ANCHORS = 8
"""First pages with a band that all others with it are compared with."""
ALL_DAYS = 0
"""Period of all bands: a page may be reprinted at any time."""
WORD = re.compile(r"\w+")

Signature = np.ndarray[tuple[int], np.dtype[np.uint32]]


class Copies:
    """Which page of an index copies which, kept as pages come and go."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.bands = Blocks(index, ANCHORS)
        self._signed: dict[int, tuple[Signature, int]] = {}

    def add(self, pids: Sequence[int], texts: Sequence[str]) -> set[int]:
        """Sign new pages and find what they copy; return the pages of which that changed."""
        new: dict[int, list[tuple[int, int]]] = {}
        for pid, text in zip(pids, texts, strict=True):
            shingles = cut_shingles(text)
            if len(shingles) < LEAST:
                continue
            signature = sign_shingles(shingles)
            self._signed[pid] = signature, len(shingles)
            row = (pid, len(shingles), signature.tobytes())
            self.index.run("insert into signatures values (?, ?, ?)", [row])
            new[pid] = [(band, ALL_DAYS) for band in _cut_bands(signature)]
        moved = self.bands.change(new, {})
        return self._settle([*new, *sorted(moved - new.keys())])

    def drop(self, pids: Sequence[int]) -> set[int]:
        """Forget pages; return those of which it changed what they copy."""
        old = {
            pid: [(band, ALL_DAYS) for band in _cut_bands(self._sign(pid)[0])]
            for pid in pids
            if self._is_signed(pid)
        }
        near = {other for pid in old for other in self._alike(pid)}
        moved = self.bands.change({}, old)
        self.index.part("alike", old)
        for table in ("copies", "signatures"):
            self.index.run(f"delete from {table} where pid = ?", ((pid,) for pid in old))
        return self._settle(sorted((moved | near) - old.keys()))

    def origins(self, pids: Iterable[int]) -> dict[int, int]:
        """Return the page that each of some pages copies, if it does."""
        found: dict[int, int] = {}
        for pid in pids:
            for (origin,) in self.index.ask("select origin from copies where pid = ?", pid):
                found[pid] = origin
        return found

    def _settle(self, pids: Sequence[int]) -> set[int]:
        """Compare pages with all that share a band, and say anew who copies whom among those alike."""
        seeds = {other for pid in pids for other in (pid, *self._alike(pid))}
        self.index.part("alike", pids)
        rows = [row for pid in pids for row in self._compare(pid)]
        self.index.run("insert or replace into alike values (?, ?, ?)", rows)
        self.index.run("insert or replace into alike values (?, ?, ?)", ((b, a, n) for a, b, n in rows))
        near = _Near(self)
        changed: set[int] = set()
        for group in gather_reports(seeds, near, 0):
            changed |= self._choose(group, near)
        return changed

    def _compare(self, pid: int) -> Iterator[tuple[int, int, float]]:
        signature, size = self._sign(pid)
        met = sorted(self.bands.meet(pid, ((band, ALL_DAYS) for band in _cut_bands(signature))))
        if not met:
            return
        others = [self._sign(other) for other in met]
        agreeing = np.count_nonzero(np.stack([other for other, _ in others]) == signature, axis=1)
        for other, same, (_, length) in zip(met, agreeing.tolist(), others, strict=True):
            share = same / PERMUTATIONS
            likeness = min(1.0, share / (1 + share) * (length + size) / min(length, size))
            if likeness >= COPIED:
                yield pid, other, likeness

    def _choose(self, group: Sequence[int], near: _Near) -> set[int]:
        """Let each page copy the one that it shares most with, of the earlier ones that copy none."""
        orders = self.index.orders
        before = {
            pid: row
            for pid in group
            for row in self.index.ask("select origin, likeness from copies where pid = ?", pid)
        }
        now: dict[int, tuple[object, ...]] = {}
        originals: list[int] = []
        for pid in sorted(group, key=orders.__getitem__):
            alike = near.likeness(pid)
            found = [other for other in originals if other in alike]
            if found:
                best = max(found, key=lambda other: alike[other])
                now[pid] = best, round(alike[best], 2)
            else:
                originals.append(pid)
        self.index.run("delete from copies where pid = ?", ((pid,) for pid in group))
        self.index.run("insert into copies values (?, ?, ?)", ((pid, *row) for pid, row in now.items()))
        return {pid for pid in group if before.get(pid) != now.get(pid)}

    def _alike(self, pid: int) -> dict[int, float]:
        rows = self.index.ask("select other, likeness from alike where one = ? order by other", pid)
        return dict(rows)

    def _is_signed(self, pid: int) -> bool:
        return any(True for _ in self.index.ask("select 1 from signatures where pid = ?", pid))

    def _sign(self, pid: int) -> tuple[Signature, int]:
        found = self._signed.get(pid)
        if found is None:
            ((size, data),) = self.index.ask("select size, signature from signatures where pid = ?", pid)
            assert isinstance(data, bytes)
            found = self._signed[pid] = np.frombuffer(data, np.uint32), size
        return found


class _Near:
    """The pages alike, read when one is first asked for."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._held: dict[int, dict[int, float]] = {}

    def likeness(self, pid: int) -> dict[int, float]:
        """Return the pages alike a page, and how much they share."""
        found = self._held.get(pid)
        if found is None:
            found = self._held[pid] = self._copies._alike(pid)
        return found

    def __getitem__(self, pid: int) -> Mapping[int, int]:
        return dict.fromkeys(self.likeness(pid), 1)


def read_copies(index: Index) -> tuple[Copy, ...]:
    """Return the copies of an index, in order of publication; each points to the earliest page."""
    rows = [(pid, of, share) for pid, of, share in index.ask("select pid, origin, likeness from copies")]
    rows.sort(key=lambda row: index.orders[row[0]])
    told = {
        pid: (publisher, published)
        for pid, publisher, published in index.ask(
            "select pid, publisher, published from pages where pid in (select pid from copies)"
        )
    }
    return tuple(
        Copy(index.orders[pid][1], index.orders[of][1], *told[pid], share) for pid, of, share in rows
    )


def cut_shingles(text: str) -> tuple[str, ...]:
    """Return the distinct runs of five words of a text, in lower case, sorted."""
    words = WORD.findall(text.lower())
    return tuple(sorted({" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}))


def sign_shingles(shingles: Sequence[str]) -> Signature:
    """Return the MinHash signature of shingles; the same shingles give the same numbers everywhere."""
    hashed = begin_signature().copy()
    hashed.update_batch([shingle.encode() for shingle in shingles])
    signature: Signature = hashed.hashvalues.astype(np.uint32)
    return signature


@cache
def begin_signature() -> MinHash:
    """Return an empty signature to copy: drawing its permutations takes longer than signing a page."""
    from datasketch import MinHash  # brings scipy, which takes half a second to load

    return MinHash(num_perm=PERMUTATIONS, seed=SEED)


def _cut_bands(signature: Signature) -> Iterator[int]:
    """Yield the bands of a signature, each with its place in it, as keys of blocks."""
    for start in range(0, PERMUTATIONS, ROWS):
        yield digest_bytes(bytes([start // ROWS]) + signature[start : start + ROWS].tobytes())
