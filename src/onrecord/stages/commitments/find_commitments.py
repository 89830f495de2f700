from __future__ import annotations

from onrecord.records import Commitment, Draft, Found


def find_commitments(draft: Draft) -> Found[Commitment]:
    """Return orders, promises, plans, threats, demands and predictions."""
    return Found()
