"""All decisions taken together: what persons hold each event to be, and where the coder says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.records import Event, Record, Span
from onrecord.review.decisions import EVENT_VERDICTS, Account, Decision, Side
from onrecord.review.describe_event import describe_event
from onrecord.review.find_event import Place, find_added, find_event, move_span, overlaps

Records = Callable[[Sequence[str]], Iterable[Record]]
SETTLED = {"accept": "accepted", "correct": "corrected", "refuse": "refused", "add": "added"}
ADVISED = "advised"
OPEN = ("disputed", ADVISED)
STANDINGS = (*SETTLED.values(), *OPEN)
"""What a case can be; `disputed` if persons differ and nobody has settled it, `advised` if only language
models have spoken."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The last word of one person on one event."""

    by: str
    verdict: str
    account: Account | None
    """What the person holds the event to be; None for no event."""
    note: str
    made: str
    final: bool
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the coder says otherwise than persons do."""

    field: str
    coder: str
    person: str

    def __str__(self) -> str:
        return f"{self.field}: coder {self.coder or 'none'}, person {self.person or 'none'}"


@dataclass(frozen=True, slots=True)
class Case:
    """One event that somebody has judged."""

    page: str
    event: str | None
    """Its id as the page is coded now; None if the coder does not find it."""
    trigger: Span
    words: str
    sentence: str
    coded: Account | None
    """What the coder says now."""
    opinions: tuple[Opinion, ...]
    standing: str
    account: Account | None
    """What holds; None if it is no event, or disputed."""
    differences: tuple[Difference, ...]
    was_added: bool = False
    """Whether a person, not the coder, found it first."""
    is_lost: bool = False
    """Whether the page no longer holds the words."""

    @property
    def is_settled(self) -> bool:
        """Whether persons have said what it is, and do not differ."""
        return self.standing not in OPEN


@dataclass(frozen=True, slots=True)
class Review:
    """What persons say of a folder."""

    pages: dict[str, tuple[Case, ...]] = field(default_factory=dict)
    """The cases of each page that somebody judged, in the order of the text."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many decisions there are on events of each page."""
    readers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each page that somebody read whole, who did."""
    decisions: tuple[Decision, ...] = ()

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, in the order of pages and text."""
        return tuple(case for cases in self.pages.values() for case in cases)


@dataclass(slots=True)
class _Group:
    """Decisions on one event while they are gathered."""

    place: Place
    first: Decision
    opinions: dict[str, Opinion] = field(default_factory=dict)


def settle_review(decisions: Sequence[Decision], records: Records, before: Review | None = None) -> Review:
    """Return what decisions come to; `records` gives the records of some pages.

    `before` is what earlier decisions came to over the same records: pages of which nothing more was
    said are taken from it.
    """
    by_page: dict[str, list[Decision]] = {}
    readers: dict[str, tuple[str, ...]] = {}
    for one in decisions:
        if one.anchor is not None and one.verdict in EVENT_VERDICTS:
            by_page.setdefault(one.page, []).append(one)
        elif one.verdict == "read" and one.by not in readers.get(one.page, ()):
            readers[one.page] = (*readers.get(one.page, ()), one.by)
    counts = {page: len(found) for page, found in by_page.items()}
    kept, said = (before.pages, before.counts) if before is not None else ({}, {})
    changed = [page for page in by_page if said.get(page) != counts[page]]
    known = {record.page.id: record for record in records(changed)} if changed else {}
    settled = {page: tuple(_settle_page(known.get(page), by_page[page])) for page in changed}
    pages = {page: settled[page] if page in settled else kept[page] for page in sorted(by_page)}
    return Review(pages, counts, readers, tuple(decisions))


def _settle_page(record: Record | None, decisions: list[Decision]) -> list[Case]:
    groups: list[_Group] = []
    for one in decisions:
        place = _find_place(record, one)
        group = next((group for group in groups if _is_same(group.place, place)), None)
        if group is None:
            group = _Group(place, one)
            groups.append(group)
        if one.verdict == "withdraw":
            group.opinions.pop(one.by, None)
        else:
            group.opinions[one.by] = _hold_opinion(one, place.moved)
    cases = [_close_group(record, group) for group in groups if group.opinions]
    return sorted(cases, key=lambda case: (case.trigger, case.event or ""))


def _find_place(record: Record | None, one: Decision) -> Place:
    assert one.anchor is not None
    if record is None:
        return Place(None, one.anchor.trigger, 0, is_lost=True)
    if one.coded is None:
        return find_added(record, one)
    return find_event(record, one.anchor, one.account)


def _is_same(one: Place, other: Place) -> bool:
    if one.event is not None or other.event is not None:
        return one.event == other.event
    return overlaps(one.trigger, other.trigger)


def _hold_opinion(one: Decision, moved: int) -> Opinion:
    said = None if one.verdict == "refuse" else one.account or one.coded
    account = said and replace(
        said, trigger=move_span(said.trigger, moved), span=move_span(said.span, moved)
    )  # fmt: skip
    return Opinion(one.by, one.verdict, account, one.note, one.made, one.final, bool(one.by_model))


def _close_group(record: Record | None, group: _Group) -> Case:
    anchor, place = group.first.anchor, group.place
    assert anchor is not None
    opinions = tuple(group.opinions.values())
    persons = tuple(one for one in opinions if not one.by_model)
    ruling = _find_ruling(persons) if persons else None
    coded = describe_event(record, place.event) if record is not None and place.event is not None else None
    return Case(
        page=anchor.page,
        event=place.event.id if place.event is not None else None,
        trigger=place.trigger,
        words=anchor.words,
        sentence=anchor.text,
        coded=coded,
        opinions=opinions,
        standing=SETTLED[ruling.verdict] if ruling else "disputed" if persons else ADVISED,
        account=ruling.account if ruling else None,
        differences=compare_accounts(coded, ruling.account) if ruling else (),
        was_added=group.first.verdict == "add",
        is_lost=place.is_lost,
    )


def _find_ruling(opinions: Sequence[Opinion]) -> Opinion | None:
    """Return the opinion that holds: the last one that settles, or the last one if all agree."""
    settling = [opinion for opinion in opinions if opinion.final]
    if settling:
        return max(settling, key=lambda opinion: opinion.made)
    agreed = all(not compare_accounts(one.account, opinions[0].account) for one in opinions[1:])
    return opinions[-1] if agreed else None


def compare_accounts(coded: Account | None, account: Account | None) -> tuple[Difference, ...]:
    """Return in what two accounts of an event differ; which rule found it makes no difference."""
    if coded is None or account is None:
        if coded is account:
            return ()
        return (Difference("event", coded.type if coded else "", account.type if account else ""),)
    pairs = zip(_tell_fields(coded), _tell_fields(account), strict=True)
    return tuple(Difference(name, was, now) for (name, was), (_, now) in pairs if was != now)


def _tell_fields(one: Account) -> list[tuple[str, str]]:
    return [
        ("type", one.type),
        ("mode", one.mode or ""),
        ("status", one.status),
        ("PLOVER", one.plover or ""),
        ("CAMEO", one.cameo or ""),
        ("sources", name_sides(one.sources)),
        ("targets", name_sides(one.targets)),
        ("words", f"{one.trigger[0]}-{one.trigger[1]}"),
    ]


def name_sides(sides: tuple[Side, ...]) -> str:
    """Return the names of those who act, or are acted on, sorted: their order says nothing."""
    return ", ".join(sorted(side.name for side in sides))


def type_of(account: Account | None) -> str | None:
    """Return the type under which an event is listed: that of PLOVER, or of its act if there is none."""
    if account is None:
        return None
    return account.plover.split("/")[0] if account.plover else account.type


def find_case(cases: Iterable[Case], event: Event) -> Case | None:
    """Return the case of an event of a page."""
    return next((case for case in cases if case.event == event.id), None)
