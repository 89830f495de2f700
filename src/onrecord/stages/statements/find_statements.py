from __future__ import annotations

from onrecord.records import Draft, Found, Statement


def find_statements(draft: Draft) -> Found[Statement]:
    """Return who is reported to have said, thought or planned what."""
    return Found()
