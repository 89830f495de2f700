from __future__ import annotations

from onrecord.records import Draft, Found, Voice


def read_comments(draft: Draft) -> Found[Voice]:
    """Return what each reader comment says and how: abuse, constructiveness, stances, claims."""
    return Found()
