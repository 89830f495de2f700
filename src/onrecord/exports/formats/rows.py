"""What every event format starts from: an event, and what its ids stand for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.exports.describe import tell_dating
from onrecord.records import Actor, Event, Place, Quantity, Record, Statement
from onrecord.store import Folder


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported and where to; writers count here what they leave out, by reason."""

    folder: Folder
    target: Path
    text: bool = True
    """Whether the words of the pages go along; offsets and hashes always do."""
    min_confidence: float = 0.0
    left_out: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    """What a reader of the file has to know of rows that are in it."""


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
    def dated_by(self) -> str | None:
        """Where the day comes from: told, narrative, page (the day of publication); None without a day."""
        return tell_dating(self.event, self.record.page.published)

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


Need = Callable[[Row], str | None]
"""Says why a format cannot hold a row; None if it can."""


def read_records(order: Order) -> Iterator[Record]:
    """Yield the records of a folder, without the events that are less sure than was asked for."""
    for record in order.folder.records():
        kept = tuple(event for event in record.events if event.confidence >= order.min_confidence)
        if len(kept) == len(record.events):
            yield record
            continue
        order.left_out[less_sure(order)] += len(record.events) - len(kept)
        yield replace(record, events=kept)


def less_sure(order: Order) -> str:
    """Return the reason why an event that is not sure enough is left out."""
    return f"events with a confidence below {order.min_confidence:g}"


def select_rows(order: Order, *needs: Need) -> Iterator[Row]:
    """Yield the events that a format can hold; the others are counted by the first need they do not meet."""
    for row in read_rows(read_records(order)):
        reason = next((reason for need in needs if (reason := need(row))), None)
        if reason is None:
            yield row
        else:
            order.left_out[reason] += 1


def need_day(row: Row) -> str | None:
    return None if row.day else "events without a date, on pages without a date of publication"


def need_plover(row: Row) -> str | None:
    return None if row.event.plover else f"events without a PLOVER code: status {row.event.status}"


def need_cameo(row: Row) -> str | None:
    return None if row.event.cameo else f"events without a CAMEO code: status {row.event.status}"


def note_days(order: Order, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows for a format without a column for it, and count those whose day is that of the page."""
    for row in rows:
        if row.dated_by == "page":
            order.notes["events carry the day of publication: their text gives none"] += 1
        yield row


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
