"""What became of orders, promises, plans, threats, demands and predictions on later pages."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.incidents.compare_events import OTHER_PARTIES, compare_actors
from onrecord.incidents.link_index import Index, digest_key
from onrecord.incidents.read_outcomes import undoings_of
from onrecord.incidents.sketch import UNDATED, EventSketch, PageSketch, PledgeSketch, day_number
from onrecord.incidents.weigh_pair import Hint
from onrecord.incidents.weigh_words import compare_pages, compare_words
from onrecord.records import FollowedCommitment, Step, record_maker, to_plain

SURE = 0.45
"""Sum of weights from which a later event is taken to be about a commitment; below it stays open."""
STORY = 0.1
"""Least likeness of two pages that tell of one commitment."""
LIKE = 0.35
"""Least likeness of clauses if it is not known which act was announced."""
TELLING = 8
"""Words of a page under which its events are looked up by earlier commitments."""
ANY = "any act"
"""Stands for the act where it is not known which one was announced."""
SOONEST = 48
"""Later events that are looked at for a word: the first ones after the commitment."""
WINDOW = """
    select pid, number from later where key = ? and day >= ? and day <= coalesce(
        (select day from later where key = ? and day >= ? order by day limit 1 offset ?), day
    )
"""
LAST_FULL = "select max(day) from (select day from later where key = ? order by day desc limit -1 offset ?)"
"""The last day from which on a window under a key is full."""
SHARED = 2
"""Words, or acts with a word, that a later event shares at least with what was announced."""
WAITING = """
    select cid, day from awaited where key = ? and day <= ? and day > coalesce(
        (select day from later where key = ? and day < ? order by day desc limit 1 offset ?), -1
    )
"""
LASTING = 730
"""Days after which an event is no longer taken for what became of a commitment."""
SHORT = 0.9
"""Share of a number from which it is as good as reached."""
DONE = ("actual", "ongoing")
TELLING_STATUSES = (*DONE, "denied")
"""Of events that say what became of a commitment: a report that repeats the announcement says nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a later event bears on a commitment."""

    says: str
    reason: str
    in_part: bool = False
    denied: bool = False


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


class Follower:
    """Keeps for each commitment of an index what later pages tell of it, as pages come and go."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def add(self, pids: Sequence[int]) -> set[int]:
        """Put new pages under the words that tell most about them; return the commitments to look at."""
        for pid in pids:
            page = self.index.sketch(pid)
            day, keys = order_day(page.published), _telling_words(page)
            rows = [
                (digest_key(f"{act} {word}"), day, pid, event.number)
                for event in page.events
                if event.status in TELLING_STATUSES
                for word in keys
                for act in (event.act.type, event.rule, ANY)
            ]
            self.index.run("insert or ignore into later values (?, ?, ?, ?)", rows)
            for number in range(len(page.pledges)):
                self._await(pid, page, number, day)
        return self._find_waiting(pids)

    def drop(self, pids: Sequence[int]) -> set[int]:
        """Forget pages; return the commitments of other pages that may have rested on them."""
        late = self._find_waiting(pids)
        gone = {
            cid for pid in pids for (cid,) in self.index.ask("select cid from commitments where pid = ?", pid)
        }
        for pid in pids:
            page = self.index.sketch(pid)
            rows = ((key, order_day(page.published), pid) for key in self._keys(page))
            self.index.run("delete from later where key = ? and day = ? and pid = ?", rows)
        self.index.run("delete from awaited where cid = ?", ((cid,) for cid in gone))
        return late - gone

    def note(self, late: Iterable[int], moved: Iterable[int]) -> None:
        """Remember commitments to look at anew, and those about events whose incident was written anew."""
        self.index.run("insert or ignore into stale values (?)", ((cid,) for cid in late))
        self.index.run(
            "insert or ignore into stale select cid from commitments where about = ?",
            ((eid,) for eid in moved),
        )

    def follow(self) -> None:
        """Look anew at the commitments that may have changed since the last time."""
        rows = list(
            self.index.ask(
                "select cid, pid, number, about from commitments join stale using (cid) order by cid"
            )
        )
        found = []
        for cid, pid, number, about in rows:
            page = self.index.sketch(pid)
            told = to_plain(self._follow(page, number, about))
            found.append((json.dumps(told, ensure_ascii=False), cid))
        self.index.run("update commitments set json = ? where cid = ?", found)
        self.index.run("delete from stale where cid = ?", ((cid,) for cid, *_ in rows))

    def _await(self, pid: int, page: PageSketch, number: int, day: int) -> None:
        """Put a commitment under the words and acts by which a later page would tell of it."""
        pledge = page.pledges[number]
        about = _find_about(page, pledge)
        eids = [
            eid
            for (eid,) in self.index.ask(
                "select eid from events where pid = ? and event = ?", pid, pledge.event
            )
        ]
        added = self.index.database.execute(
            "insert into commitments (pid, number, about) values (?, ?, ?)",
            (pid, number, eids[0] if eids else None),
        )
        keys = _awaited_keys(page, about) if about or pledge.by_names else ()
        self.index.run(
            "insert or ignore into awaited values (?, ?, ?)", ((key, day, added.lastrowid) for key in keys)
        )

    def _find_waiting(self, pids: Sequence[int]) -> set[int]:
        """Return the commitments of pages, and those that events of these pages bear on.

        A window that is full may lose an event where it gains one; what looks through it is looked at
        anew in any case. What is to be looked at already is not judged now: in a first linking, nothing is.
        """
        own = {
            cid for pid in pids for (cid,) in self.index.ask("select cid from commitments where pid = ?", pid)
        }
        known = own | {cid for (cid,) in self.index.ask("select cid from stale")}
        ((count,),) = self.index.ask("select count(*) from commitments")
        for pid in pids if len(known) < count else ():
            page = self.index.sketch(pid)
            for event in page.events:
                if event.status in TELLING_STATUSES:
                    touched = self._find_touched(page, event, known)
                    own |= touched
                    known |= touched
        return own

    def _find_touched(self, page: PageSketch, event: EventSketch, known: Collection[int]) -> set[int]:
        """Return the commitments that an event bears on, or whose full window it moves."""
        shared: Counter[int] = Counter()
        found: set[int] = set()
        for act in (event.act.type, event.rule, ANY):
            for word in _telling_words(page):
                cids, full = self._waiting(digest_key(f"{act} {word}"), order_day(page.published))
                shared.update(cids)
                found |= full
        near = (cid for cid, count in shared.items() if count >= SHARED and cid not in known)
        return found | {cid for cid in near if self._bears(cid, page, event)}

    def _waiting(self, key: int, day: int) -> tuple[list[int], set[int]]:
        """Return the commitments in whose window under a key a day stands, and those whose window is full."""
        rows = list(self.index.ask(WAITING, key, day, key, day, SOONEST - 1))
        if not rows:
            return [], set()
        cids = [cid for cid, _ in rows]
        ((last,),) = list(self.index.ask(LAST_FULL, key, SOONEST - 1))
        return cids, {cid for cid, begun in rows if last is not None and begun <= last}

    def _bears(self, cid: int, later: PageSketch, event: EventSketch) -> bool:
        ((pid, number),) = list(self.index.ask("select pid, number from commitments where cid = ?", cid))
        page = self.index.sketch(pid)
        pledge = page.pledges[number]
        return self._judge(pledge, _find_about(page, pledge), event, page, later) is not None

    def _keys(self, page: PageSketch) -> set[int]:
        """Return the keys under which the events of a page stand."""
        telling = (event for event in page.events if event.status in TELLING_STATUSES)
        acts = {act for event in telling for act in (event.act.type, event.rule, ANY)}
        return {digest_key(f"{act} {word}") for act in acts for word in _telling_words(page)}

    def _follow(self, page: PageSketch, number: int, about: int | None) -> FollowedCommitment:
        """Return a commitment with its evidence, in order of publication, a row for each page."""
        pledge = page.pledges[number]
        event = _find_about(page, pledge)
        found: dict[tuple[str, str], tuple[float, Step]] = {}
        for later, number in self._candidates(page, pledge, event, about):
            judged = self._judge(pledge, event, later.events[number], page, later)
            if judged is None:
                continue
            score, step = judged
            key = later.id, step.says
            if key not in found or score > found[key][0]:
                found[key] = score, step
        steps = sorted(
            (step for _, step in found.values()), key=lambda s: (s.published or UNDATED, s.page, s.event)
        )
        digest = hashlib.sha256(f"{pledge.page}\n{pledge.id}".encode()).hexdigest()[:12]
        return FollowedCommitment(
            "c" + digest,
            pledge.page,
            pledge.id,
            pledge.kind,
            pledge.by,
            pledge.text,
            pledge.due,
            "open",
            tuple(steps),
            page.published,
            None,
        )

    def _candidates(
        self, page: PageSketch, pledge: PledgeSketch, about: EventSketch | None, eid: int | None
    ) -> Iterator[tuple[PageSketch, int]]:
        """Yield later events that may be about a commitment: of its act, or of one that undoes it."""
        orders, here = self.index.orders, page.order
        linked = self.index.ask(
            "select pid, number from events where incident = (select incident from events where eid = ?)", eid
        )
        reports = sorted(place for place in map(_place, linked) if orders[place[0]] > here)
        hits: Counter[tuple[int, int]] = Counter()
        for key in _awaited_keys(page, about) if about or pledge.by_names else ():
            hits.update(self._soonest(key, order_day(page.published)))
        ranked = sorted(
            (place for place, count in hits.items() if count >= SHARED and orders[place[0]] > here),
            key=lambda place: (orders[place[0]], place[1]),
        )
        for pid, number in dict.fromkeys((*reports, *ranked)):
            yield self.index.sketch(pid), number

    def _soonest(self, key: int, day: int) -> Iterator[tuple[int, int]]:
        """Return the events under a key from a day on, up to the day on which there are enough."""
        return self.index.ask(WINDOW, key, day, key, day, SOONEST - 1)

    def _judge(
        self,
        pledge: PledgeSketch,
        about: EventSketch | None,
        event: EventSketch,
        page: PageSketch,
        later: PageSketch,
    ) -> tuple[float, Step] | None:
        """Return how sure it is that an event bears on a commitment, and what it says; None if unsure."""
        if page.published and later.published:
            passed = day_number(later.published) - day_number(page.published)
            if passed > LASTING:
                return None
        if _names(pledge, about).isdisjoint(event.actor_names):
            return None
        verdict = judge_event(about, event)
        if verdict is None:
            return None
        likeness = compare_pages(page.words, later.words)
        score, reasons = _match(pledge, about, event, page, later, likeness)
        if likeness < STORY or score < SURE:
            return None
        by = f", according to {event.by}" if event.by else ""
        note = f"{verdict.reason}{by}; {score:.2f}: " + "; ".join(reasons)
        return score, Step(
            event.page, event.id, verdict.says, verdict.in_part, verdict.denied, note, later.published
        )


def _names(pledge: PledgeSketch, about: EventSketch | None) -> frozenset[str]:
    """Return the words of the names of those who promise and of those who are to take part."""
    return about.actor_names | pledge.by_names if about else pledge.by_names


def _match(
    pledge: PledgeSketch,
    about: EventSketch | None,
    event: EventSketch,
    page: PageSketch,
    later: PageSketch,
    likeness: float,
) -> tuple[float, list[str]]:
    """Return how much speaks for an event being about a commitment, and what does; 0 without an actor."""
    words = compare_words(pledge.words, event.words)
    names = _names(pledge, about)
    named = compare_words(names, event.actor_names)
    if not named or (about is None and words < LIKE):
        return 0.0, []
    hints = [
        Hint(likeness, "pages {:.2f} alike", (likeness,)),
        Hint(0.3 * named, "same actors: {}", (", ".join(tell_names(names & event.actor_names)),)),
        Hint(0.3 * words, "words {:.2f} alike", (words,)),
    ]
    if about is not None:
        barred = any(trait.name in OTHER_PARTIES for trait in compare_actors(about, event))
        if barred or has_other_side(about, event):
            return 0.0, []
    return sum(hint.weight for hint in hints), [str(hint) for hint in hints]


def order_day(published: str | None) -> int:
    """Return the day of a page as a number; the last of all days for one that has none."""
    return day_number(published or UNDATED)


def _place(row: tuple[int, int]) -> tuple[int, int]:
    return row[0], row[1]


def _telling_words(page: PageSketch) -> list[str]:
    return sorted(page.words, key=lambda stem: (-page.words[stem], stem))[:TELLING]


def _find_about(page: PageSketch, pledge: PledgeSketch) -> EventSketch | None:
    """Return the announced act, if the page has it as an event."""
    return next((event for event in page.events if event.id == pledge.event), None)


def _awaited_keys(page: PageSketch, about: EventSketch | None) -> list[int]:
    """Return the keys under which later events would stand that are about a commitment."""
    acts = [about.act.type, about.rule, *undoings_of(about.act)] if about else [ANY]
    return [digest_key(f"{act} {word}") for act in acts for word in _telling_words(page)]


def read_commitments(index: Index, as_of: str | None = None) -> tuple[FollowedCommitment, ...]:
    """Return the commitments of an index as they stand on a day, by default the last day of publication."""
    make = record_maker(FollowedCommitment)
    rows = [
        (pid, number, text)
        for pid, number, text in index.ask("select pid, number, json from commitments where json is not null")
    ]
    rows.sort(key=lambda row: (index.orders[row[0]], row[1]))
    day = as_of or max((day for day, _ in index.orders.values() if day != UNDATED), default=None)
    return tuple(settle(make(json.loads(text)), day) for _, _, text in rows)


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
    if event.status not in TELLING_STATUSES:
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
