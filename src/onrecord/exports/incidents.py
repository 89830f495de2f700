"""Incidents, commitments and timelines for the terminal and as rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.exports.describe import count_of, shorten, tell_reports
from onrecord.exports.draw_table import STATUS_STYLES, build_table
from onrecord.records import Figure, FollowedCommitment, Incident, Party

STATE_STYLES = {
    "open": "cyan",
    "kept": "bold green",
    "partly": "green",
    "broken": "bold red",
    "overdue": "red",
    "disputed": "yellow",
}
LONGEST = 90
CALM = 3
"""Conflicts of an incident that are shown; the rest is counted."""


def render_incidents(incidents: Sequence[Incident]) -> RenderableType:
    """Return incidents as a table: what happened, how many tell it, on what they differ."""
    return _render(incidents, count_of(len(incidents), "incident"), "No incidents.")


def render_timeline(incidents: Sequence[Incident], actor: str) -> RenderableType:
    """Return the incidents that an actor takes part in as a table, day by day."""
    title = f"{actor}: {count_of(len(incidents), 'incident')}"
    return _render(incidents, title, f"No incident with {actor}.")


def _render(incidents: Sequence[Incident], title: str, none: str) -> RenderableType:
    if not incidents:
        return Text(none, "dim")
    table = build_table(title, "when", "what happened", "reported by")
    table.columns[1].ratio = 1
    table.columns[0].width, table.columns[2].width = 12, 15
    for one in incidents:
        table.add_row(tell_when(one), Group(_tell_what(one), *_notes(one)), tell_reports(one))
    return table


def _tell_what(one: Incident) -> Text:
    """Return what happened on a line: the headline, or who did what to whom, and where."""
    if one.headline:
        return Text.assemble((one.headline, "bold"), " · ", (one.status, STATUS_STYLES[one.status]))
    place = f" in {one.place.name}" if one.place else ""
    whom = tell_parties(one.targets)
    return Text.assemble(
        (tell_parties(one.sources) or "?", "bold"), " ", tell_act(one), " ",
        (one.status, STATUS_STYLES[one.status]), (f" → {whom}" if whom else "", "bold"), (place, "dim"),
    )  # fmt: skip


def render_commitments(commitments: Sequence[FollowedCommitment]) -> RenderableType:
    """Return commitments as a table: who said what would be done, below it what became of it."""
    if not commitments:
        return Text("No commitments.", "dim")
    day = commitments[0].as_of
    title = count_of(len(commitments), "commitment") + (f", as of {day}" if day else "")
    table = build_table(title, "state", "kind", "by", "what", "due", widths=(0, 0, 2, 5, 0))
    for one in commitments:
        steps = [
            Text.assemble(
                (f"{step.published or '?'} {step.page}: ", "dim"),
                (step.says + (" in part" if step.in_part else ""), "green" if step.says == "kept" else "red"),
                f": {shorten(step.note.split(';')[0], LONGEST)}",
            )
            for step in one.evidence
        ]
        told = Group(Text(quote_text(one)), Text(f"{one.page} {one.published or ''}", "dim"), *steps)
        state, by = Text(one.state, STATE_STYLES[one.state]), one.by.name if one.by else "?"
        table.add_row(state, one.kind, by, told, one.due or "")
    return table


def quote_text(one: FollowedCommitment) -> str:
    return shorten(" ".join(one.text.split()), LONGEST)


def _notes(one: Incident) -> list[Text]:
    """Return the numbers of an incident and its conflicts, a line each."""
    lines = [Text(tell_figure(figure)) for figure in one.values[:CALM]]
    lines += [
        Text(f"✗ {conflict.kind}: {shorten(conflict.note, LONGEST)}", "yellow")
        for conflict in one.conflicts[:CALM]
    ]
    rest = len(one.conflicts) - CALM
    lines += [Text(f"reaction to {one.about}", "dim")] if one.about else []
    return [*lines, Text(f"and {rest} more", "dim")] if rest > 0 else lines


def tell_when(one: Incident) -> str:
    """Return the days of an incident; if none is given, the day of its first report."""
    if one.start_date is None:
        return f"reported {one.spread[0].date}" if one.spread else ""
    return one.start_date if one.end_date in (None, one.start_date) else f"{one.start_date} to {one.end_date}"


def tell_day(one: Incident) -> str:
    """Return the day by which an incident is put in order."""
    return one.start_date or (one.spread[0].date if one.spread else "")


def tell_act(one: Incident) -> str:
    return one.act.type.lower() + (f"/{one.act.mode}" if one.act.mode else "")


def tell_parties(parties: Iterable[Party], between: str = ", ") -> str:
    """Return who fills a role: names, with codes where there are any."""
    return between.join(f"{party.name} ({party.cameo})" if party.cameo else party.name for party in parties)


def tell_figure(figure: Figure) -> str:
    """Return a number as low, best, high: `dead: 3 to 5, best 4`."""
    unit = f" {figure.unit}" if figure.unit else ""
    best = "?" if figure.best is None else f"{figure.best:,g}"
    if figure.low == figure.high:
        return f"{figure.of}: {best}{unit}"
    return f"{figure.of}: {_tell_end(figure.low)} to {_tell_end(figure.high)}{unit}, best {best}"


def _tell_end(value: float | None) -> str:
    return "?" if value is None else f"{value:,g}"


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV with a header; what could be taken for a formula is quoted by an apostrophe."""
    sink = io.StringIO()
    out = csv.writer(sink, lineterminator="\n")
    out.writerow(columns)
    for row in rows:
        out.writerow([_defuse(cell) for cell in row])
    return sink.getvalue()


def _defuse(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell


INCIDENT_COLUMNS = (
    "id", "start_date", "end_date", "act", "status", "plover", "cameo", "sources", "targets", "place",
    "country", "lat", "lon", "reports", "independent", "first_page", "first_published", "pages",
    "values", "conflicts",
)  # fmt: skip


def incident_rows(incidents: Iterable[Incident]) -> Iterable[tuple[object, ...]]:
    """Return a row for each incident, lists joined by semicolons."""
    for one in incidents:
        place = one.place
        yield (
            one.id, one.start_date, one.end_date, tell_act(one), one.status,
            one.plover.type if one.plover else None, one.cameo,
            tell_parties(one.sources, "; "), tell_parties(one.targets, "; "),
            place and place.name, place and place.country, place and place.lat, place and place.lon,
            len(one.reports), one.independent, one.reports[0].page, one.reports[0].published,
            "; ".join(dict.fromkeys(report.page for report in one.reports)),
            "; ".join(map(tell_figure, one.values)), "; ".join(f"{c.kind}: {c.note}" for c in one.conflicts),
        )  # fmt: skip


COMMITMENT_COLUMNS = ("id", "state", "kind", "by", "by_code", "text", "due", "page", "published", "evidence")


def commitment_rows(commitments: Iterable[FollowedCommitment]) -> Iterable[tuple[object, ...]]:
    """Return a row for each commitment, its evidence joined by semicolons."""
    for one in commitments:
        yield (
            one.id, one.state, one.kind, one.by and one.by.name, one.by and one.by.cameo,
            " ".join(one.text.split()), one.due, one.page, one.published,
            "; ".join(f"{s.published or ''} {s.page} {s.event} {s.says}: {s.note}" for s in one.evidence),
        )  # fmt: skip
