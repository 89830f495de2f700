"""What became of orders, promises, plans, threats, demands and predictions on later pages."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.incidents.read_outcomes import undoings_of
from onrecord.incidents.sketch import EventSketch, PageSketch, PledgeSketch, day_number, sketch_pages
from onrecord.incidents.weigh_pair import OTHER_PERSONS, OTHER_SIDE, Hint, weigh_pair
from onrecord.incidents.weigh_words import compare_pages, compare_words
from onrecord.records import FollowedCommitment, Incident, Record, Step

SURE = 0.45
"""Sum of weights from which a later event is taken to be about a commitment; below it stays open."""
STORY = 0.1
"""Least likeness of two pages that tell of one commitment."""
LIKE = 0.35
"""Least likeness of clauses if it is not known which act was announced."""
TELLING = 12
SOONEST = 48
"""Later events that are looked at for a word: the first ones after the commitment."""
TRIED = 48
LASTING = 730
"""Days after which an event is no longer taken for what became of a commitment."""
SHORT = 0.9
"""Share of a number from which it is as good as reached."""
DONE = ("actual", "ongoing")
UNREAL = ("possible", "conditional")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a later event bears on a commitment."""

    says: str
    reason: str
    in_part: bool = False
    denied: bool = False


def follow_commitments(
    records: Iterable[Record], incidents: Sequence[Incident] = (), as_of: str | None = None
) -> tuple[FollowedCommitment, ...]:
    """Return every commitment of many pages with what later pages say became of it.

    `as_of` is the day (ISO) for which it is told what is overdue, and after which nothing is known; the
    latest day of publication if it is not given. Incidents tell which reports are of the same thing.
    """
    return follow_sketches(sketch_pages(records), incidents, as_of)


def follow_sketches(
    sketches: Sequence[PageSketch], incidents: Sequence[Incident], as_of: str | None = None
) -> tuple[FollowedCommitment, ...]:
    """Return the commitments of pages that stand in order of publication."""
    follower = _Follower(sketches, incidents)
    followed = (follower.follow(pledge, page) for page in sketches for pledge in page.pledges)
    day = as_of or max((page.published for page in sketches if page.published), default=None)
    return tuple(settle(one, day) for one in followed)


def settle(one: FollowedCommitment, as_of: str | None) -> FollowedCommitment:
    """Return a commitment with its state on a day: from the evidence that was published by then."""
    known = tuple(step for step in one.evidence if not as_of or not step.published or step.published <= as_of)
    state = judge_state(known)
    if state == "open" and one.due and as_of and one.due < as_of:
        state = "overdue"
    return replace(one, evidence=known, state=state, as_of=as_of)


def judge_state(evidence: Sequence[Step]) -> str:
    """Return what the evidence, in order of publication, says.

    What was done settles an earlier delay or denial. Undone after it was done, or denied by somebody
    and never reported as done, is disputed.
    """
    kept = [step for step in evidence if step.says == "kept"]
    last = kept[-1].published if kept else None
    against = [step for step in evidence if step.says == "broken" and not is_before(step.published, last)]
    if not kept and not against:
        return "open"
    if not against:
        return "partly" if all(step.in_part for step in kept) else "kept"
    if all(step.denied for step in against) or any(not step.in_part for step in kept):
        return "disputed"
    return "broken"


def is_before(day: str | None, other: str | None) -> bool:
    """Return whether a day is known to be before another one."""
    return day is not None and other is not None and day < other


class _Follower:
    """Looks for what became of a commitment among the events of later pages."""

    def __init__(self, sketches: Sequence[PageSketch], incidents: Sequence[Incident]) -> None:
        self.pages = {page.id: page for page in sketches}
        self.order = {page.id: place for place, page in enumerate(sketches)}
        self.events = [event for page in sketches for event in page.events]
        self.acts = sorted({event.act.type for event in self.events})
        self.known = {(event.page, event.id): event for event in self.events}
        self.telling = {
            page.id: sorted(page.words, key=lambda stem: (-page.words[stem], stem))[:TELLING]
            for page in sketches
            if page.events or page.pledges
        }
        self.incidents = {
            (report.page, report.event): incident for incident in incidents for report in incident.reports
        }
        self.index: dict[Key, list[int]] = {}
        self.places: dict[Key, list[int]] = {}
        for number, event in enumerate(self.events):
            for key in self._keys(event):
                self.index.setdefault(key, []).append(number)
                self.places.setdefault(key, []).append(self.order[event.page])

    def follow(self, pledge: PledgeSketch, page: PageSketch) -> FollowedCommitment:
        """Return a commitment with its evidence, in order of publication, a row for each page."""
        about = self.known.get((pledge.page, pledge.event or ""))
        found: dict[tuple[str, str], tuple[float, Step]] = {}
        for event in self._candidates(pledge, page, about):
            judged = self._judge(pledge, about, event, page)
            if judged is None:
                continue
            score, step = judged
            key = event.page, step.says
            if key not in found or score > found[key][0]:
                found[key] = score, step
        steps = sorted((step for _, step in found.values()), key=lambda s: (self.order[s.page], s.event))
        digest = hashlib.sha256(f"{pledge.page}\n{pledge.id}".encode()).hexdigest()[:12]
        return FollowedCommitment(
            "c" + digest, pledge.page, pledge.id, pledge.kind, pledge.by, pledge.text, pledge.due,
            "open", tuple(steps), page.published, None,
        )  # fmt: skip

    def _keys(self, event: EventSketch) -> Iterator[Key]:
        for word in (*self.telling[event.page], *sorted(event.actor_names)):
            yield event.act.type, word
            yield event.rule, word

    def _candidates(
        self, pledge: PledgeSketch, page: PageSketch, about: EventSketch | None
    ) -> list[EventSketch]:
        """Return later events that may be about a commitment: of its act, or of one that undoes it."""
        here = self.order[page.id]
        words = [
            *self.telling[page.id],
            *sorted((about.actor_names if about else frozenset()) | pledge.by_names),
        ]
        acts = [about.act.type, about.rule, *undoings_of(about.act)] if about else self.acts
        hits: Counter[int] = Counter()
        for act in acts:
            for word in words:
                numbers = self.index.get((act, word), [])
                start = bisect_right(self.places.get((act, word), []), here)
                hits.update(numbers[start : start + SOONEST])
        incident = self.incidents.get((pledge.page, pledge.event or ""))
        linked = [self.known[r.page, r.event] for r in incident.reports] if incident else []
        ranked = sorted(hits, key=lambda number: (-hits[number], number))[:TRIED]
        later = [event for event in linked if self.order[event.page] > here]
        return list({(e.page, e.id): e for e in (*later, *(self.events[n] for n in ranked))}.values())

    def _judge(
        self, pledge: PledgeSketch, about: EventSketch | None, event: EventSketch, page: PageSketch
    ) -> tuple[float, Step] | None:
        """Return how sure it is that an event bears on a commitment, and what it says; None if unsure."""
        later = self.pages[event.page]
        if page.published and later.published:
            passed = day_number(later.published) - day_number(page.published)
            if passed > LASTING:
                return None
        verdict = judge_event(about, event)
        if verdict is None:
            return None
        likeness = compare_pages(page.words, later.words)
        score, reasons = self._match(pledge, about, event, likeness)
        if likeness < STORY or score < SURE:
            return None
        by = f", according to {event.by}" if event.by else ""
        note = f"{verdict.reason}{by}; {score:.2f}: " + "; ".join(reasons)
        return score, Step(
            event.page, event.id, verdict.says, verdict.in_part, verdict.denied, note, later.published
        )

    def _match(
        self, pledge: PledgeSketch, about: EventSketch | None, event: EventSketch, likeness: float
    ) -> tuple[float, list[str]]:
        """Return how much speaks for an event being about a commitment, and what does; 0 without an actor."""
        words = compare_words(pledge.words, event.words)
        names = (about.actor_names if about else frozenset()) | pledge.by_names
        named = compare_words(names, event.actor_names)
        if not named or (about is None and words < LIKE):
            return 0.0, []
        hints = [
            Hint(likeness, "pages {:.2f} alike", (likeness,)),
            Hint(0.3 * named, "same actors: {}", (", ".join(tell_names(names & event.actor_names)),)),
            Hint(0.3 * words, "words {:.2f} alike", (words,)),
        ]
        if about is not None:
            same = replace(event, act=about.act, rule=about.rule)
            against = weigh_pair(about, same, self.pages[about.page], self.pages[event.page], likeness)
            barred = any(hint.reason in (OTHER_SIDE, OTHER_PERSONS) for hint in against)
            if barred or has_other_side(about, event):
                return 0.0, []
        return sum(hint.weight for hint in hints), [str(hint) for hint in hints]


def has_other_side(about: EventSketch, event: EventSketch) -> bool:
    """Return whether two acts of one country are toward, or in, countries that have none in common."""
    here, there = find_countries(about), find_countries(event)
    own = here & there
    return bool(here - own) and bool(there - own)


def find_countries(event: EventSketch) -> frozenset[str]:
    """Return the countries of those who take part in an event and of its place."""
    place = frozenset({event.place.country}) if event.place and event.place.country else frozenset()
    return event.source_countries | event.target_countries | place


def tell_names(words: Iterable[str]) -> list[str]:
    """Return words of names for people, sorted."""
    return sorted(word.removeprefix("=") for word in words)


def judge_event(about: EventSketch | None, event: EventSketch) -> Verdict | None:
    """Return what an event of a later page says of an announced act; None if it says nothing.

    A report that repeats the announcement says nothing.
    """
    if event.status in UNREAL:
        return None
    if about is None:
        return _judge_act(event, None)
    if event.rule == about.rule and event.act.type != about.act.type and event.status in DONE:
        return Verdict("broken", f"the act was stopped: {event.rule}")
    if event.rule in undoings_of(about.act) and event.status in DONE:
        return Verdict("broken", f"an act that undoes it: {event.rule}")
    if event.act.type == about.act.type and _same_mode(about, event):
        return _judge_act(event, about)
    return None


def _same_mode(about: EventSketch, event: EventSketch) -> bool:
    return about.act.mode == event.act.mode or None in (about.act.mode, event.act.mode)


def _judge_act(event: EventSketch, about: EventSketch | None) -> Verdict | None:
    """Return what a later report of the announced act itself says."""
    phrase, sense = event.outcome or ("", "")
    if event.status == "denied":
        return Verdict("broken", "said not to be so", denied=event.by is not None)
    if event.status not in DONE:
        return None
    if sense == "undone":
        return Verdict("broken", f"undone: {phrase}")
    if sense == "part" or event.status == "ongoing":
        return Verdict("kept", f"under way: {phrase or event.status}", in_part=True)
    if about is not None and (fewer := _find_shortfall(about, event)):
        return Verdict("kept", fewer, in_part=True)
    return Verdict("kept", "reported as done")


def _find_shortfall(about: EventSketch, event: EventSketch) -> str:
    """Return that less was done than announced, if the same thing is counted; empty if not."""
    announced: Mapping[tuple[str, str | None], float] = {
        (count.name, count.unit): count.low for count in about.counts if count.low
    }
    for count in event.counts:
        whole = announced.get((count.name, count.unit))
        if whole is not None and count.high is not None and count.high < SHORT * whole:
            return f"{count.high:g} of {whole:g} {count.of}"
    return ""
