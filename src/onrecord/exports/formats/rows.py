"""What every event format starts from: an event, and what its ids stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.records import Actor, Event, Place, Quantity, Record, Statement


@dataclass(frozen=True, slots=True)
class Row:
    """One event of a report with everything that its ids stand for."""

    record: Record
    event: Event
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    place: Place | None
    statement: Statement | None
    speaker: Actor | None
    quantities: tuple[Quantity, ...]

    @property
    def key(self) -> str:
        """The event's name in the whole folder."""
        return f"{self.record.page.id}/{self.event.id}"

    @property
    def day(self) -> str | None:
        """The day of the event; the day of publication where the text gives none."""
        return self.event.start_date or self.record.page.published

    @property
    def quote(self) -> str:
        """The words of the sentence that tells the event, on one line."""
        start, end = self.event.span
        return " ".join(self.record.page.text[start:end].split())

    @property
    def version(self) -> str:
        """Coder, model and codebook, as each format can carry them."""
        coder = self.record.coder
        return f"onrecord {coder.version}; {coder.model}; {coder.codebook}"


def read_rows(records: Iterable[Record]) -> Iterator[Row]:
    """Yield the events of the reports in page and text order; what commenters claim is not among them."""
    for record in records:
        actors = {actor.id: actor for actor in record.actors}
        places = {place.id: place for place in record.places}
        statements = {statement.id: statement for statement in record.statements}
        quantities = {quantity.id: quantity for quantity in record.quantities}
        for event in record.events:
            said = statements.get(event.statement or "")
            yield Row(
                record,
                event,
                tuple(actors[one] for one in event.sources if one in actors),
                tuple(actors[one] for one in event.targets if one in actors),
                places.get(event.place or ""),
                said,
                actors.get(said.speaker or "") if said else None,
                tuple(quantities[one] for one in event.quantities if one in quantities),
            )


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text: it stands in for words that are left out."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def number_of(key: str) -> int:
    """Return a whole number for formats whose ids are numbers: 50 bits of the key's SHA-256.

    >>> number_of("a/e1") == number_of("a/e1") < 2**50
    True
    """
    return int(hashlib.sha256(key.encode()).hexdigest()[:13], 16) >> 2


def sentence_number(row: Row) -> int:
    """Return the place of the event's part among the parts of the report, counted from 1."""
    report = [part.id for part in row.record.parts if part.kind != "comment"]
    return report.index(row.event.part) + 1 if row.event.part in report else 0
