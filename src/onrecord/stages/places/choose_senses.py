from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from onrecord.lexicons.gazetteer import fold_name
from onrecord.stages.places.index_senses import Sense, country_codes, place_words, publisher_senses
from onrecord.stages.places.spot_toponyms import Toponym

ROUNDS = 3
NEAR = 2.0
"""Degrees within which two places are taken to belong together."""
ANCHORS = 12
HOME = 1.0
"""What the division of a listed publisher weighs, in mentions."""
NAMESAKE = 3.0
"""What a town of a country's name loses: Russia is seldom the one in Ohio."""
BY_ANOTHER_NAME = 3.0
"""What a place loses whose own name is another one, where a better known one of its country bears the name:
"Tehran" in a report from the province of Isfahan is not the town of Tiran there."""
NEIGHBOUR = 4.0
"""What a place next to the publisher gains; nothing from two degrees away."""


@dataclass(slots=True)
class Name:
    """All mentions of one name on a page: they mean one place."""

    key: str
    toponyms: list[Toponym] = field(default_factory=list)
    chosen: Sense | None = None
    sure: bool = False
    within: tuple[Sense, ...] = ()

    @property
    def weight(self) -> float:
        """What the chosen sense says about the rest of the page: little unless it is sure."""
        is_sure = self.sure and (bool(self.within) or self.chosen is self.toponyms[0].senses[0])
        return math.sqrt(len(self.toponyms)) * (1.0 if is_sure else 0.4)


def choose_senses(names: list[Name], home: Home, settled: list[Name] | None = None) -> None:
    """Choose for each name the place that it means, in the light of the other names of the page."""
    for name in names:
        name.within = next((t.within for t in name.toponyms if t.within), ())
        _choose_first(name)
    everything = [*(settled or ()), *names]
    for _ in range(ROUNDS):
        context = Context(everything, home)
        for name in names:
            if name.toponyms[0].senses:
                name.chosen = max(name.toponyms[0].senses, key=lambda s: _score(s, name, context))


def _choose_first(name: Name) -> None:
    senses = name.toponyms[0].senses
    if not senses:
        return
    fitting = [s for s in senses if any(lies_inside(s, w) for w in name.within)]
    name.chosen = fitting[0] if fitting else senses[0]
    second = senses[1].prior if len(senses) > 1 else 0.0
    name.sure = bool(fitting) or senses[0].prior - second > 1.5 or senses[0].prior >= 7.0


class Context:
    """What the chosen places of a page say about the others."""

    def __init__(self, names: list[Name], home: Home) -> None:
        self.countries: Counter[str] = Counter()
        self.divisions: Counter[tuple[str, str]] = Counter()
        self.anchors: list[tuple[str, float, float, float]] = []
        for name in names:
            sense = name.chosen
            if sense is None:
                continue
            weight = name.weight
            if sense.country:
                self.countries[sense.country] += weight  # type: ignore[assignment]
                if sense.admin:
                    self.divisions[sense.country, sense.admin] += weight  # type: ignore[assignment]
            if sense.precision in ("city", "point") or sense.feature == "ADM2":
                self.anchors.append((name.key, sense.lat, sense.lon, weight))
        self.home = home.place
        if home.country:
            self.countries[home.country] += 1.0  # type: ignore[assignment]
        if home.place:
            self.divisions[home.place.country or "", home.place.admin] += HOME  # type: ignore[assignment]
        self.total = sum(self.countries.values()) or 1.0
        self.anchors = sorted(self.anchors, key=lambda a: -a[3])[:ANCHORS]


def _score(sense: Sense, name: Name, context: Context) -> float:
    score = sense.prior
    if context.home and sense.precision != "country":
        score += NEIGHBOUR * max(
            0.0, 1.0 - (abs(context.home.lat - sense.lat) + abs(context.home.lon - sense.lon)) / NEAR
        )
    if sense.rule == "gazetteer" and name.toponyms[0].senses[0].rule == "country":
        score -= NAMESAKE
    if _is_renamed(sense, name):
        score -= BY_ANOTHER_NAME
    if name.within:
        score += 12.0 if any(lies_inside(sense, w) for w in name.within) else 0.0
    own = name.weight
    mine = name.chosen
    if sense.country:
        weight = context.countries[sense.country] - (own if mine and mine.country == sense.country else 0)
        score += 2.5 * weight / context.total + (0.5 if weight > 0 else 0)
        if sense.admin:
            key = (sense.country, sense.admin)
            weight = context.divisions[key] - (own if mine and (mine.country, mine.admin) == key else 0)
            score += min(3.0, 1.5 * weight) if weight > 0.1 else 0.0
    if sense.precision in ("city", "point") or sense.feature == "ADM2":
        near = 0.0
        for anchor, lat, lon, weight in context.anchors:
            if anchor != name.key and abs(lat - sense.lat) < NEAR and abs(lon - sense.lon) < NEAR:
                near += weight * (1.0 - (abs(lat - sense.lat) + abs(lon - sense.lon)) / (2 * NEAR))
        score += min(3.0, 1.5 * near)
    return score


def _is_renamed(sense: Sense, name: Name) -> bool:
    """Return whether a sense has another name, and the best known place of its country has this one."""
    best = name.toponyms[0].senses[0]
    is_own = best.country == sense.country and best.precision == "city" and fold_name(best.name) == name.key
    return is_own and fold_name(sense.name) != name.key


def lies_inside(inner: Sense, outer: Sense) -> bool:
    """Return whether one place lies in another, as far as codes and coordinates tell."""
    if inner.country is None or inner.country != outer.country:
        return False
    if outer.precision == "country":
        return inner.precision != "country"
    if outer.feature == "ADM1" and outer.admin:
        return inner.admin == outer.admin and inner.feature != "ADM1"
    near = abs(inner.lat - outer.lat) + abs(inner.lon - outer.lon) < 4
    return outer.feature in ("ADM1", "ADM2", "RGN", "ISL") and near and inner.precision != "region"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a page is published."""

    country: str | None = None
    place: Sense | None = None


def find_home(publisher: str | None, url: str | None) -> Home:
    """Return where the publisher sits if it is a listed one, or the country that its address ends in."""
    host = (publisher or (url.split("/")[2] if url and url.count("/") > 1 else "")).lower()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        place = publisher_senses().get(".".join(labels[start:]))
        if place is not None:
            return Home(place.country, place)
    ending = labels[-1].upper()
    if len(ending) != 2 or ending in place_words("generic_domain"):
        return Home()
    return Home(country_codes().get("GB" if ending == "UK" else ending))
