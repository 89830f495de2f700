"""Many pages: which reports tell one thing, who copied whom, and what became of what was announced."""

from onrecord.incidents.find_copies import copies_of, find_copies
from onrecord.incidents.follow_commitments import follow_commitments, follow_sketches, settle
from onrecord.incidents.link_events import link_events, link_sketches
from onrecord.incidents.sketch import PageSketch, sketch_pages

__all__ = [
    "PageSketch",
    "copies_of",
    "find_copies",
    "follow_commitments",
    "follow_sketches",
    "link_events",
    "link_sketches",
    "settle",
    "sketch_pages",
]
