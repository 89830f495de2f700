"""A folder in which each incident is told once: what exports read that count incidents, not reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.records import Event, Figure, Incident, Record
from onrecord.store import Folder


class OneEach(Folder):
    """Gives of each incident the one report that tells most, with the values that most reports give."""

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder.disk)
        self._told: dict[str, dict[str, Incident]] = {}
        for one in folder.links().incidents:
            page, event = choose_report(one)
            self._told.setdefault(page, {})[event] = one

    def records(self, pages: Sequence[str] | None = None, as_of: str | None = None) -> Iterator[Record]:
        """Yield records with those events alone that stand for an incident."""
        for record in super().records(pages, as_of):
            told = self._told.get(record.page.id, {})
            events = tuple(_tell(event, told[event.id]) for event in record.events if event.id in told)
            yield replace(record, events=events)


def choose_report(one: Incident) -> tuple[str, str]:
    """Return the page and event that stand for an incident: a report in own words, with its status."""
    own = [report for report in one.reports if report.copy_of is None] or list(one.reports)
    best = next((report for report in own if report.status == one.status), own[0])
    return best.page, best.event


def _tell(event: Event, one: Incident) -> Event:
    """Return an event with the day, the status, the codes and the numbers of its incident."""
    return replace(
        event,
        act=one.act,
        plover=one.plover,
        cameo=one.cameo,
        status=one.status,
        start_date=one.start_date or event.start_date,
        end_date=one.end_date or event.end_date,
        dead=_best(one.values, "dead", event.dead),
        injured=_best(one.values, "injured", event.injured),
    )


def _best(values: Sequence[Figure], of: str, given: int | None) -> int | None:
    """Return the number of dead or injured that most independent publishers give."""
    found = next((figure.best for figure in values if figure.of == of and figure.unit is None), None)
    return given if found is None else round(found)
