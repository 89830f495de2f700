from __future__ import annotations

from onrecord.records import Draft, Found, Quantity


def find_quantities(draft: Draft) -> Found[Quantity]:
    """Return the numbers of a page, measured or counted."""
    return Found()
