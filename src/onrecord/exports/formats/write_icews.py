"""ICEWS (20 columns), POLECAT (40 columns) and PLOVER JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.exports.formats.cells import write_tabbed
from onrecord.exports.formats.country_codes import codes_of, country_name
from onrecord.exports.formats.flat_events import cameo_names
from onrecord.exports.formats.rows import (
    Order,
    Row,
    hash_text,
    need_cameo,
    need_day,
    need_plover,
    note_days,
    number_of,
    select_rows,
    sentence_number,
)
from onrecord.records import Actor, Place, Record

ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
QUAD_NAMES = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
RESOLUTIONS = {"point": 5, "city": 4, "region": 2, "country": 1}
"""Mordecai's levels, which PLOVER records take over."""


def write_icews(order: Order) -> int:
    """Write a row for each source and target of an event with a CAMEO code, as ICEWS has directed dyads."""
    rows = note_days(order, select_rows(order, need_cameo, need_day, _need_side))
    return write_tabbed(order.target, ICEWS_COLUMNS, (cells for row in rows for cells in _icews_rows(row)))


def _need_side(row: Row) -> str | None:
    return None if row.sources or row.targets else "events with neither source nor target"


def _icews_rows(row: Row) -> Iterator[tuple[Any, ...]]:
    event, page = row.event, row.record.page
    for source in row.sources or (None,):
        for other in row.targets or (None,):
            yield (
                number_of(row.key), (row.day or "")[:10], *_icews_actor(source),
                cameo_names().get(event.cameo or "", ""), event.cameo, event.goldstein, *_icews_actor(other),
                number_of(page.id), sentence_number(row), page.publisher or "", *_icews_place(row.place),
            )  # fmt: skip


def _icews_actor(actor: Actor | None) -> tuple[str, str, str]:
    return (actor.name, actor.sector or "", country_name(actor.country)) if actor else ("", "", "")


def _icews_place(place: Place | None) -> tuple[Any, ...]:
    """Return city, district, province, country, latitude and longitude."""
    if place is None:
        return ("",) * 6
    city = place.name if place.precision in ("city", "point") else ""
    province = place.name if place.precision == "region" and place.country else ""
    return (city, "", province, country_name(place.country), place.lat, place.lon)


def write_polecat(order: Order) -> int:
    """Write events that have a PLOVER type in the columns of POLECAT; what is not known is `None`."""
    rows = note_days(order, select_rows(order, need_plover, need_day))
    cells = ([_or_none(value) for value in _polecat_row(row, order.text)] for row in rows)
    return write_tabbed(order.target, POLECAT_COLUMNS, cells)


def _or_none(value: Any) -> Any:
    return "None" if value in (None, "") else value


def _polecat_row(row: Row, text: bool) -> tuple[Any, ...]:
    event, page, place = row.event, row.record.page, row.place
    plover = event.plover
    assert plover is not None
    city, _, province, _, lat, lon = _icews_place(place)
    return (
        row.key, (row.day or "")[:10], plover.type, plover.mode, event.goldstein,
        QUAD_NAMES.get(event.quad or 0), "|".join(plover.contexts),
        *_polecat_actor(row.record, row.sources, text), *_polecat_actor(row.record, row.targets, text),
        place.name if place else None, city, None, province, place.country if place else None, lat, lon,
        place.geonames if place else None, _raw(row.record, place, text), place.feature if place else None,
        page.publisher, page.published, _story(row.record, "person"), _story(row.record, "organization"),
        "; ".join(p.name for p in row.record.places), page.language, row.version,
    )  # fmt: skip


def _polecat_actor(record: Record, actors: tuple[Actor, ...], text: bool) -> tuple[Any, ...]:
    cows = [codes.cow for actor in actors if (codes := codes_of(actor.country)) and codes.cow]
    sectors = [actor.sector for actor in actors if actor.sector]
    return (
        "; ".join(a.name for a in actors),
        "; ".join(a.country for a in actors if a.country),
        "; ".join(cows),
        sectors[0] if sectors else None,
        "; ".join(sectors),
        "; ".join(a.role for a in actors if a.role),
        "; ".join(_raw(record, a, text) or "" for a in actors).strip("; "),
        "; ".join(a.wikidata for a in actors if a.wikidata),
    )


def _raw(record: Record, item: Actor | Place | None, text: bool) -> str | None:
    """Return the first words of the page that name an actor or a place."""
    if item is None or not item.mentions or not text:
        return None
    start, end = item.mentions[0]
    return record.page.text[start:end]


def _story(record: Record, kind: str) -> str:
    return "; ".join(actor.name for actor in record.actors if actor.type == kind)


def write_plover(order: Order) -> int:
    """Write events that have a PLOVER type as PLOVER JSON, one object a line (manual, Data Fields)."""
    count = 0
    with order.target.open("w", encoding="utf-8") as file:
        for row in select_rows(order, need_plover, need_day):
            file.write(json.dumps(_plover_object(row, order.text), ensure_ascii=False) + "\n")
            count += 1
    return count


def _plover_object(row: Row, text: bool) -> dict[str, Any]:
    event, page = row.event, row.record.page
    plover = event.plover
    assert plover is not None
    trigger = page.text[event.trigger[0] : event.trigger[1]]
    plain = {
        "id": row.key,
        "has_event": True,
        "date": (row.day or "")[:10],
        "enddate": event.end_date,
        "dated_by": row.dated_by,
        "actor": _plover_actors(row.record, row.sources, text),
        "recipient": _plover_actors(row.record, row.targets, text),
        "event": [plover.type],
        "mode": [plover.mode] if plover.mode else [],
        "context": list(plover.contexts),
        "status": event.status,
        "quad_code": event.quad,
        "event_scale": event.goldstein,
        "event_text": [trigger] if text else [],
        "event_loc": _plover_place(row, text),
        "size": {"dead": event.dead, "injured": event.injured},
        "text": row.quote if text else None,
        "text_info": {
            "sequence": sentence_number(row), "start": event.span[0], "end": event.span[1],
            "sha256": hash_text(page.text[event.span[0] : event.span[1]]),
        },
        "cite_info": {
            "url": page.url, "title": page.title if text else None, "language": page.language,
            "publication": page.publisher, "coder": f"onrecord {row.record.coder.version}",
            "codebook": row.record.coder.codebook, "version": row.record.coder.model,
        },
        "coder": row.version,
    }  # fmt: skip
    return {key: value for key, value in plain.items() if value not in (None, {}, "")}


def _plover_actors(record: Record, actors: Iterable[Actor], text: bool) -> list[dict[str, Any]]:
    found = [
        {
            "code": actor.country, "sector": actor.sector, "entity_text": _raw(record, actor, text),
            "identifier_id": actor.wikidata, "identifier_text": actor.name, "office": actor.role,
        }
        for actor in actors
    ]  # fmt: skip
    return [{key: value for key, value in one.items() if value} for one in found]


def _plover_place(row: Row, text: bool) -> dict[str, Any]:
    place = row.place
    if place is None:
        return {}
    city, _, province, country, lat, lon = _icews_place(place)
    plain = {
        "extracted_place": _raw(row.record, place, text), "resolved_place": place.name,
        "geonameid": place.geonames, "lat": lat, "lon": lon, "city": city, "province": province,
        "country": country, "country_code": place.country, "feature_code": place.feature,
        "resolution": RESOLUTIONS.get(place.precision),
    }  # fmt: skip
    return {key: value for key, value in plain.items() if value not in (None, "")}
