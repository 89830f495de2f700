"""acts with their status and codes, of the report and of the comments."""

from onrecord.stages.events.find_events import find_events

__all__ = ["find_events"]
