from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.incidents.find_copies import copies_of
from onrecord.incidents.join_events import join_events
from onrecord.incidents.sketch import PageSketch, sketch_pages
from onrecord.incidents.write_incident import write_incident
from onrecord.records import Copy, Incident, Record


def link_events(records: Iterable[Record]) -> tuple[Incident, ...]:
    """Return what happened, once each, over many pages, in the order of the first reports.

    The order of the records changes nothing. A page that is added later, and published later, adds
    reports and incidents and leaves those that were there.
    """
    sketches = sketch_pages(records)
    return link_sketches(sketches, copies_of(sketches))


def link_sketches(sketches: Sequence[PageSketch], copies: Iterable[Copy]) -> tuple[Incident, ...]:
    """Return the incidents of pages that stand in order of publication."""
    pages = {page.id: page for page in sketches}
    origin = {copy.page: copy.of for copy in copies}
    return tuple(write_incident(group, pages, origin) for group in join_events(sketches))
