from __future__ import annotations

from onrecord.records import Check, Draft, Found


def find_checks(draft: Draft) -> Found[Check]:
    """Return figures that can be checked on the page itself, and whether they add up."""
    return Found()
