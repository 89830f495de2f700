"""What links the pages of a folder: worked out once for each state of the folder, then kept beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from onrecord._version import __version__
from onrecord.incidents import copies_of, follow_sketches, link_sketches, settle, sketch_pages
from onrecord.records import Copy, FollowedCommitment, Incident, Record, record_maker, to_plain

if TYPE_CHECKING:
    from onrecord.store.folder import Folder

LINKS = "links"
SCHEMA = "onrecord-links/1"


@dataclass(frozen=True, slots=True)
class Links:
    """Incidents, copies and commitments over all pages of a folder."""

    incidents: tuple[Incident, ...]
    copies: tuple[Copy, ...]
    commitments: tuple[FollowedCommitment, ...]
    changes: tuple[str, ...] = ()
    """What became of incidents that stood in the folder's last links and have no namesake here."""


def load_links(folder: Folder) -> Links:
    """Return the links of a folder as it stands: the kept ones, or new ones, which are then kept.

    Incidents keep the id under which the folder has shown them before.
    """
    state = folder.state
    kept = read_links(folder, state)
    if kept is not None:
        return kept
    links = keep_ids(build_links(folder.records_as_stored()), last_links(folder))
    write_links(folder, state, links)
    return links


def build_links(records: Iterable[Record]) -> Links:
    """Return the links of some records; their order changes nothing."""
    sketches = sketch_pages(records)
    copies = copies_of(sketches)
    incidents = link_sketches(sketches, copies)
    return Links(incidents, copies, follow_sketches(sketches, incidents))


def settle_links(commitments: Iterable[FollowedCommitment], as_of: str) -> tuple[FollowedCommitment, ...]:
    """Return commitments as they stood on a day (ISO)."""
    return tuple(settle(one, as_of) for one in commitments if one.published is None or one.published <= as_of)


def keep_ids(links: Links, before: Links | None) -> Links:
    """Return links whose incidents have the ids that the same reports had before.

    An incident takes the id of the earlier one that most of its reports were in; where two became one,
    or one became two, that is noted.
    """
    if before is None:
        return links
    named = {(r.page, r.event): old.id for old in before.incidents for r in old.reports}
    taken: set[str] = set()
    incidents: list[Incident] = []
    changes: list[str] = []
    for new in links.incidents:
        was: dict[str, int] = {}
        for report in new.reports:
            old = named.get((report.page, report.event))
            if old is not None:
                was[old] = was.get(old, 0) + 1
        free = [old for old in was if old not in taken]
        name = max(free, key=lambda old: was[old], default=new.id)
        taken.add(name)
        incidents.append(new if name == new.id else replace(new, id=name))
        changes += [f"{name}: has reports that were in {old}" for old in was if old != name]
    known = {incident.id for incident in incidents}
    changes += [f"{old.id}: none of its reports is left" for old in before.incidents if old.id not in known]
    return replace(links, incidents=tuple(incidents), changes=tuple(changes))


def last_links(folder: Folder) -> Links | None:
    """Return the links that were kept last, of whatever state; None if there are none."""
    last = _read(folder, "last.json")
    return read_links(folder, str(last["state"])) if last else None


def read_links(folder: Folder, state: str) -> Links | None:
    """Return the links that are kept for a state of a folder by this version; None if there are none."""
    plain = _read(folder, f"{state}.json")
    if plain is None or (plain.get("schema"), plain.get("version")) != (SCHEMA, __version__):
        return None
    return Links(
        incidents=_make(Incident, plain["incidents"]),
        copies=_make(Copy, plain["copies"]),
        commitments=_make(FollowedCommitment, plain["commitments"]),
        changes=tuple(plain["changes"]),
    )


def write_links(folder: Folder, state: str, links: Links) -> None:
    """Keep links beside the folder; one that cannot be written to is left as it is."""
    plain = {
        "schema": SCHEMA,
        "version": __version__,
        "incidents": to_plain(links.incidents),
        "copies": to_plain(links.copies),
        "commitments": to_plain(links.commitments),
        "changes": list(links.changes),
    }
    try:
        folder.disk.write(f"{LINKS}/{state}.json", json.dumps(plain, ensure_ascii=False).encode())
        folder.disk.write(f"{LINKS}/last.json", json.dumps({"state": state}).encode())
    except OSError:
        return


def _read(folder: Folder, name: str) -> dict[str, Any] | None:
    try:
        return folder.disk.read_json(LINKS, name)
    except (OSError, ValueError):
        return None


def _make(kind: Any, rows: Sequence[Any]) -> tuple[Any, ...]:
    make = record_maker(kind)
    return tuple(make(row) for row in rows)
