"""Many pages: which reports tell one thing, who copied whom, and what became of what was announced."""

from onrecord.incidents.find_copies import find_copies
from onrecord.incidents.link_events import link_events

__all__ = ["find_copies", "link_events"]
