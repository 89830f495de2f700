"""Which pages are compared at all: those that share a telling word, or an actor, within some days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.incidents.link_index import Index, digest_key
from onrecord.incidents.sketch import PageSketch, day_number

TELLING = 16
"""Words of a page under which it is looked up: those that tell most about it."""
PERIOD = 8
"""Days of a block; a page is compared with those of its own block and of the two beside it."""
NO_DAY = -1
"""Block of the pages without a day, which are compared with those of all days."""
ANCHORS = 24
"""First pages of a block that all others of it are compared with: so a word that a thousand pages
share costs each of them no more."""

Block = tuple[int, int]
"""A key and a period."""


@dataclass(slots=True)
class Blocks:
    """The blocks of an index as far as they were asked for, each with its pages in order.

    Two pages meet in a key if one of them is an anchor of its block there. That depends on the pages
    alone, not on when each of them came in.
    """

    index: Index
    anchors: int = ANCHORS
    held: dict[Block, list[int]] = field(default_factory=dict)
    known: dict[int, set[int]] = field(default_factory=dict)
    """The periods in which each key has a block, stored or to be stored."""
    is_new: bool = field(init=False)
    """Whether nothing is stored yet, so that there is nothing to ask for."""

    def __post_init__(self) -> None:
        self.is_new = not list(self.index.ask("select 1 from blocks limit 1"))

    def load(self, block: Block) -> list[int]:
        """Return the pages of a block in order of publication."""
        pids = self.held.get(block)
        if pids is None:
            if block[1] not in self.periods(block[0]):
                return []
            found = self.index.ask("select pid from blocks where key = ? and period = ?", *block)
            pids = sorted((pid for (pid,) in found), key=self.index.orders.__getitem__)
            self.held[block] = pids
        return pids

    def periods(self, key: int) -> set[int]:
        """Return the periods in which a key has a block."""
        found = self.known.get(key)
        if found is None:
            rows = () if self.is_new else self.index.ask("select period from blocks where key = ?", key)
            found = self.known[key] = {period for (period,) in rows}
        return found

    def change(
        self, added: Mapping[int, Sequence[Block]], dropped: Mapping[int, Sequence[Block]]
    ) -> set[int]:
        """Put pages into their blocks and take others out; return those whose part as anchor changed."""
        touched: dict[Block, tuple[list[int], list[int]]] = {}
        for place, changes in enumerate((added, dropped)):
            for pid, blocks in changes.items():
                for block in blocks:
                    touched.setdefault(block, ([], []))[place].append(pid)
        moved: set[int] = set()
        for block, (new, old) in touched.items():
            before = self.load(block)
            gone = set(old)
            after = [pid for pid in before if pid not in gone] + new if gone else before + new
            after.sort(key=self.index.orders.__getitem__)
            self.held[block] = after
            self.periods(block[0]).add(block[1])
            if len(after) > self.anchors or len(before) > self.anchors:
                moved |= set(before[: self.anchors]) ^ set(after[: self.anchors])
        self.index.run("delete from blocks where key = ? and period = ? and pid = ?", _rows(dropped))
        self.index.run("insert or ignore into blocks values (?, ?, ?)", _rows(added))
        return moved - dropped.keys()

    def meet(self, pid: int, blocks: Iterable[Block]) -> set[int]:
        """Return the pages that meet a page."""
        met: set[int] = set()
        anchors, order = self.anchors, self.index.orders[pid]
        for key, period in blocks:
            own = self.load((key, period))
            is_anchor = len(own) <= anchors or order <= self.index.orders[own[anchors - 1]]
            for near in self._near(key, period):
                pids = self.load((key, near))
                met.update(pids if is_anchor else pids[:anchors])
        met.discard(pid)
        return met

    def _near(self, key: int, period: int) -> Iterable[int]:
        if period == NO_DAY:
            return self.periods(key)
        return (period - 1, period, period + 1, NO_DAY)


def _rows(changes: Mapping[int, Sequence[Block]]) -> Iterator[tuple[int, int, int]]:
    return ((*block, pid) for pid, blocks in changes.items() for block in blocks)


def block_page(page: PageSketch) -> list[Block]:
    """Return the blocks that a page belongs to; one that tells no event belongs to none."""
    if not page.events:
        return []
    period = NO_DAY if page.published is None else day_number(page.published) // PERIOD
    telling = sorted(page.words, key=lambda stem: (-page.words[stem], stem))[:TELLING]
    return [(digest_key(f"word {stem}"), period) for stem in telling]
