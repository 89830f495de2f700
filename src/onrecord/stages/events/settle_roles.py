"""Who, whom, where and when, settled when the whole story has been read.

The rules of the codebook read each act in its own sentence; here every actor, place and date that the
story brings near an act is weighed against what they say, with weights fitted to marked pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.records import Event, Evidence, Sentence
from onrecord.stages.events.compare_acts import Look, name_terms, stand_of
from onrecord.stages.events.count_victims import COUNTED, DEAD, INJURED, Harm, find_harm, victim_choices
from onrecord.stages.events.date_events import PAGE, date_choices, date_of
from onrecord.stages.events.place_events import Act, place_choices
from onrecord.stages.events.rank_parties import (
    ROLES,
    RuleRoles,
    Told,
    gather_cast,
    pair_parties,
    party_choices,
)
from onrecord.stages.events.relate_words import word_at
from onrecord.stages.events.story import ALONE, Story
from onrecord.stages.events.weigh_choices import Choice, tell_choice, tell_terms, weigh, weigh_terms


@dataclass(frozen=True, slots=True)
class Reading:
    """An event as its sentence tells it; `rules` is unread where no entry of the codebook found it."""

    event: Event
    sentence: Sentence
    rules: RuleRoles


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may take part in an act, by side, and the act with their odds."""

    act: Act
    rules: RuleRoles
    choices: Mapping[str, Sequence[Choice]]
    look: Look


def settle_roles(readings: Sequence[Reading], story: Story) -> list[Event]:
    """Return the events of a report, in the order given, with who, whom, where and when."""
    told = [tell_reading(reading) for reading in readings]
    acts = [find_act(reading, story) for reading in readings]
    listed = [
        None if act is None else list_parties(act, reading.rules, others_of(reading.event, told), story)
        for reading, act in zip(readings, acts, strict=True)
    ]
    looks = sorted((one.look for one in listed if one is not None), key=lambda look: look.at.start)
    harm = find_harm(story) if any(one.type in COUNTED for one in told) else []
    beside = [(story.number_of(other.start), other.type, other.start) for other in told]
    return [
        reading.event
        if one is None
        else settle_details(settle_parties(reading, one, looks, story), one.act, beside, harm, story)
        for reading, one in zip(readings, listed, strict=True)
    ]


def others_of(event: Event, told: Sequence[Told]) -> list[Told]:
    """Return the acts of a story that are not told by the words of an event."""
    return [other for other in told if other.start != event.trigger[0]]


def list_parties(act: Act, rules: RuleRoles, others: Sequence[Told], story: Story) -> Candidates:
    """Return who may take part in an act beside the other acts of a story."""
    choices = party_choices(gather_cast(act, rules, story, others), story)
    odds = {
        role: dict(zip((choice.id for choice in some), weigh(role, some), strict=True))
        for role, some in choices.items()
    }
    return Candidates(act, rules, choices, Look(stand_of(act), odds))


def tell_reading(reading: Reading) -> Told:
    """Return what the other acts of the story are told of an act."""
    event = reading.event
    return Told(event.trigger[0], type_of(event), reading.rules.by, reading.rules.to)


def type_of(event: Event) -> str:
    """Return the PLOVER type of an event, of its act where the two differ in having one."""
    return event.plover.type if event.plover else event.act.type


def find_act(reading: Reading, story: Story) -> Act | None:
    """Return the word of an event as an act of the story; None where it stands outside it."""
    event = reading.event
    if not story.sentences or not story.holds(event.trigger):
        return None
    number = story.number_of(event.trigger[0])
    word = word_at(story.sentences[number], event.trigger)
    if word is None:
        return None
    return Act(word, story.sentences[number], number, type_of(event), event.status)


@dataclass(slots=True)
class Telling:
    """What is settled about an event, as it comes."""

    fields: dict[str, Any] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def close(self, event: Event) -> Event:
        """Return an event with all that was settled."""
        return replace(
            event, **self.fields, why=(*event.why, *self.why), evidence=(*event.evidence, *self.evidence)
        )


def settle_details(
    event: Event, act: Act, beside: Sequence[tuple[int, str, int]], harm: Sequence[Harm], story: Story
) -> Event:
    """Return an event whose parties are settled with the place, the date and the victims of the story.

    `beside` has for each act of the story the place of its sentence, its type and where its word begins.
    """
    start = event.trigger[0]
    others = tuple((number, kind) for number, kind, at in beside if at != start)
    whole = replace(act, by=event.sources, to=event.targets, others=others)
    telling = Telling()
    settle_place(telling, whole, story)
    settle_date(telling, whole, story)
    settle_victims(telling, event, whole, harm, story)
    return telling.close(event)


def settle_parties(reading: Reading, one: Candidates, looks: Sequence[Look], story: Story) -> Event:
    """Return an event with the likeliest parties; of several that the rules list, all stay."""
    terms = name_terms(one.look, [look for look in looks if look.at.start != one.look.at.start])
    ranked = {role: rank_again(role, one.choices[role], terms[role]) for role in ROLES}
    sources, targets = ([(choice.id, odds) for choice, odds in ranked[role]] for role in ROLES)
    pair = pair_parties(sources, targets)
    by, to = keep_listed(pair, reading.rules)
    is_read = reading.event.decided_by != "model" or reading.rules.by or reading.rules.to
    if len(story.sentences) <= ALONE and is_read:  # grammar says who does what to whom
        by, to = reading.rules.by, reading.rules.to
    telling = Telling()
    for role, name, side in zip(ROLES, pair, (by, to), strict=True):
        if name is None or name in side:
            explain(telling, role, name, ranked[role], story, terms[role])
    return telling.close(replace(reading.event, sources=by, targets=to, why=_correct(reading, by, to)))


def rank_again(
    role: str, choices: Sequence[Choice], terms: Mapping[str, Mapping[str, float]]
) -> list[tuple[Choice, float]]:
    """Return candidates with the log odds of the second look, the likeliest first."""
    odds = [weigh_terms(f"{role} again", terms[choice.id]) for choice in choices]
    return sorted(zip(choices, odds, strict=True), key=lambda pair: -pair[1])


def _correct(reading: Reading, by: tuple[str, ...], to: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of an event, those of parties marked that the rules gave and the story does not."""
    sides = zip(ROLES, (reading.rules.by, reading.rules.to), (by, to), strict=True)
    stale = tuple(f"{role} " for role, old, new in sides if old != new)
    return tuple(f"passed over: {line}" if line.startswith(stale) else line for line in reading.event.why)


def rank(task: str, choices: Sequence[Choice]) -> list[tuple[Choice, float]]:
    """Return candidates with their log odds, the likeliest first."""
    return sorted(zip(choices, weigh(task, choices), strict=True), key=lambda pair: -pair[1])


def keep_listed(
    pair: tuple[str | None, str | None], rules: RuleRoles
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return both sides, with all whom the rules list beside the one who was chosen, nobody on both."""
    source, target = pair
    if source in rules.by and target in rules.by:  # a joint act: all who take part stand on one side
        return rules.by, ()
    by = rules.by if source in rules.by else (source,) if source else ()
    to = rules.to if target in rules.to else (target,) if target else ()
    by = tuple(name for name in by if name not in to or name == source)
    return by, tuple(name for name in to if name not in by)


def explain(
    telling: Telling, task: str, name: str | None, ranked: Sequence[tuple[Choice, float]], story: Story,
    again: Mapping[str, Mapping[str, float]] | None = None,
) -> None:  # fmt: skip
    """Tell why a candidate was chosen, and which was the likeliest of those passed over.

    `again` has what the second look has of each candidate.
    """
    text = story.draft.page.text
    for choice, odds in ranked:
        if choice.id == name:
            words = f' "{" ".join(text[slice(*choice.span)].split())}"' if choice.span else ""
            line = f"{task} {choice.id}{words}, weighed {odds:+.2f}: {tell_choice(task, choice)}"
            if again:
                line += f"; by the other acts: {tell_terms(f'{task} again', again[choice.id])}"
            telling.why.append(line)
            telling.evidence.append(Evidence(f"weighed: {choice.how}", task, choice.span, round(odds, 2)))
    loser = next((pair for pair in ranked if pair[0].id != name), None)
    if loser is not None:
        telling.evidence.append(Evidence("passed over", task, loser[0].span, round(loser[1], 2)))


def settle_place(telling: Telling, act: Act, story: Story) -> None:
    """Tell the place where the story has an event happen."""
    ranked = rank("place", place_choices(act, story))
    choice = likeliest(ranked)
    if choice is not None:
        telling.fields |= {"place": choice.id, "placed_by": choice.how}
    explain(telling, "place", choice.id if choice else None, ranked, story)


def likeliest(ranked: Sequence[tuple[Choice, float]]) -> Choice | None:
    """Return the first of ranked candidates; None where none is likelier than that there is none."""
    return ranked[0][0] if ranked and ranked[0][1] > 0 else None


def settle_date(telling: Telling, act: Act, story: Story) -> None:
    """Tell the first and the last day of an event."""
    ranked = rank("date", date_choices(act, story))
    choice = likeliest(ranked)
    if choice is not None:
        start, end, _ = date_of(choice, story)
        time = None if choice.id == PAGE else choice.id
        telling.fields |= {"time": time, "start_date": start, "end_date": end, "dated_by": choice.how}
    explain(telling, "date", choice.id if choice else None, ranked, story)


def settle_victims(telling: Telling, event: Event, act: Act, harm: Sequence[Harm], story: Story) -> None:
    """Tell the dead and the injured that the story gives an event."""
    if act.type not in COUNTED:
        return
    quantities = event.quantities
    for kind in (DEAD, INJURED):
        ranked = rank(kind, victim_choices(kind, act, harm))
        choice = likeliest(ranked)
        if choice is None:
            continue
        told = next(one for one in harm if one.kind == kind and one.span == choice.span)
        quantities += told.quantities
        telling.fields |= {kind: told.count, "quantities": quantities}
        explain(telling, kind, choice.id, ranked, story)
