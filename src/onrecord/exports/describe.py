"""A record in words that a reader needs: names instead of ids, quotes instead of offsets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from onrecord.records import (
    Actor,
    Check,
    Commitment,
    Event,
    Incident,
    Part,
    Place,
    Record,
    Span,
    Statement,
    Voice,
)

CUT = " …"
HAPPENED = ("actual", "ongoing")
"""Statuses of what is told as having happened: only then is the day of publication a guess at its day."""
DATINGS = {"narrative": " (day of the passage)", "page": " (day of publication)"}
"""What is said of a day that the words of the event do not give."""


@dataclass(frozen=True)
class Describer:
    """Answers what the ids and spans of one record stand for."""

    record: Record

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.record.actors}

    @cached_property
    def places(self) -> dict[str, Place]:
        return {place.id: place for place in self.record.places}

    @cached_property
    def parts(self) -> dict[str, Part]:
        return {part.id: part for part in self.record.parts}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.record.statements}

    @cached_property
    def comment_numbers(self) -> dict[str, int]:
        comments = [part for part in self.record.parts if part.kind == "comment"]
        return {part.id: number for number, part in enumerate(comments, 1)}

    def quote(self, span: Span | None, longest: int = 0) -> str:
        """Return the words at a span on one line, cut to a length if one is given."""
        return shorten(self.record.page.text[span[0] : span[1]], longest) if span else ""

    def words(self, span: Span | None) -> str | None:
        """Return the words at a span as they stand; None if there is no span."""
        return self.record.page.text[span[0] : span[1]] if span else None

    def name(self, actor: str | None) -> str:
        """Return the name of an actor, or what the comment with that part id is called."""
        if actor in self.comment_numbers:
            return self.voice_name(actor)
        return self.actors[actor].name if actor in self.actors else ""

    def names(self, ids: tuple[str, ...]) -> str:
        return ", ".join(self.name(one) for one in ids)

    def code_of(self, actor: str) -> str:
        """Return the CAMEO code of an actor, as in `KENGOV`; empty if it has none."""
        return (self.actors[actor].cameo or "") if actor in self.actors else ""

    def voice_name(self, part: str) -> str:
        """Return the author of a comment, or its number on the page."""
        return self.parts[part].author or f"comment {self.comment_numbers[part]}"

    def where(self, event: Event) -> str:
        return self.places[event.place].name if event.place in self.places else ""

    def when(self, event: Event) -> str:
        """Return the days of an event, flagged where they are taken from the day of publication."""
        start, end = event.start_date, event.end_date
        published = self.record.page.published
        if not start:
            day = published if event.status in HAPPENED else None
            return f"{day[:10]}{DATINGS['page']}" if day else ""
        days = f"{start} to {end}" if end and end != start else start
        return days + DATINGS.get(tell_dating(event, published) or "", "")

    def code(self, event: Event) -> str:
        """Return the PLOVER type and mode of an event, and its CAMEO code."""
        plover = event.plover
        kind = "–" if plover is None else f"{plover.type}/{plover.mode}" if plover.mode else plover.type
        return f"{kind} {event.cameo or ''}".strip()

    def chain(self, event: Event) -> str:
        """Return who says that an event happened, the nearest source first."""
        names: list[str] = []
        statement = self.statements.get(event.statement or "")
        while statement is not None:
            names += [name for name in (self.speaker(statement), self.name(statement.via)) if name]
            statement = self.statements.get(statement.within or "")
        return ", via ".join(dict.fromkeys(names))

    def speaker(self, statement: Statement) -> str:
        return self.name(statement.speaker) or self.quote(statement.speaker_mention)

    def content(self, statement: Statement, longest: int = 0) -> str:
        return shorten(" … ".join(self.quote(span) for span in statement.content), longest)

    def pledge(self, commitment: Commitment, longest: int = 0) -> str:
        """Return what was ordered, promised, ..., with its condition where that stands elsewhere."""
        words = self.quote(commitment.content, longest)
        condition = self.quote(commitment.condition, longest)
        return f"{words} [{condition}]" if condition and condition not in words else words

    def figures(self, check: Check) -> str:
        return " / ".join(self.quote(span) for span in check.spans)

    def leanings(self) -> list[tuple[str, int, int]]:
        """Return whom the comments take sides on: name, comments for, comments against; most first."""
        counts: dict[str, tuple[int, int]] = {}
        for one in self.record.voices.toward if self.record.voices else ():
            before = counts.get(self.name(one.actor), (0, 0))
            counts[self.name(one.actor)] = (before[0] + len(one.supported), before[1] + len(one.attacked))
        named = [(name, plus, minus) for name, (plus, minus) in counts.items() if name]
        return sorted(named, key=lambda row: -row[1] - row[2])

    def predictions(self) -> list[tuple[str, str]]:
        """Return what commenters predict: who, and the words."""
        kept = set(self.record.voices.predicted) if self.record.voices else set()
        return [(self.name(c.by), self.pledge(c, 110)) for c in self.record.commitments if c.id in kept]

    def voice_names(self, parts: tuple[str, ...]) -> str:
        return ", ".join(self.voice_name(part) for part in parts)

    def rude_words(self, voice: Voice) -> str:
        """Return the signs of abuse in a comment, the strongest first."""
        told = [one for one in voice.evidence if one.kind == "abuse"]
        if told:
            return "; ".join(f"{one.rule} {self.quote(one.span)!r}" if one.span else one.rule for one in told)
        return "; ".join(line.removeprefix("abuse ") for line in voice.why if line.startswith("abuse "))

    def stances(self, voice: Voice) -> list[tuple[str, float]]:
        """Return each actor that a comment takes sides on with the sum of its scores, strongest first."""
        sums: dict[str, float] = {}
        for stance in voice.stances:
            name = self.name(stance.actor)
            sums[name] = sums.get(name, 0.0) + stance.score
        named = [(name, round(score, 2)) for name, score in sums.items() if name and score]
        return sorted(named, key=lambda pair: (-abs(pair[1]), pair[0]))


def tell_dating(event: Event, published: str | None) -> str | None:
    """Return where the day of an event comes from: told, narrative, page; None if it has none at all.

    Records that do not say so themselves: a day without a time of the event's own is that of publication
    if the two are equal, or else that of the passage.
    """
    if event.dated_by is not None:
        return event.dated_by
    if event.time is not None:
        return "told"
    day = (published or "")[:10] or None
    if event.start_date is None or event.start_date == day:
        return "page" if day else None
    return "narrative"


def shorten(words: str, longest: int = 0) -> str:
    """Return words on one line, cut before the word that would make them longer than `longest`.

    >>> shorten("a ceasefire in the north", 14)
    'a ceasefire …'
    """
    line = " ".join(words.split())
    if not longest or len(line) <= longest:
        return line
    return line[: longest - len(CUT) + 1].rsplit(" ", 1)[0] + CUT


def tell_reports(one: Incident) -> str:
    """Return how many pages tell an incident, and how often: `4 pages, 2 independent, told 7 times`."""
    pages = {report.page for report in one.reports}
    copies = {report.page for report in one.reports if report.copy_of is not None}
    told = count_of(len(pages), "page") + (f", {one.independent} independent" if len(pages) > 1 else "")
    told += f", {len(copies)} copied" if copies else ""
    return told + (f", told {len(one.reports)} times" if len(one.reports) > len(pages) else "")


def count_of(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
