"""Reports joined to incidents, one after the other in the order of publication."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.incidents.sketch import EventSketch, PageSketch
from onrecord.incidents.weigh_pair import JOIN, Hint, sum_hints, weigh_pair
from onrecord.incidents.weigh_words import compare_pages, rate_word

TELLING = 12
"""Words of a page under which its events are looked up."""
RARE = 5.0
"""Rarity from which a word of the clause is one to look up as well."""
RECENT = 32
"""Incidents that are remembered for a word, the latest ones: this keeps the work of a page the same
however many pages there are."""
TRIED = 12
"""Incidents that a report is compared with: those that share most words with it."""
WEIGHED = 3
"""Incidents that a report is compared with in full: those whose first report it is most like."""
UNLIKE = 0.08
"""Likeness of pages below which they are not of one story, whatever the events have in common."""
COMPARED = 4
"""Reports of an incident that another one is compared with: its first ones and its last ones."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """A report in its incident, and what joined it there."""

    event: EventSketch
    to: EventSketch | None = None
    """The report it is most like; None for the first."""
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a report fits an incident."""

    score: float
    nearest: EventSketch
    hints: tuple[Hint, ...]
    """What speaks for and against it being one with the nearest report."""


@dataclass(slots=True)
class _Index:
    """The latest incidents under each word."""

    by_key: dict[Key, deque[int]] = field(default_factory=dict)

    def find(self, keys: Sequence[Key]) -> list[int]:
        """Return the incidents that share most keys, the most recent of equals first."""
        hits = Counter(number for key in keys for number in self.by_key.get(key, ()))
        return sorted(hits, key=lambda number: (-hits[number], -number))[:TRIED]

    def add(self, keys: Sequence[Key], number: int) -> None:
        """Put an incident under keys, or make it the most recent there."""
        for key in keys:
            recent = self.by_key.setdefault(key, deque(maxlen=RECENT))
            if number in recent:
                recent.remove(number)
            recent.append(number)


def join_events(sketches: Sequence[PageSketch]) -> list[list[Joined]]:
    """Return incidents as lists of reports, first report first.

    Pages are taken in the order of publication and each report joins the incident that it is most
    like, or begins one. So what earlier pages told stays as it was when a later one is added.
    """
    pages = {page.id: page for page in sketches}
    incidents: list[list[Joined]] = []
    index = _Index()
    for page in sketches:
        matcher = _Matcher(page, pages)
        telling = sorted(page.words, key=lambda stem: (-page.words[stem], stem))[:TELLING]
        for event in page.events:
            keys = list(_keys(event, telling))
            best = matcher.find_best(event, [(number, incidents[number]) for number in index.find(keys)])
            number = len(incidents) if best is None else best[0]
            if best is None:
                incidents.append([Joined(event)])
            else:
                incidents[number].append(best[1])
            index.add(keys, number)
    return incidents


def _keys(event: EventSketch, telling: Sequence[str]) -> Iterator[Key]:
    """Yield the words under which an event is looked up: those of its page and of its clause."""
    own = [word for word in sorted(event.words) if rate_word(word) >= RARE and word not in telling]
    for word in (*telling, *own[:TELLING]):
        yield event.act.type, word


class _Matcher:
    """Compares the events of one page with incidents."""

    def __init__(self, page: PageSketch, pages: Mapping[str, PageSketch]) -> None:
        self.page = page
        self.pages = pages
        self.likeness: dict[str, float] = {}

    def find_best(
        self, event: EventSketch, tried: Sequence[tuple[int, list[Joined]]]
    ) -> tuple[int, Joined] | None:
        """Return the incident that a report is most like on the mean, and the join; None if none is."""
        first = [
            (sum_hints(self.weigh(event, reports[0].event)), -place) for place, reports in self.alike(tried)
        ]
        best: tuple[int, Fit] | None = None
        for _, place in sorted(first, reverse=True)[:WEIGHED]:
            number, reports = tried[-place]
            fit = self.compare(event, reports)
            if fit.score > JOIN and (best is None or fit.score > best[1].score):
                best = number, fit
        if best is None:
            return None
        number, fit = best
        return number, Joined(event, fit.nearest, round(fit.score, 3), tuple(map(str, fit.hints)))

    def alike(self, tried: Sequence[tuple[int, list[Joined]]]) -> Iterator[tuple[int, list[Joined]]]:
        """Yield the places and reports of incidents whose first or last page tells a story like this page."""
        for place, (_, reports) in enumerate(tried):
            if max(self.liken(reports[0].event.page), self.liken(reports[-1].event.page)) >= UNLIKE:
                yield place, reports

    def compare(self, event: EventSketch, reports: Sequence[Joined]) -> Fit:
        """Return how well a report fits an incident: the mean over its first and last reports."""
        half = COMPARED // 2
        sample = reports if len(reports) <= COMPARED else (*reports[:half], *reports[-half:])
        weighed = [self.weigh(event, report.event) for report in sample]
        sums = list(map(sum_hints, weighed))
        nearest = max(range(len(sums)), key=lambda place: (sums[place], -place))
        return Fit(sum(sums) / len(sums), sample[nearest].event, weighed[nearest])

    def weigh(self, event: EventSketch, other: EventSketch) -> tuple[Hint, ...]:
        return weigh_pair(event, other, self.page, self.pages[other.page], self.liken(other.page))

    def liken(self, name: str) -> float:
        """Return how alike this page and another one are; a page is like itself."""
        if name not in self.likeness:
            same = name == self.page.id
            self.likeness[name] = 1.0 if same else compare_pages(self.page.words, self.pages[name].words)
        return self.likeness[name]
