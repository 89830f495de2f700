from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.incidents.find_copies import read_copies
from onrecord.incidents.follow_commitments import read_commitments
from onrecord.incidents.link_index import Index
from onrecord.incidents.link_pages import Linker, read_incidents
from onrecord.incidents.sketch import PageSketch, sketch_pages
from onrecord.records import Copy, FollowedCommitment, Incident, Record


def link_events(records: Iterable[Record]) -> tuple[Incident, ...]:
    """Return what happened, once each, over many pages, in the order of the first reports.

    The order of the records changes nothing. A page that is added later, and published later, adds
    reports and incidents and leaves those that were there.
    """
    return read_incidents(index_pages(sketch_pages(records)))


def follow_commitments(records: Iterable[Record], as_of: str | None = None) -> tuple[FollowedCommitment, ...]:
    """Return every commitment of many pages with what later pages say became of it.

    `as_of` is the day (ISO) for which it is told what is overdue, and after which nothing is known; the
    latest day of publication if it is not given.
    """
    return read_commitments(index_pages(sketch_pages(records)), as_of)


def find_copies(records: Iterable[Record]) -> tuple[Copy, ...]:
    """Return which page copies which, in order of publication; each copy points to the earliest page."""
    return read_copies(index_pages(sketch_pages(records)))


def index_pages(sketches: Sequence[PageSketch], index: Index | None = None) -> Index:
    """Return an index, a new one in memory if none is given, with pages linked in it."""
    index = index or Index()
    linker = Linker(index)
    linker.update([(page, number) for number, page in enumerate(sketches)])
    linker.finish()
    return index
