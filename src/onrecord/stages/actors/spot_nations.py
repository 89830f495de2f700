from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.countries import load_countries
from onrecord.lexicons.gazetteer import fold_name, open_gazetteer
from onrecord.records import Sentence
from onrecord.stages.actors.find_units import NATION, Unit
from onrecord.words import Doc

TOWN = 20_000
"""Inhabitants from which on a place that no list has is taken for the one that news means."""
SENSES = 6
DASHES = ("-", "–", "—", "--", ":", "(", "―")
"""One of these follows the place of a dateline."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a story names a country, or what lies in it or leads it."""

    code: str
    kind: str
    """country, adjective, capital, palace, demonym, region, person, organization or town."""
    number: int
    """Which sentence of the story, from 0."""
    doc: Doc
    start: int
    end: int
    is_dateline: bool = False


def spot_nations(sentences: Iterable[Sentence], units: Mapping[int, dict[int, Unit]]) -> tuple[Spot, ...]:
    """Return where sentences name countries, in text order; `units` by the id of their Doc and by token."""
    found: list[Spot] = []
    named: set[str | None] = set()
    for number, sentence in enumerate(sentences):
        doc = sentence.tokens.doc
        tokens = range(sentence.tokens.start, sentence.tokens.end)
        inside = dict.fromkeys(unit for i in tokens if (unit := units[id(doc)].get(i)) is not None)
        for unit in inside:
            code = nation_of(doc, unit, named)
            if code is not None:
                named.add(code)
                kind = "town" if unit.kind == "place" else unit.kind
                first = unit.start - sentence.tokens.start
                found.append(
                    Spot(code, kind, number, doc, unit.start, unit.end, _is_dateline(doc, unit, first))
                )
    return tuple(found)


def nation_of(doc: Doc, unit: Unit, named: Container[str | None] = ()) -> str | None:
    """Return the country that a name says by itself, that it lies in, or that its bearer leads."""
    if unit.kind == "place":
        return _country_of_town(doc[unit.start : unit.end].text, named)
    return unit.home or None


def _country_of_town(name: str, named: Container[str | None]) -> str | None:
    """Return the country of a place: one that the story names, else that of the largest of its name."""
    senses = open_gazetteer().find(fold_name(name))[:SENSES]
    codes = [codes_by_alpha2().get(sense.country) for sense in senses]
    likely = [code for code in codes if code in named]
    large = [code for code, sense in zip(codes, senses, strict=True) if sense.population >= TOWN]
    return next(iter(likely + large[:1]), None)


@cache
def codes_by_alpha2() -> dict[str, str]:
    """Return the alpha-3 code of each country under its alpha-2 code."""
    return {country.alpha2: country.alpha3 for country in load_countries()}


def _is_dateline(doc: Doc, unit: Unit, first: int) -> bool:
    """Return whether a name opens a line as the place that it is reported from: `LIMA, Peru –`."""
    if first > 3 or unit.kind not in (*NATION, "place"):
        return False
    return any(word.text in DASHES for word in doc.words[unit.end : unit.end + 5])
