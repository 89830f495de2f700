"""Incidents as persons have joined and parted them, written anew from their reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.incidents import sketch_pages
from onrecord.incidents.join_events import Joined
from onrecord.incidents.sketch import EventSketch
from onrecord.incidents.write_incident import write_incident
from onrecord.records import Copy, Incident, Join, Record
from onrecord.review.decisions import JOIN_VERDICTS, Anchor, Decision
from onrecord.review.find_event import find_event
from onrecord.review.settle_cases import Records

Key = tuple[str, str]
"""Page and event."""


def join_reports(
    incidents: Sequence[Incident], copies: Iterable[Copy], decisions: Iterable[Decision], records: Records
) -> tuple[Incident, ...]:
    """Return incidents with the merges and splits of persons applied, in the order of the log.

    A merged incident keeps the id of the one that stands first; what is split off gets one of its own.
    `records` gives the records of some pages.
    """
    wanted = [one for one in decisions if one.verdict in JOIN_VERDICTS]
    if not wanted:
        return tuple(incidents)
    pages = sorted({anchor.page for one in wanted for anchor in one.reports})
    known = {record.page.id: record for record in records(pages)}
    groups = {one.id: [(r.page, r.event) for r in one.reports] for one in incidents}
    notes: dict[Key, str] = {}
    for one in wanted:
        keys = [key for anchor in one.reports if (key := _find_key(known, anchor))]
        change = _merge if one.verdict == "merge" else _split
        if change(groups, keys):
            said = f"{'joined' if one.verdict == 'merge' else 'split off'} by {one.by}"
            notes |= dict.fromkeys(keys, f"{said}: {one.note}" if one.note else said)
    return _write_changed(incidents, groups, notes, tuple(copies), records)


def _find_key(known: dict[str, Record], anchor: Anchor) -> Key | None:
    record = known.get(anchor.page)
    event = find_event(record, anchor).event if record is not None else None
    return (anchor.page, event.id) if event is not None else None


def _merge(groups: dict[str, list[Key]], keys: list[Key]) -> bool:
    """Put all incidents that hold one of the reports into the first of them."""
    names = [name for name, held in groups.items() if any(key in held for key in keys)]
    for name in names[1:]:
        groups[names[0]] += groups.pop(name)
    return len(names) > 1


def _split(groups: dict[str, list[Key]], keys: list[Key]) -> bool:
    """Take reports out of their incident into one of their own; all of an incident stay where they are."""
    changed = False
    for name, held in list(groups.items()):
        moved = [key for key in held if key in keys]
        if moved and len(moved) < len(held):
            groups[name] = [key for key in held if key not in keys]
            groups[f"{name}-{moved[0][0]}-{moved[0][1]}"] = moved
            changed = True
    return changed


def _write_changed(
    incidents: Sequence[Incident],
    groups: dict[str, list[Key]],
    notes: dict[Key, str],
    copies: tuple[Copy, ...],
    records: Records,
) -> tuple[Incident, ...]:
    """Return the incidents of groups: those that nobody touched as they were, the others written anew."""
    before = {one.id: one for one in incidents}
    same = {
        name
        for name, held in groups.items()
        if name in before and set(held) == _keys_of(before[name]) and not notes.keys() & held
    }
    changed = [name for name in groups if name not in same]
    origin = {copy.page: copy.of for copy in copies}
    pages = {page for name in changed for page, _ in groups[name]}
    pages |= {origin[page] for page in pages if page in origin}
    sketches = {page.id: page for page in sketch_pages(records(sorted(pages)))}
    events = {(page.id, event.id): event for page in sketches.values() for event in page.events}
    reasons = {(join.page, join.event): join for one in incidents for join in one.why}
    written: dict[str, Incident] = {name: before[name] for name in same}
    for name in changed:
        held = [events[key] for key in groups[name] if key in events]
        held.sort(key=lambda event: (sketches[event.page].order, event.number))
        if held:
            one = write_incident(_join(held, notes, reasons), sketches, origin)
            written[name] = replace(one, id=name) if name in before else _name_apart(one, before, written)
    return tuple(written[name] for name in groups if name in written)


def _join(held: list[EventSketch], notes: dict[Key, str], reasons: dict[Key, Join]) -> list[Joined]:
    """Return reports with why they stand together: what a person said, or what had joined them before."""
    events = {(event.page, event.id): event for event in held}
    first, *rest = events
    found = [Joined(events[first])]
    for key in rest:
        before = reasons.get(key)
        to = events.get((before.to.page, before.to.event)) if before else None
        if key in notes or before is None or to is None:
            found.append(Joined(events[key], events[first], 1.0, (notes.get(key, "stood together before"),)))
        else:
            found.append(Joined(events[key], to, before.score, before.reasons))
    return found


def _keys_of(one: Incident) -> set[Key]:
    return {(report.page, report.event) for report in one.reports}


def _name_apart(one: Incident, before: dict[str, Incident], written: dict[str, Incident]) -> Incident:
    """Return an incident under an id that no other one has: its first report may have named one before."""
    taken = {*before, *(other.id for other in written.values())}
    name = one.id
    while name in taken:
        name += "s"
    return replace(one, id=name)
