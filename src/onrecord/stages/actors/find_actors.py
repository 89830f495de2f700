from __future__ import annotations

from onrecord.records import Actor, Draft, Found


def find_actors(draft: Draft) -> Found[Actor]:
    """Return the actors of a page with all their mentions, in order of first mention."""
    return Found()
