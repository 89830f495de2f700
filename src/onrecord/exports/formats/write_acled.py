"""Rows in the columns of ACLED and of UCDP GED, for events of political violence and protest.

They look like those data sets and are not them: nobody has checked a row by hand, one report gives
one row, and what the text does not say stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.exports.formats.cells import write_delimited
from onrecord.exports.formats.country_codes import codes_of, country_name
from onrecord.exports.formats.rows import Order, Row, need_day, note_days, number_of, select_rows
from onrecord.lexicons import load
from onrecord.records import Actor

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
HAPPENED = ("actual", "ongoing")
STATE_FORCES = ("MIL", "COP", "GOV", "SPY")
ARMED = (*STATE_FORCES, "REB", "PRM", "UAF", "CRM")
INTER = {
    "MIL": "State forces", "COP": "State forces", "GOV": "State forces", "SPY": "State forces",
    "REB": "Rebel group", "PRM": "Political militia", "UAF": "Political militia", "CRM": "Political militia",
}  # fmt: skip
GEO_PRECISION = {"point": 1, "city": 1, "region": 3, "country": 3}
WHERE_PRECISION = {"point": 1, "city": 1, "region": 4, "country": 6}


@dataclass(frozen=True, slots=True)
class AcledType:
    """The ACLED event type of an act; mode `*` stands for every other mode of the type."""

    type: str
    mode: str
    event_type: str
    sub_event_type: str
    disorder_type: str
    source: str


def write_acled(order: Order) -> int:
    """Write what happened of armed violence, protest and strategic moves in the columns of ACLED."""
    rows = note_days(order, select_rows(order, _need_acled_type, _need_happened, need_day))
    return write_delimited(order.target, ACLED_COLUMNS, _acled_rows(rows, order.text))


def _acled_rows(rows: Iterable[Row], text: bool) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        kind = _acled_type(row)
        assert kind is not None  # those without one are left out
        yield _acled_row(row, kind, text)


def _need_acled_type(row: Row) -> str | None:
    if _acled_type(row) is not None:
        return None
    return f"events of a type that ACLED does not cover: {row.event.act.type}"


def _need_happened(row: Row) -> str | None:
    """Return why an event is left out of data sets of what happened: its status says that it did not."""
    if row.event.status in HAPPENED:
        return None
    return f"events not reported as having happened: status {row.event.status}"


def _acled_type(row: Row) -> AcledType | None:
    """Return the ACLED type of an event, or None; two armed sides make an assault a battle."""
    act = row.event.act
    table = {(entry.type, entry.mode): entry for entry in load("acled_types", AcledType)}
    kind = table.get((act.type, act.mode or "*")) or table.get((act.type, "*"))
    if act.type == "ASSAULT" and _is_armed(row.sources) and _is_armed(row.targets):
        return table.get(("ASSAULT", "armed-clash"), kind)
    return kind


def _is_armed(actors: tuple[Actor, ...]) -> bool:
    return any(actor.sector in ARMED for actor in actors)


def _acled_row(row: Row, kind: AcledType, text: bool) -> tuple[Any, ...]:
    event, page, place = row.event, row.record.page, row.place
    codes = codes_of(place.country) if place else None
    first, second = _inter(row.sources, kind), _inter(row.targets, kind)
    unarmed = kind.event_type != "Battles" and second == "Civilians"
    return (
        f"{place.country if place and place.country else 'XXX'}{number_of(row.key) % 10**9}",
        (row.day or "")[:10], (row.day or "")[:4], _time_precision(row), kind.disorder_type, kind.event_type,
        kind.sub_event_type, _first(row.sources), _others(row.sources), first, _first(row.targets),
        _others(row.targets), second, _interaction(first, second),
        "Civilian targeting" if unarmed else "", "", codes.acled_region if codes else "",
        country_name(place.country) if place else "",
        place.name if place and place.precision == "region" else "", "", "",
        place.name if place else "", place.lat if place else "", place.lon if place else "",
        GEO_PRECISION.get(place.precision, "") if place else "", page.publisher or page.url or "", "",
        row.quote if text else "", event.dead or 0, "", "",
    )  # fmt: skip


def _inter(actors: tuple[Actor, ...], kind: AcledType) -> str:
    if not actors:
        return ""
    if kind.event_type in ("Protests", "Riots") and actors[0].sector in (None, "CVL", "LAB", "EDU", "OPP"):
        return "Protesters" if kind.event_type == "Protests" else "Rioters"
    return INTER.get(actors[0].sector or "", "Civilians" if actors[0].sector else "")


def _interaction(first: str, second: str) -> str:
    sides = [side for side in (first, second) if side]
    return f"{sides[0]} only" if len(sides) == 1 else "-".join(sides)


def _first(actors: tuple[Actor, ...]) -> str:
    return actors[0].name if actors else ""


def _others(actors: tuple[Actor, ...]) -> str:
    return "; ".join(actor.name for actor in actors[1:])


def _days(row: Row) -> int:
    """Return how many days the date of an event leaves open."""
    start, end = row.event.start_date, row.event.end_date
    if not start:
        return 7
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days if end else 0


def _time_precision(row: Row) -> int:
    return 1 if _days(row) == 0 else 2 if _days(row) <= 7 else 3


def write_ucdp(order: Order) -> int:
    """Write assaults with at least one death in the columns of UCDP GED."""
    rows = note_days(order, select_rows(order, _need_deaths, _need_happened, need_day))
    return write_delimited(order.target, UCDP_COLUMNS, (_ucdp_row(row, order.text) for row in rows))


def _need_deaths(row: Row) -> str | None:
    if row.event.act.type != "ASSAULT":
        return f"events that are not an assault: {row.event.act.type}"
    return None if row.event.dead else "assaults without a number of deaths"


def _ucdp_row(row: Row, text: bool) -> tuple[Any, ...]:
    event, page, place = row.event, row.record.page, row.place
    codes = codes_of(place.country) if place else None
    start, end = _bounds(row)
    side_a, side_b = _first(row.sources), _first(row.targets)
    civilian = not _is_armed(row.targets)
    low, high = _death_bounds(row)
    point = place is not None and place.lat is not None
    return (
        number_of(row.key), row.key, start[:4], "", "Check: machine coded", _violence(row), "", "", "", "",
        "",
        f"{side_a} - {side_b}" if side_a and side_b else "", "", "", side_a, "", "",
        "Civilians" if civilian and not side_b else side_b, 1, page.url or page.source or "",
        page.publisher or "", page.published or "", page.title if text else "",
        row.speaker.name if row.speaker else "", WHERE_PRECISION.get(place.precision, "") if place else "",
        place.name if place else "", "", place.name if place and place.precision == "region" else "", "",
        place.lat if place else "", place.lon if place else "",
        f"POINT ({place.lon} {place.lat})" if place is not None and point else "", "",
        country_name(place.country) if place else "", codes.gw if codes else "",
        codes.ucdp_region if codes else "", 2, _date_precision(row), f"{start} 00:00:00.000",
        f"{end} 00:00:00.000", 0, 0, event.dead if civilian else 0, 0 if civilian else event.dead,
        event.dead, high, low, _state_number(row.sources), _state_number(row.targets),
    )  # fmt: skip


def _violence(row: Row) -> int:
    """Return 1 for a state against an armed side, 2 for two others, 3 for violence against the unarmed."""
    if not _is_armed(row.targets):
        return 3
    sectors = {actor.sector for actor in (*row.sources, *row.targets)}
    return 1 if sectors & set(STATE_FORCES) else 2


def _bounds(row: Row) -> tuple[str, str]:
    start = (row.event.start_date or row.day or "")[:10]
    return start, (row.event.end_date or start)[:10]


def _date_precision(row: Row) -> int:
    days = _days(row)
    return 1 if days == 0 else 2 if days < 6 else 3 if days <= 7 else 4 if days <= 31 else 5


def _death_bounds(row: Row) -> tuple[int, int]:
    dead = row.event.dead or 0
    same = [q for q in row.quantities if q.value is not None and int(q.value) == dead]
    low = min((int(q.low) for q in same if q.low is not None), default=dead)
    high = max((int(q.high) for q in same if q.high is not None), default=dead)
    return min(low, dead), max(high, dead)


def _state_number(actors: tuple[Actor, ...]) -> str:
    codes = codes_of(actors[0].country) if actors and actors[0].sector in STATE_FORCES else None
    return codes.gw if codes else ""
