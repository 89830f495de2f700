from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.lexicons.actors import Organization, Tenure, Term
from onrecord.lexicons.countries import countries_by_code
from onrecord.records import Actor, Evidence, Sentence, Span
from onrecord.stages.actors.index_names import fold
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.stages.actors.spot_nations import Spot

CAMEO_SECTORS = {"UNO": "IGOUNO", "EUR": "IGOEEC", "MED": "HLH", "JRN": "MED", "SOC": "NGO", "UNK": ""}
"""Sectors that stand in the country slot of a code."""
TODAY = "9999"
FAR = 100
"""Sentences between two comments: none is near another's."""
MEMORY = 400
"""Mentions back that a description may look; keeps long pages linear."""
OF_STATE = ("GOV", "LEG", "MIL")
"""Sectors of offices that, once past, make an elite."""


@dataclass(slots=True)
class Entity:
    """An actor while its mentions are being gathered."""

    key: tuple[str, ...]
    name: str
    type: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    office: str | None = None
    cameo: str | None = None
    wikidata: str | None = None
    rule: str = ""
    plural: bool = False
    word: str | None = None
    """The role word of a described actor, or the last word of a body's name."""
    sealed: bool = False
    """An actor of the report while comments are read: only its mentions may grow."""
    mentions: list[tuple[Span, str]] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Of what it has evidence: its country, its sector."""

    @property
    def body(self) -> str:
        """The folded name of the body that a described actor belongs to; empty for none."""
        return self.key[3] if self.key[0] == "role" else ""

    def settle(self, what: str, value: str, rule: str, span: Span | None = None) -> None:
        """Decide a country or sector in the light of the whole story, and say by what."""
        setattr(self, what, value)
        self.tell(what, value, rule, span)

    def tell(self, what: str, value: str, rule: str, span: Span | None = None) -> None:
        """Say by what something about it was decided."""
        self.told.add(what)
        self.evidence.append(Evidence(rule, what, span, value))

    def note(self, **facts: object) -> None:
        """Fill what is not yet known of it."""
        for name, fact in facts.items():
            if getattr(self, name) is None:
                setattr(self, name, fact)


class Cast:
    """The actors of a page while its phrases are resolved, one after the other."""

    def __init__(self, day: str | None, files: tuple[str, ...] = ()) -> None:
        self.day = day
        self.files = files
        self.spots: tuple[Spot, ...] = ()
        """Where the report names a country, or what lies in it or leads it."""
        self.entities: list[Entity] = []
        self.entities_sealed = False
        self.by_key: dict[tuple[str, ...], Entity] = {}
        self.by_surname: dict[str, list[Entity]] = {}
        self.surnames: set[str] = set()
        self.in_full: dict[str, Phrase] = {}
        """The full name of a body for each acronym that the page explains or that has its initials."""
        self.explained: set[str] = set()
        """Acronyms that stand in brackets behind a full name."""
        self.recent: list[tuple[Phrase, Entity]] = []
        """What was mentioned, in order: the last one is the nearest."""
        self.numbers: dict[int, int] = {}

    def add(self, key: tuple[str, ...], name: str, type: str, rule: str) -> Entity:
        """Return the entity of a key, made if it is new."""
        entity = self.by_key.get(key)
        if entity is None:
            entity = self.by_key[key] = Entity(key, name, type, rule=rule)
            self.entities.append(entity)
        return entity

    def add_listed(self, row: Organization) -> Entity:
        """Return the entity of a body that the list of organisations knows."""
        entity = self.add(("organization", fold(row.name)), row.name, row.type, f"organizations: {row.name}")
        entity.note(country=row.country, sector=row.sector, cameo=row.cameo, wikidata=row.wikidata)
        entity.note(word=fold(row.name).split()[-1])
        return entity

    def mention(self, phrase: Phrase, entity: Entity, how: str) -> None:
        """Record that a phrase refers to an entity, and which words first told its country and sector."""
        span = phrase_span(phrase)
        entity.mentions.append((span, how))
        if not entity.sealed:
            for what, value in (("country", entity.country), ("sector", entity.sector)):
                if value is not None and what not in entity.told:
                    entity.tell(what, value, entity.rule, span)
        self.recent.append((phrase, entity))

    def latest(self) -> Iterator[tuple[Phrase, Entity]]:
        """Yield what was mentioned, the nearest first, as far back as a reader remembers."""
        return itertools.islice(reversed(self.recent), MEMORY)

    def count(self, sentences: list[Sentence]) -> None:
        """Number sentences, so that distances can be told; parts of comments lie far apart."""
        number = max(self.numbers.values(), default=-FAR)
        part = None
        for sentence in sentences:
            number += FAR if sentence.part != part and self.entities_sealed else 1
            part = sentence.part
            self.numbers[sentence.start] = number

    def number(self, phrase: Phrase) -> int:
        """Return the number of the sentence that a phrase stands in."""
        return self.numbers[phrase.sentence.start]

    def seal(self) -> None:
        """Close all entities against changes by later comments."""
        self.entities_sealed = True
        self.numbers[-1] = max(self.numbers.values(), default=0) + FAR
        for entity in self.entities:
            entity.sealed = True


def phrase_span(phrase: Phrase) -> Span:
    """Return the span of a phrase in the page."""
    doc, offset = phrase.doc, phrase.sentence.offset
    last = doc[phrase.end - 1]
    return offset + doc[phrase.start].idx, offset + last.idx + len(last)


def holds_on(row: Tenure | Organization | Term, day: str) -> bool:
    """Return whether a day lies between a row's start and end."""
    end = row.end or TODAY
    return (row.start or "") <= day and day[: len(end)] <= end


def tenure_at(tenures: tuple[Tenure, ...], day: str | None) -> tuple[Tenure, bool]:
    """Return what a person was on a day, and whether that is past; without a day, today."""
    day = day or TODAY
    now = [tenure for tenure in tenures if holds_on(tenure, day)]
    past = [tenure for tenure in tenures if (tenure.start or "") <= day]
    if past and not now:
        return max(past, key=lambda tenure: str(tenure.end)), True
    return [*tenures[:1], *now][-1], False


def organization_at(rows: tuple[Organization, ...], day: str | None) -> Organization:
    """Return the row of an organisation that holds on a day; without a day, today."""
    day = day or TODAY
    return next((row for row in rows if holds_on(row, day)), rows[-1])


def cameo_code(entity: Entity) -> str | None:
    """Return the CAMEO code of an actor: country, then sector."""
    if entity.cameo:
        return entity.cameo
    country = countries_by_code().get(entity.country or "")
    nation = country.cameo if country else ""
    sector = (entity.sector or "") if entity.type != "country" else ""
    sector = CAMEO_SECTORS.get(sector, sector)
    return nation + sector or None


def close_entity(entity: Entity, number: int) -> Actor:
    """Return the record of an actor, mentions in the order of the text."""
    ordered = sorted(dict(entity.mentions).items())
    return Actor(
        id=f"a{number}",
        name=entity.name,
        type=entity.type,
        country=entity.country,
        sector=entity.sector,
        role=entity.role,
        cameo=cameo_code(entity),
        wikidata=entity.wikidata,
        mentions=tuple(span for span, _ in ordered),
        rule=entity.rule,
        resolved=tuple(how for _, how in ordered),
        evidence=tuple(entity.evidence),
    )
