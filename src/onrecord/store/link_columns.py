"""The tables of what links the pages of a folder: incidents, their reports, copies, states of commitments."""

from __future__ import annotations

import hashlib
import json

from onrecord.store.columns import COUNT, REAL, TEXT, TEXTS

INCIDENTS = {
    "id": TEXT, "headline": TEXT, "about": TEXT, "day": TEXT, "start_date": TEXT, "end_date": TEXT,
    "act_type": TEXT, "act_mode": TEXT, "status": TEXT, "plover_type": TEXT, "plover_mode": TEXT,
    "cameo": TEXT,
    "sources": TEXTS, "source_codes": TEXTS, "targets": TEXTS, "target_codes": TEXTS,
    "place": TEXT, "place_country": TEXT, "lat": REAL, "lon": REAL, "geonames": COUNT,
    "dead_low": REAL, "dead_best": REAL, "dead_high": REAL,
    "injured_low": REAL, "injured_best": REAL, "injured_high": REAL,
    "first_page": TEXT, "first_published": TEXT, "reports": COUNT, "pages": COUNT, "independent": COUNT,
    "conflicts": COUNT, "differ_on": TEXTS, "values": TEXT, "first_number": COUNT, "json": TEXT,
}  # fmt: skip
"""A row for each incident; `json` is the incident as it is printed."""
REPORTS = {
    "incident": TEXT, "page": TEXT, "event": TEXT, "status": TEXT, "published": TEXT, "publisher": TEXT,
    "copy_of": TEXT, "joined_to_page": TEXT, "joined_to_event": TEXT, "score": REAL, "reasons": TEXTS,
}  # fmt: skip
"""A row for each report of an incident, with why it was joined."""
COPIES = {"page": TEXT, "of": TEXT, "publisher": TEXT, "published": TEXT, "likeness": REAL}
STATES = {
    "id": TEXT, "page": TEXT, "commitment": TEXT, "kind": TEXT, "by_whom": TEXT, "by_code": TEXT,
    "words": TEXT, "due": TEXT, "published": TEXT, "state": TEXT, "as_of": TEXT, "evidence": COUNT,
    "settled": TEXT, "json": TEXT,
}  # fmt: skip
"""A row for each commitment, with what became of it by the last day of publication."""
LINKED = {"page": TEXT, "coding": COUNT}
"""Which codings the links are of."""
LINK_TABLES = {
    "incidents": INCIDENTS,
    "incident_reports": REPORTS,
    "copies": COPIES,
    "commitment_states": STATES,
    "linked": LINKED,
}


def digest_columns() -> str:
    """Return a short digest of the columns of all tables of links."""
    return hashlib.sha256(json.dumps(LINK_TABLES).encode()).hexdigest()[:8]
