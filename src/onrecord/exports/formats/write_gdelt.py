"""GDELT 2.0 events (61 columns) and mentions (16 columns), tab-separated, without header or quoting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from onrecord.exports.formats.cells import write_tabbed
from onrecord.exports.formats.country_codes import codes_of, country_name
from onrecord.exports.formats.rows import (
    Order,
    Row,
    need_cameo,
    need_day,
    note_days,
    number_of,
    select_rows,
    sentence_number,
)
from onrecord.records import Actor, Place

ACTOR_WIDTH = 10
GEO_TYPES = {"country": 1, "region": 5, "city": 4, "point": 4}
US_TYPES = {"region": 2, "city": 3, "point": 3}
NO_GEO: tuple[Any, ...] = (0, "", "", "", "", "", "", "")


def write_gdelt_events(order: Order) -> int:
    """Write events that have a CAMEO code in the columns of GDELT 2.0 events.

    Ids are numbers made from page and event; NumMentions, NumSources and NumArticles are 1, because
    a row is one report; AvgTone is 0.0, which onrecord does not measure.
    """
    return write_tabbed(order.target, None, (_event_row(row) for row in _coded_rows(order)))


def write_gdelt_mentions(order: Order) -> int:
    """Write a mention for each event in the columns of GDELT 2.0 mentions."""
    return write_tabbed(order.target, None, (_mention_row(row) for row in _coded_rows(order)))


def _coded_rows(order: Order) -> Iterator[Row]:
    return note_days(order, select_rows(order, need_cameo, need_day))


def _event_row(row: Row) -> tuple[Any, ...]:
    event = row.event
    day = date.fromisoformat((row.day or "")[:10])
    code = event.cameo or ""
    place = _geo(row.place)
    return (
        number_of(row.key),
        f"{day:%Y%m%d}",
        f"{day:%Y%m}",
        day.year,
        f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        *_actor(row.sources),
        *_actor(row.targets),
        int(sentence_number(row) <= 2),
        code,
        code[:3],
        code[:2],
        event.quad,
        event.goldstein,
        1,
        1,
        1,
        0.0,
        *NO_GEO,
        *NO_GEO,
        *place,
        _stamp(row),
        row.record.page.url or row.record.page.source or "",
    )


def _actor(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    """Return the ten columns of an actor: code, name, country, group, ethnic, two religions, three roles."""
    if not actors:
        return ("",) * ACTOR_WIDTH
    actor = actors[0]
    known = codes_of(actor.country)
    roles = _roles(actor.cameo or "", actor.country or "")
    return (
        actor.cameo or "", actor.name.upper(), known.gdelt if known else "", "", "", "", "", *roles
    )  # fmt: skip


def _roles(cameo: str, country: str) -> tuple[str, str, str]:
    rest = cameo[3:] if country and cameo[:3] == country else cameo
    found = [rest[at : at + 3] for at in range(0, min(len(rest), 9), 3)]
    first, second, third = (*found, "", "", "")[:3]
    return first, second, third


def _geo(place: Place | None) -> tuple[Any, ...]:
    if place is None or place.lat is None:
        return NO_GEO
    codes = codes_of(place.country)
    types = US_TYPES if place.country == "USA" and place.precision in US_TYPES else GEO_TYPES
    country = country_name(place.country)
    name = place.name if place.precision == "country" or not country else f"{place.name}, {country}"
    fips = codes.fips if codes else ""
    return (types.get(place.precision, 0), name, fips, fips, "", place.lat, place.lon, place.geonames or "")


def _stamp(row: Row) -> str:
    """Return the day of publication as GDELT writes the moment of adding; midnight, as no hour is known."""
    return (row.record.page.published or row.day or "").replace("-", "")[:8] + "000000"


def _mention_row(row: Row) -> tuple[Any, ...]:
    page = row.record.page
    return (
        number_of(row.key),
        _stamp(row),
        _stamp(row),
        1,
        page.publisher or "",
        page.url or page.source or "",
        sentence_number(row),
        _offset(row.sources),
        _offset(row.targets),
        row.event.trigger[0],
        1,
        max(10, min(100, round(row.event.confidence * 10) * 10)),
        len(page.text),
        0.0,
        "",
        row.version,
    )


def _offset(actors: tuple[Actor, ...]) -> int:
    return actors[0].mentions[0][0] if actors and actors[0].mentions else -1
