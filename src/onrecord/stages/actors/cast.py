from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.lexicons.actors import Organization, Tenure, Term
from onrecord.lexicons.countries import countries_by_code
from onrecord.records import Actor, Evidence, Span

CAMEO_SECTORS = {"UNO": "IGOUNO", "EUR": "IGOEEC", "MED": "HLH", "JRN": "MED", "SOC": "NGO", "UNK": ""}
"""Sectors that stand in the country slot of a code."""
TODAY = "9999"


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
    rule: str | None = None
    female: bool | None = None
    plural: bool = False
    word: str | None = None
    """The role word of a described actor, or the last word of a body's name."""
    sealed: bool = False
    """An actor of the report while comments are read: only its mentions may grow."""
    mentions: list[tuple[Span, str]] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Of what it has evidence: its country, its sector."""

    def settle(self, what: str, value: str, rule: str, span: Span | None = None) -> None:
        """Decide a country or sector in the light of the whole story, and say by what."""
        setattr(self, what, value)
        self.tell(what, value, rule, span)

    def tell(self, what: str, value: str, rule: str, span: Span | None = None) -> None:
        """Say by what something about it was decided."""
        self.told.add(what)
        self.evidence.append(Evidence(rule, what, span, value))

    def note(self, **facts: object) -> None:
        """Fill what is not yet known of it, unless it is sealed."""
        if self.sealed:
            return
        for name, fact in facts.items():
            if fact is not None and getattr(self, name) is None:
                setattr(self, name, fact)


def holds_on(row: Tenure | Organization | Term, day: str) -> bool:
    """Return whether a day lies between a row's start and end."""
    return (row.start or "") <= day and day[: len(row.end or TODAY)] <= (row.end or TODAY)


def tenure_at(tenures: tuple[Tenure, ...], day: str | None) -> tuple[Tenure, bool]:
    """Return what a person was on a day, and whether that is past; without a day, today."""
    day = day or TODAY
    in_office = [t for t in tenures if holds_on(t, day)]
    if in_office:
        return in_office[-1], False
    past = [t for t in tenures if (t.start or "") <= day]
    return (max(past, key=lambda t: t.end or ""), True) if past else (tenures[0], False)


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
