"""New pages linked to what stands: the links of all pages linked anew, at the cost of the new ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.incidents.block_pages import Blocks, block_page
from onrecord.incidents.find_copies import Copies
from onrecord.incidents.follow_commitments import Follower
from onrecord.incidents.join_events import Joined, Member, gather_reports, group_reports
from onrecord.incidents.link_index import Index
from onrecord.incidents.sketch import EventSketch, PageSketch
from onrecord.incidents.tie_reactions import REACTIONS, TIE, weigh_tie
from onrecord.incidents.weigh_pair import JOIN, score_pairs, sum_hints, weigh_pair
from onrecord.incidents.weigh_words import compare_pages
from onrecord.incidents.write_incident import name_incident, write_incident
from onrecord.records import Incident, record_maker, to_plain

UNLIKE = 0.08
"""Likeness of pages below which they are not of one story, whatever the events have in common."""
LEAST = -100
"""Score, in thousandths, of the least alike pair that is kept."""
MISSING = -300
"""What stands for the score of a pair that was not kept or never compared."""
THRESHOLD = round(JOIN * 1000)
TIED = round(TIE * 1000)

TIES_OF = """
    select acts.incident, max(score) as best, reaction
    from events join ties on events.eid = reaction join events as acts on acts.eid = act
    where events.incident = ? group by acts.incident, reaction
"""


@dataclass(slots=True)
class Change:
    """What linking some pages changed."""

    incidents: set[str] = field(default_factory=set)
    """Ids of incidents that were written, or are gone."""
    notes: list[str] = field(default_factory=list)
    """What became of incidents that stood before and have no namesake now."""


@dataclass(slots=True)
class _Edges:
    """The scores of pairs, read when a report is first asked for."""

    index: Index
    held: dict[int, dict[int, int]] = field(default_factory=dict)

    def __getitem__(self, eid: int) -> dict[int, int]:
        found = self.held.get(eid)
        if found is None:
            rows = self.index.ask("select other, score from edges where one = ? order by other", eid)
            found = self.held[eid] = dict(rows)
        return found


class Linker:
    """Adds pages to an index and writes anew what they change."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.blocks = Blocks(index)
        self.copies = Copies(index)
        self.follower = Follower(index)
        self._eids: dict[int, list[int]] = {}

    def update(self, added: Sequence[tuple[PageSketch, int]], dropped: Iterable[str] = ()) -> Change:
        """Link new pages, each with the number of its coding, and forget others."""
        gone = [self.index.numbers[page] for page in dropped]
        change = Change()
        before, seeds = self._leave(gone)
        touched = self.blocks.change({}, {pid: block_page(self.index.sketch(pid)) for pid in gone})
        copied = self.copies.drop(gone)
        late = self.follower.drop(gone)
        for pid in gone:
            self.index.drop_page(pid)
        new = [self.index.add_page(replace(page, text=""), coding) for page, coding in added]
        touched |= self.blocks.change({pid: block_page(self.index.sketch(pid)) for pid in new}, {})
        copied |= self.copies.add(new, [page.text for page, _ in added])
        late |= self.follower.add(new)
        gone_now = set(gone)
        seeds |= self._compare([*new, *sorted(touched - set(new) - gone_now)])
        seeds |= {eid for pid in copied - gone_now for eid in self.eids(pid)}
        moved = self._regroup(seeds, before, change)
        self.follower.note(late, moved)
        return change

    def finish(self) -> None:
        """Say of the commitments what the pages so far tell of them: put off until it is asked for."""
        self.follower.follow()

    def eids(self, pid: int) -> list[int]:
        """Return the numbers of the events of a page, in the order of the page."""
        found = self._eids.get(pid)
        if found is None:
            rows = self.index.ask("select eid from events where pid = ? order by number", pid)
            found = self._eids[pid] = [eid for (eid,) in rows]
        return found

    def _leave(self, gone: Sequence[int]) -> tuple[dict[int, str], set[int]]:
        """Return the incidents that lose a report with these pages, and the reports that may part then."""
        lost = {eid for pid in gone for eid in self.eids(pid)}
        before: dict[int, str] = {}
        seeds: set[int] = set()
        for eid in sorted(lost):
            for (incident,) in self.index.ask("select incident from events where eid = ?", eid):
                if incident is not None:
                    before[eid] = incident
            seeds.update(self._neighbours(eid))
        for incident in sorted(set(before.values())):
            seeds.update(self._reports_of(incident))
        for pid in gone:
            self._eids.pop(pid, None)
        return before, seeds - lost

    def _neighbours(self, eid: int) -> list[int]:
        rows = self.index.ask(
            "select other from edges where one = ? union select reaction from ties where act = ?", eid, eid
        )
        return [other for (other,) in rows]

    def _reports_of(self, incident: str) -> list[int]:
        rows = self.index.ask("select eid from events where incident = ? order by eid", incident)
        return [eid for (eid,) in rows]

    def _compare(self, pids: Sequence[int]) -> set[int]:
        """Weigh the events of pages against all that they meet; return the reports whose pairs changed."""
        dirty = set(pids)
        seeds: set[int] = set()
        edges: list[tuple[int, int, int]] = []
        ties: list[tuple[int, int, int]] = []
        for pid in pids:
            own = self.eids(pid)
            for eid in own:
                seeds.update(self._neighbours(eid))
            self.index.unlink(own)
            seeds.update(own)
        for pid in pids:
            page, own = self.index.sketch(pid), self.eids(pid)
            if not page.events:
                continue
            edges += [(own[one.one], own[one.other], one.score) for one in page.retellings]
            ties += self._tie(pid, pid, 1.0)
            for other in sorted(self.blocks.meet(pid, block_page(page))):
                if other in dirty and other < pid:
                    continue
                likeness = compare_pages(page.words, self.index.sketch(other).words)
                if likeness >= UNLIKE:
                    edges += self._weigh(pid, other, likeness)
                    ties += (*self._tie(pid, other, likeness), *self._tie(other, pid, likeness))
        self.index.run("insert or replace into edges values (?, ?, ?)", edges)
        self.index.run("insert or replace into edges values (?, ?, ?)", ((b, a, s) for a, b, s in edges))
        self.index.run("insert or replace into ties values (?, ?, ?)", ties)
        return seeds

    def _tie(self, pid: int, other: int, likeness: float) -> Iterator[tuple[int, int, int]]:
        """Yield the reactions of a page that may be about acts of another one, with their score."""
        first, second = self.index.sketch(pid), self.index.sketch(other)
        reactions = [event for event in first.events if event.act.type in REACTIONS]
        acts = [event for event in second.events if event.act.type not in REACTIONS] if reactions else ()
        for one in reactions:
            for two in acts:
                if hints := weigh_tie(one, two, first, second, likeness):
                    score = round(1000 * sum_hints(hints))
                    if score > TIED:
                        yield self.eids(pid)[one.number], self.eids(other)[two.number], score

    def _weigh(self, pid: int, other: int, likeness: float) -> Iterator[tuple[int, int, int]]:
        """Yield the pairs of events of two pages with their score."""
        for one, two, score in score_pairs(self.index.sketch(pid), self.index.sketch(other), likeness):
            if score > LEAST:
                yield self.eids(pid)[one], self.eids(other)[two], score

    def _regroup(self, seeds: set[int], before: dict[int, str], change: Change) -> set[int]:
        """Join anew the reports that hang together with some; return those whose incident was written."""
        edges = _Edges(self.index)
        reached = list(gather_reports(seeds, edges, THRESHOLD))
        eids = sorted({eid for group in reached for eid in group})
        known: dict[int, tuple[int, int]] = {}
        for eid in eids:
            for pid, number, incident in self.index.ask(
                "select pid, number, incident from events where eid = ?", eid
            ):
                known[eid] = pid, number
                if incident is not None:
                    before[eid] = incident
        groups = [
            members
            for group in reached
            for members in group_reports(
                sorted((eid for eid in group if eid in known), key=lambda eid: self._order(known[eid])),
                edges,
                THRESHOLD,
                MISSING,
            )
        ]
        groups.sort(key=lambda members: self._order(known[members[0].number]))
        names = self._name(groups, known, before, change)
        old = sorted(set(before.values()))
        self.index.run("delete from incidents where id = ?", ((name,) for name in old))
        for members, name in zip(groups, names, strict=True):
            self._write(members, known, name)
        change.incidents |= {*old, *names} | self._tie_incidents(known, names)
        return set(known)

    def _tie_incidents(self, eids: Iterable[int], names: Sequence[str]) -> set[str]:
        """Say anew what incidents are about: those written now, and those that react to their reports."""
        reacting = set(names)
        for eid in sorted(eids):
            rows = self.index.ask(
                "select incident from events join ties on eid = reaction where act = ?", eid
            )
            reacting.update(name for (name,) in rows if name is not None)
        changed: set[str] = set()
        for name in sorted(reacting):
            about = self._find_about(name)
            ((text,),) = list(self.index.ask("select json from incidents where id = ?", name))
            plain = json.loads(text)
            if plain["about"] != about:
                plain["about"] = about
                row = (json.dumps(plain, ensure_ascii=False), name)
                self.index.run("update incidents set json = ? where id = ?", [row])
                changed.add(name)
        return changed

    def _find_about(self, name: str) -> str | None:
        """Return the incident that the reports of a reaction are tied to most; of equals the first one."""
        rows = self.index.ask(TIES_OF, name)
        sums: dict[str, int] = {}
        for incident, best, _ in rows:
            if incident is not None and incident != name:
                sums[incident] = sums.get(incident, 0) + best
        places = {one: self._place_incident(one) for one in sums}
        return min(sums, key=lambda one: (-sums[one], places[one]), default=None)

    def _place_incident(self, name: str) -> tuple[str, str, int]:
        ((pid, number),) = list(self.index.ask("select pid, number from incidents where id = ?", name))
        return self._order((pid, number))

    def _order(self, place: tuple[int, int]) -> tuple[str, str, int]:
        day, page = self.index.orders[place[0]]
        return day, page, place[1]

    def _name(
        self,
        groups: Sequence[Sequence[Member]],
        known: Mapping[int, tuple[int, int]],
        before: Mapping[int, str],
        change: Change,
    ) -> list[str]:
        """Return an id for each incident: the one that most of its reports were under, if it is free."""
        taken: set[str] = set()
        names: list[str] = []
        for members in groups:
            was: dict[str, int] = {}
            for member in members:
                if (old := before.get(member.number)) is not None:
                    was[old] = was.get(old, 0) + 1
            free = [old for old in was if old not in taken]
            name = max(free, key=lambda old: was[old], default="") or name_incident(
                self._event(known[members[0].number])
            )
            while name in taken:
                name += "s"
            taken.add(name)
            names.append(name)
            change.notes += [f"{name}: has reports that were in {old}" for old in was if old != name]
        gone = sorted(set(before.values()) - taken)
        change.notes += [f"{old}: none of its reports is left" for old in gone]
        return names

    def _event(self, place: tuple[int, int]) -> EventSketch:
        return self.index.sketch(place[0]).events[place[1]]

    def _write(self, members: Sequence[Member], known: Mapping[int, tuple[int, int]], name: str) -> None:
        """Write an incident with the reasons of each join."""
        group = [self._tell(member, known) for member in members]
        pids = {known[member.number][0] for member in members}
        origin = self.copies.origins(pids)
        pages = {page.id: page for page in map(self.index.sketch, {*pids, *origin.values()})}
        names = {self.index.orders[pid][1]: self.index.orders[of][1] for pid, of in origin.items()}
        one = replace(write_incident(group, pages, names), id=name)
        self.index.run(
            "update events set incident = ? where eid = ?", ((name, member.number) for member in members)
        )
        text = json.dumps(to_plain(one), ensure_ascii=False)
        row = (name, *known[members[0].number], text)
        self.index.run("insert or replace into incidents values (?, ?, ?, ?)", [row])

    def _tell(self, member: Member, known: Mapping[int, tuple[int, int]]) -> Joined:
        event = self._event(known[member.number])
        if member.to is None:
            return Joined(event)
        to = self._event(known[member.to])
        here, there = (self.index.sketch(known[eid][0]) for eid in (member.number, member.to))
        return Joined(event, to, member.score / 1000, tell_join(event, to, here, there))


def tell_join(one: EventSketch, other: EventSketch, first: PageSketch, second: PageSketch) -> tuple[str, ...]:
    """Return the reasons that two events are one, each with its weight."""
    if first.id == second.id:
        pair = sorted((one.number, other.number))
        return next((again.reasons for again in first.retellings if [again.one, again.other] == pair), ())
    likeness = compare_pages(first.words, second.words)
    return tuple(map(str, weigh_pair(one, other, first, second, likeness)))


def read_incidents(index: Index) -> tuple[Incident, ...]:
    """Return all incidents of an index, in the order of their first reports."""
    make = record_maker(Incident)
    return tuple(make(json.loads(text)) for text in read_incident_texts(index))


def read_incident_texts(index: Index, names: Sequence[str] | None = None) -> list[str]:
    """Return incidents as JSON, all or those with some ids, in the order of their first reports."""
    sql = "select pid, number, json from incidents"
    rows = (
        index.ask(sql)
        if names is None
        else (row for name in names for row in index.ask(f"{sql} where id = ?", name))
    )
    found = [(pid, number, text) for pid, number, text in rows]
    found.sort(key=lambda row: (index.orders[row[0]], row[1]))
    return [text for _, _, text in found]
