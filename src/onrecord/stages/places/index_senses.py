from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from onrecord.lexicons import load
from onrecord.lexicons.countries import load_countries
from onrecord.lexicons.gazetteer import Entry, fold_name, open_gazetteer
from onrecord.lexicons.words import words_by_kind

SEAT = 8.3
"""The prior of a capital that shares its name with a division: Washington means the city first."""
CITY_SIZE = 15_000
"""From so many inhabitants a name is likelier to mean the city than a district of that name."""


@dataclass(frozen=True, slots=True)
class PointRow:
    alpha3: str
    lat: float
    lon: float
    source: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    country: str | None
    feature: str
    precision: str
    source: str


@dataclass(frozen=True, slots=True)
class DivisionRow:
    name: str
    postal: str
    short: tuple[str, ...]
    country: str
    admin: str
    source: str


@dataclass(frozen=True, slots=True)
class PublisherRow:
    host: str
    place: str
    admin: str
    country: str
    """ISO 3166-1 alpha-2."""
    source: str


@dataclass(frozen=True, slots=True)
class Sense:
    """One place that a name may mean, with what it weighs before any context."""

    name: str
    lat: float
    lon: float
    country: str | None
    """ISO 3166-1 alpha-3."""
    admin: str
    population: int
    feature: str
    geonames: int | None
    precision: str
    prior: float
    rule: str


@cache
def place_words(kind: str) -> frozenset[str]:
    """Return the words of a kind that places are spotted by."""
    return words_by_kind("place_words")[kind]


@cache
def country_codes() -> dict[str, str]:
    """Return alpha-3 codes by alpha-2 code."""
    return {row.alpha2: row.alpha3 for row in load_countries() if row.alpha2}


@cache
def publisher_senses() -> dict[str, Sense]:
    """Return the place where each listed publisher sits, by its host name."""
    found: dict[str, Sense] = {}
    for row in load("publishers", PublisherRow):
        country = country_codes().get(row.country)
        for sense in senses_of(fold_name(row.place)):
            if (sense.country, sense.admin, sense.precision) == (country, row.admin, "city"):
                found[row.host] = sense
                break
    return found


@cache
def known_senses() -> dict[str, tuple[Sense, ...]]:
    """Return the senses of countries and of hand-listed places by folded name."""
    found: dict[str, list[Sense]] = {}
    for sense, names in (*_country_senses(), *_listed_senses()):
        for name in names:
            found.setdefault(fold_name(name), []).append(sense)
    return {key: tuple(senses) for key, senses in found.items()}


@cache
def country_senses() -> dict[str, Sense]:
    """Return the sense of each country by its alpha-3 code."""
    return {sense.country: sense for sense, _ in _country_senses() if sense.country}


@cache
def adjective_senses() -> dict[str, Sense]:
    """Return the country that each adjective belongs to, by the adjective as written."""
    senses = country_senses()
    return {
        adjective: senses[row.alpha3]
        for row in load_countries()
        if row.alpha3 in senses and not row.successor
        for adjective in row.adjectives
        if not adjective.isupper()
    }


def _country_senses() -> list[tuple[Sense, tuple[str, ...]]]:
    points = {row.alpha3: row for row in load("country_points", PointRow)}
    found = []
    for row in load_countries():
        if row.alpha3 not in points or row.successor:
            continue
        point = points[row.alpha3]
        sense = Sense(
            row.name, point.lat, point.lon, row.alpha3, "", 0, "PCLI", None, "country", 9.0, "country"
        )
        found.append((sense, (row.name, *row.aliases)))
    return found


def _listed_senses() -> list[tuple[Sense, tuple[str, ...]]]:
    admins = {(row.name, row.country): row.admin for row in load("divisions", DivisionRow)}
    return [
        (
            Sense(
                row.name,
                row.lat,
                row.lon,
                row.country,
                admins.get((row.name, row.country or ""), ""),
                0,
                row.feature,
                None,
                row.precision,
                8.0,
                "listed place",
            ),
            (row.name, *row.aliases),
        )
        for row in load("places", PlaceRow)
    ]


@cache
def short_divisions() -> dict[str, Sense]:
    """Return the sense of each abbreviated state or province, by the abbreviation as written."""
    found: dict[str, Sense] = {}
    for row in load("divisions", DivisionRow):
        for sense in senses_of(fold_name(row.name)):
            if sense.country == row.country and sense.feature in ("ADM1", "PPLC"):
                for short in (
                    row.postal,
                    *row.short,
                    *(s.rstrip(".") for s in row.short if s.count(".") == 1),
                ):
                    found.setdefault(short, replace(sense, admin=row.admin))
                break
    return found


@cache
def _cached_senses(key: str) -> tuple[Sense, ...]:
    listed = known_senses().get(key, ())
    entries = open_gazetteer().find(key)
    if not entries and key.startswith(("al ", "el ", "ar ", "as ")):
        entries = open_gazetteer().find(key[3:])
    codes = {(entry.feature, country_codes().get(entry.country)): entry.admin for entry in entries}
    found = [
        replace(s, admin=codes.get((s.feature, s.country), "")) if s.feature == "ADM1" and not s.admin else s
        for s in listed
    ]
    taken = {(s.country, s.feature) for s in listed}
    for entry in entries:
        country = country_codes().get(entry.country)
        if (country, entry.feature) in taken or ((country, "PCLI") in taken and entry.feature == "ADM1"):
            continue
        found.append(_weigh_entry(entry, country, entries))
    return tuple(sorted(found, key=lambda s: -s.prior)[:60])


def senses_of(key: str) -> tuple[Sense, ...]:
    """Return the places that a folded name may mean, the likeliest first."""
    return _cached_senses(key)


def _weigh_entry(entry: Entry, country: str | None, entries: tuple[Entry, ...]) -> Sense:
    prior = len(str(entry.population)) - 1 + _lead(entry.population)
    if entry.feature in ("ADM1", "ADM2"):
        precision = "region"
        cities = [e for e in entries if e.feature.startswith("PPL") and e.country == entry.country]
        big = any(e.population >= CITY_SIZE and e.population * 60 > entry.population for e in cities)
        prior -= 2.5 if big and country != "USA" else 1.0 if big else 0.0
        if entry.feature == "ADM1" and country in ("USA", "CAN", "AUS"):
            prior = 8.0
    elif entry.feature == "AIRP":
        precision, prior = "point", 4.0
    else:
        precision = "city"
        prior += 1.0 if entry.feature == "PPLC" else 0.0
        if entry.feature == "PPLC" and any(e.feature == "ADM1" for e in entries):
            prior = max(prior, SEAT)
    if not entry.primary:
        prior -= 1.0
    return Sense(
        entry.name, entry.lat, entry.lon, country, entry.admin, entry.population, entry.feature,
        entry.geonames, precision, prior, "gazetteer",
    )  # fmt: skip


def _lead(population: int) -> float:
    """Return how far a population is into its decade, 0 to 1."""
    return int(str(population)[:2].ljust(2, "0")) / 100 if population else 0.0
