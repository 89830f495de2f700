"""What linking needs to know of a page and its events, small enough to hold for all pages at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from onrecord.incidents.compare_tellings import Retelling, find_retellings
from onrecord.incidents.read_facts import Facts, read_facts
from onrecord.incidents.read_outcomes import find_outcome
from onrecord.incidents.weigh_words import Words, stem_word, stem_words, weigh_page
from onrecord.lexicons.countries import load_countries
from onrecord.records import (
    Act,
    Actor,
    Commitment,
    Event,
    Party,
    Place,
    Plover,
    Quantity,
    Record,
    Span,
    Spot,
    Statement,
)

UNDATED = "9999-12-31"
"""Where a page without a day of publication is put in the order of pages: last."""
NOUN = " noun"
"""Ends the name of a codebook entry whose words are the nouns of another entry."""
REPORT = ("title", "dateline", "paragraph", "caption")
"""Parts that tell what a page is about."""

WIDE = 31
"""Days; a time that is no closer says nothing about which event is meant."""
HARM = ("dead", "injured")
PRECISE = ("point", "city")
"""Precisions of a place that tell one town from the next."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of an event."""

    of: str
    name: str
    """What is counted so that `armed men` and `men` are one: the stem of the last word."""
    unit: str | None
    quantity: str | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class EventSketch:
    page: str
    id: str
    number: int
    """Place of the event among those of its page."""
    act: Act
    plover: Plover | None
    cameo: str | None
    status: str
    rule: str
    """Codebook entry that fired, verbs and nouns under one name."""
    trigger: str
    is_lead: bool
    """Whether the title or the first paragraph of the page tells it."""
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    acting: frozenset[str]
    """Codes of the sources and the words of their names."""
    acted_on: frozenset[str]
    """The same of the targets."""
    actor_names: frozenset[str]
    """Words of the names and the countries of those who take part."""
    own_names: frozenset[str]
    """Of these, what singles somebody out: no country, its people or its capital."""
    actor_kinds: frozenset[str]
    """What they are: words of roles, codes."""
    people: tuple[frozenset[str], ...]
    """Words of the name of each named person that the act is done to, else of each that acts."""
    source_countries: frozenset[str]
    target_countries: frozenset[str]
    words: frozenset[str]
    """Of the clause that tells the event."""
    place: Spot | None
    start: str | None
    end: str | None
    days: tuple[int, int] | None
    """First and last day that the page gives; None if it gives none or they are too far apart to tell."""
    counts: tuple[Count, ...]
    by: str | None
    """Who says so, if not the page itself."""
    outcome: tuple[str, str] | None
    """A phrase of the clause that says that the act was undone or is done in part, and which."""


@dataclass(frozen=True, slots=True)
class PledgeSketch:
    """A commitment of a page."""

    page: str
    id: str
    kind: str
    by: Party | None
    by_names: frozenset[str]
    text: str
    words: frozenset[str]
    due: str | None
    event: str | None


@dataclass(frozen=True, slots=True)
class PageSketch:
    id: str
    published: str | None
    publisher: str
    """Publisher, else the host of the address, else the page itself: a page of nobody known stands alone."""
    named_publisher: str | None
    text: str
    """Of the report, for copies; emptied once they are found."""
    words: Words
    setting: Spot | None
    """The town that the page names most: where an event took place that has no place of its own."""
    facts: Facts
    events: tuple[EventSketch, ...]
    retellings: tuple[Retelling, ...]
    """Pairs of its events that may be one."""
    pledges: tuple[PledgeSketch, ...]

    @property
    def order(self) -> tuple[str, str]:
        return self.published or UNDATED, self.id


def sketch_pages(records: Iterable[Record]) -> list[PageSketch]:
    """Return the sketches of pages in the order of publication, whatever order the records come in."""
    return sorted(map(sketch_page, records), key=lambda page: page.order)


def sketch_page(record: Record) -> PageSketch:
    """Return what linking needs of a record."""
    page = record.page
    report = [part for part in record.parts if part.kind in REPORT]
    text = "\n".join(page.text[part.start : part.end] for part in report)
    reader = _Reader(record)
    events = reader.events()
    host = urlsplit(page.url or "").hostname
    return PageSketch(
        id=page.id,
        published=page.published,
        publisher=page.publisher or host or page.id,
        named_publisher=page.publisher or host,
        text=text,
        words=weigh_page("\n".join((page.title or "", text))),
        setting=find_setting(record),
        facts=read_facts(record, report),
        events=events,
        retellings=find_retellings(record, events),
        pledges=reader.pledges(),
    )


def find_setting(record: Record) -> Spot | None:
    """Return the town that a page names most often, of equals the one named first; None if it names none."""
    towns = [place for place in record.places if place.precision in PRECISE and place.mentions]
    first = max(towns, key=lambda place: (len(place.mentions), -place.mentions[0][0]), default=None)
    return _spot(first) if first else None


class _Reader:
    """Follows the ids of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.text = record.page.text
        self.actors = {actor.id: actor for actor in record.actors}
        self.places = {place.id: place for place in record.places}
        self.quantities = {quantity.id: quantity for quantity in record.quantities}
        self.statements = {statement.id: statement for statement in record.statements}
        paragraphs = (part.id for part in record.parts if part.kind == "paragraph")
        self.lead = {part.id for part in record.parts if part.kind == "title"} | {next(paragraphs, "")}

    def events(self) -> tuple[EventSketch, ...]:
        return tuple(self._event(event, number) for number, event in enumerate(self.record.events))

    def pledges(self) -> tuple[PledgeSketch, ...]:
        voices = {part.id for part in self.record.parts if part.kind == "comment"}
        return tuple(self._pledge(one) for one in self.record.commitments if one.part not in voices)

    def _event(self, event: Event, number: int) -> EventSketch:
        taking_part = [self.actors[one] for one in (*event.sources, *event.targets) if one in self.actors]
        place = self.places.get(event.place or "")
        sources, targets = (
            ((*event.sources, *event.targets), ()) if is_mutual(event.act) else (event.sources, event.targets)
        )
        by, to = self._parties(sources), self._parties(targets)
        return EventSketch(
            page=self.record.page.id,
            id=event.id,
            number=number,
            act=event.act,
            plover=event.plover,
            cameo=event.cameo,
            status=event.status,
            rule=event.rule.removesuffix(NOUN),
            trigger=stem_word(self._quote(event.trigger).split()[0]),
            is_lead=event.part in self.lead,
            sources=by,
            targets=to,
            acting=name_parties(by),
            acted_on=name_parties(to),
            actor_names=frozenset(word for actor in taking_part for word in name_words(actor)),
            own_names=frozenset(
                word for actor in taking_part if not is_role(actor) for word in own_words(actor)
            ),
            actor_kinds=frozenset(word for actor in taking_part for word in kind_words(actor)),
            people=self._people(targets or sources),
            source_countries=self._countries(sources),
            target_countries=self._countries(targets),
            words=frozenset(stem_words(self._quote(event.span))),
            place=_spot(place) if place else None,
            start=event.start_date,
            end=event.end_date or event.start_date,
            days=count_days(event.start_date, event.end_date or event.start_date) if event.time else None,
            counts=self._counts(event),
            by=self._speaker(self.statements.get(event.statement or "")),
            outcome=find_outcome(self._quote(event.span)),
        )

    def _pledge(self, one: Commitment) -> PledgeSketch:
        actor = self.actors.get(one.by or "")
        text = self._quote(one.content)
        return PledgeSketch(
            page=self.record.page.id,
            id=one.id,
            kind=one.kind,
            by=Party(actor.name, actor.cameo) if actor else None,
            by_names=frozenset(name_words(actor)) if actor else frozenset(),
            text=text,
            words=frozenset(stem_words(text)),
            due=one.due,
            event=one.event,
        )

    def _quote(self, span: Span) -> str:
        return self.text[span[0] : span[1]] or " "

    def _parties(self, ids: Sequence[str]) -> tuple[Party, ...]:
        return tuple(
            Party(self.actors[one].name, self.actors[one].cameo) for one in ids if one in self.actors
        )

    def _people(self, ids: Sequence[str]) -> tuple[frozenset[str], ...]:
        named = [self.actors[one] for one in ids if one in self.actors and is_named_person(self.actors[one])]
        return tuple(frozenset(stem_words(actor.name)) for actor in named)

    def _countries(self, ids: Sequence[str]) -> frozenset[str]:
        found = (self.actors[one].country for one in ids if one in self.actors)
        return frozenset(country for country in found if country)

    def _speaker(self, statement: Statement | None) -> str | None:
        actor = self.actors.get(statement.speaker or "") if statement else None
        return actor.name if actor else None

    def _counts(self, event: Event) -> tuple[Count, ...]:
        """Return the dead and injured of an event, then whatever else it counts."""
        figures = [self.quantities[one] for one in event.quantities if one in self.quantities]
        found: list[Count] = []
        taken: set[str] = set()
        for of, value in zip(HARM, (event.dead, event.injured), strict=True):
            if value is None:
                continue
            figure = next((q for q in figures if q.value == value and q.id not in taken), None)
            if figure is not None:
                taken.add(figure.id)
            low, high = _range(figure) if figure else (value, value)
            found.append(Count(of, of, None, figure.id if figure else None, low, high))
        for figure in figures:
            if figure.id not in taken and figure.of and figure.of != "age" and figure.value is not None:
                name = (stem_words(figure.of) or [figure.of])[-1]
                found.append(Count(figure.of.lower(), name, figure.unit, figure.id, *_range(figure)))
        return tuple(found)


def is_mutual(act: Act) -> bool:
    """Return whether those who do an act and those it is done with are one group: who met whom is all one."""
    return act.type == "CONSULT" and act.mode != "visit"


def name_parties(parties: Iterable[Party]) -> frozenset[str]:
    """Return the codes of parties and the words of their names."""
    codes = {party.cameo for party in parties if party.cameo}
    return frozenset(codes.union(*(stem_words(party.name) for party in parties)))


def name_words(actor: Actor) -> list[str]:
    """Return the words that single an actor out: its country, and its name unless that is a role."""
    country = [f"={actor.country}"] if actor.country else []
    return country if is_role(actor) else [*country, *stem_words(actor.name)]


def own_words(actor: Actor) -> list[str]:
    """Return the words of a name that are no country's, people's or capital's: `taliban`, not `afghan`."""
    return [word for word in stem_words(actor.name) if word not in country_words()]


@cache
def country_words() -> frozenset[str]:
    """Return the stems of the names of countries, of their peoples and their capitals."""
    names = (
        name
        for one in load_countries()
        for name in (one.name, *one.aliases, *one.adjectives, *one.demonyms, *one.capital, *one.metonyms)
    )
    return frozenset(stem for name in names for stem in stem_words(name))


def kind_words(actor: Actor) -> list[str]:
    """Return the words that say what an actor is: `gunman`, `MIL`."""
    sector = [f"={actor.sector}"] if actor.sector else []
    return [*sector, *stem_words(actor.name)] if is_role(actor) else sector


def is_role(actor: Actor) -> bool:
    """Return whether an actor is known by what it is, not by a name: `the gunman`, `30 people`."""
    return (actor.rule or "").startswith("role") or actor.name == actor.name.lower()


def is_named_person(actor: Actor) -> bool:
    """Return whether an actor is a person with a name of their own, not `the gunman`."""
    return actor.type == "person" and not is_role(actor)


def count_days(start: str | None, end: str | None) -> tuple[int, int] | None:
    """Return the first and the last day of a time as numbers, if they are close enough to tell an event."""
    if start is None or end is None:
        return None
    first, last = day_number(start), day_number(end)
    return (first, last) if 0 <= last - first <= WIDE else None


@cache
def day_number(day: str) -> int:
    """Return a day as a number, so that days can be counted between."""
    return datetime.date.fromisoformat(day[:10]).toordinal()


def _spot(place: Place) -> Spot:
    return Spot(place.name, place.country, place.lat, place.lon, place.geonames, place.precision)


def _range(figure: Quantity) -> tuple[float | None, float | None]:
    """Return the least and the greatest that a figure can mean."""
    low = figure.value if figure.low is None and figure.modifier != "less" else figure.low
    high = figure.value if figure.high is None and figure.modifier != "more" else figure.high
    return low, high
