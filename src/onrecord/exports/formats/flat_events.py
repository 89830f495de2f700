"""The flat table of events: one row an event, names and codes instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from onrecord.exports.formats.rows import Row, hash_text
from onrecord.ontology import load_codes
from onrecord.records import Actor

JOINT = "; "
"""Between several values of one cell."""


@cache
def cameo_names() -> dict[str, str]:
    """Return the name of each CAMEO code."""
    return {row.code: row.name for row in load_codes().values()}


@dataclass(frozen=True, slots=True)
class FlatEvent:
    """The columns of the flat table, in order."""

    page: str
    event: str
    url: str | None
    publisher: str | None
    published: str | None
    event_date: str | None
    dated_by: str | None
    start_date: str | None
    end_date: str | None
    act_type: str
    act_mode: str | None
    status: str
    plover_type: str | None
    plover_mode: str | None
    plover_contexts: str
    cameo: str | None
    cameo_name: str | None
    quad: int | None
    goldstein: float | None
    source_names: str
    source_codes: str
    source_countries: str
    source_sectors: str
    target_names: str
    target_codes: str
    target_countries: str
    target_sectors: str
    place: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    place_precision: str | None
    placed_by: str | None
    dead: int | None
    injured: int | None
    quantities: str
    said_by: str | None
    rule: str
    confidence: float
    span_start: int
    span_end: int
    quote: str
    quote_sha256: str
    coder: str
    model: str
    codebook: str


FLAT_COLUMNS = tuple(column.name for column in fields(FlatEvent))


def flatten_rows(rows: Iterable[Row], text: bool = True) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each event in the order of FLAT_COLUMNS; `text` False leaves the quotes out."""
    for row in rows:
        flat = flatten_row(row, text)
        yield tuple(getattr(flat, name) for name in FLAT_COLUMNS)


def flatten_row(row: Row, text: bool = True) -> FlatEvent:
    """Return one event as the flat table has it."""
    page, event, coder = row.record.page, row.event, row.record.coder
    place, plover = row.place, row.event.plover
    return FlatEvent(
        page=page.id,
        event=event.id,
        url=page.url,
        publisher=page.publisher,
        published=page.published,
        event_date=row.day,
        dated_by=row.dated_by,
        start_date=event.start_date,
        end_date=event.end_date,
        act_type=event.act.type,
        act_mode=event.act.mode,
        status=event.status,
        plover_type=plover.type if plover else None,
        plover_mode=plover.mode if plover else None,
        plover_contexts=JOINT.join(plover.contexts) if plover else "",
        cameo=event.cameo,
        cameo_name=cameo_names().get(event.cameo or ""),
        quad=event.quad,
        goldstein=event.goldstein,
        source_names=_join(row.sources, "name"),
        source_codes=_join(row.sources, "cameo"),
        source_countries=_join(row.sources, "country"),
        source_sectors=_join(row.sources, "sector"),
        target_names=_join(row.targets, "name"),
        target_codes=_join(row.targets, "cameo"),
        target_countries=_join(row.targets, "country"),
        target_sectors=_join(row.targets, "sector"),
        place=place.name if place else None,
        place_country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        geonames=place.geonames if place else None,
        place_precision=place.precision if place else None,
        placed_by=event.placed_by,
        dead=event.dead,
        injured=event.injured,
        quantities=JOINT.join(f"{_figure(q.value)} {q.of or q.unit or ''}".strip() for q in row.quantities),
        said_by=row.speaker.name if row.speaker else None,
        rule=event.rule,
        confidence=event.confidence,
        span_start=event.span[0],
        span_end=event.span[1],
        quote=row.quote if text else "",
        quote_sha256=hash_text(page.text[event.span[0] : event.span[1]]),
        coder=coder.version,
        model=coder.model,
        codebook=coder.codebook,
    )


def _join(actors: Iterable[Actor], field: str) -> str:
    return JOINT.join(getattr(actor, field) or "" for actor in actors).strip("; ")


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
