"""Many pages: which reports tell one thing, who copied whom, and what became of what was announced."""

from onrecord.incidents.find_copies import read_copies
from onrecord.incidents.follow_commitments import read_commitments, settle
from onrecord.incidents.link_events import find_copies, follow_commitments, index_pages, link_events
from onrecord.incidents.link_index import Index
from onrecord.incidents.link_pages import Change, Linker, read_incident_texts, read_incidents
from onrecord.incidents.sketch import PageSketch, sketch_page, sketch_pages

__all__ = [
    "Change",
    "Index",
    "Linker",
    "PageSketch",
    "find_copies",
    "follow_commitments",
    "index_pages",
    "link_events",
    "read_commitments",
    "read_copies",
    "read_incident_texts",
    "read_incidents",
    "settle",
    "sketch_page",
    "sketch_pages",
]
