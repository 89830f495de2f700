"""Who, whom, where and when, settled when the whole story has been read.

The rules of the codebook read each act in its own sentence; here every actor, place and date that the
story brings near an act is weighed against what they say, with weights fitted to marked pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.records import Event, Evidence, Sentence
from onrecord.stages.events.count_victims import COUNTED, DEAD, INJURED, Harm, find_harm, victim_choices
from onrecord.stages.events.date_events import PAGE, date_choices, date_of
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.place_events import Act, place_choices
from onrecord.stages.events.rank_parties import (
    ROLES,
    Cast,
    RuleRoles,
    Told,
    gather_cast,
    pair_parties,
    party_choices,
)
from onrecord.stages.events.relate_words import word_at
from onrecord.stages.events.story import ALONE, Story
from onrecord.stages.events.weigh_choices import Choice, tell_choice, weigh

TALKING, PAIR = ("CONSULT", "AGREE", "COOPERATE", "SUPPORT"), 2
"""PLOVER types of acts that two parties do together."""
AMONG_THEMSELVES = ("CONSULT", "AGREE", "COOPERATE")
"""PLOVER types of acts in which nobody else is acted upon when two parties stand on one side: of 16 targets
from elsewhere 13 are wrong on folds that were not learned from. Two may support a third."""
LEAVING = ("CONCEDE", "RETREAT")
"""Types of acts of which an adjective tells who leaves, not where: "the withdrawal of Russian troops"."""
FAR, CLEAR = "story", 0.8
"""How a place is told that stands neither in the sentence of an act nor beside it; log odds by which such a
place must be ahead of one in another country: a wrong place is worse than none."""
BESIDE = 1.0
"""Log odds by which one whom the rules list beside the chosen one may be less likely than he; on folds left
out who is right in .754 of the events for .749 with all who are listed, whom in .662 for .659. All are listed
who talk or agree."""
JUDGING = "ACCUSE"
JUDGED = ("ASSAULT", "COERCE", "PROTEST", "SANCTION")
"""PLOVER types of acts that others condemn, criticise, look into; of 40 such on marked pages 16 targets are
right by who did them, 8 by the weights."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An event as its sentence tells it; `rules` is unread where no entry of the codebook found it."""

    event: Event
    sentence: Sentence
    rules: RuleRoles


def settle_roles(readings: Sequence[Reading], story: Story) -> list[Event]:
    """Return the events of a report, in the order given, with who, whom, where and when."""
    told = [tell_reading(reading) for reading in readings]
    acts = [find_act(reading, story) for reading in readings]
    harm = find_harm(story) if any(one.type in COUNTED for one in told) else []
    settled = [
        settle_event(reading, act, told, harm, story) for reading, act in zip(readings, acts, strict=True)
    ]
    if len(story.sentences) <= ALONE:
        return settled
    return list(name_both_sides(list(aim_at_doers(settled, acts)), readings, story))


def aim_at_doers(events: Sequence[Event], acts: Sequence[Act]) -> Iterator[Event]:
    """Yield events in which who judges an act has those as target who did it, nobody if it is not told.

    The weights would name whoever stands near: "condemned the attack on the camp" is not aimed at the camp.
    """
    for event, act in zip(events, acts, strict=True):
        deed = find_deed(act, events, acts) if act.type == JUDGING else None
        doers = () if deed is None else tuple(name for name in deed.sources if name not in event.sources)
        if deed is None or doers == event.targets:
            yield event
            continue
        reason = "who did what is judged"
        proof = Evidence(reason, "target", deed.trigger, None)
        told = f"target {', '.join(doers) or 'nobody'}: {reason}"
        yield replace(_retell(event, ("target",), told, proof), targets=doers)


def name_both_sides(events: Sequence[Event], readings: Sequence[Reading], story: Story) -> Iterator[Event]:
    """Yield events in which "the two leaders" are the two parties of the talks told before."""
    names = {actor.id: actor.name.lower() for actor in story.draft.actors}
    pair: tuple[str, ...] = ()
    for event, reading in zip(events, readings, strict=True):
        parties = tuple(dict.fromkeys((*event.sources, *event.targets)))
        said = dict.fromkeys((*parties, *reading.rules.by, *reading.rules.to))  # weights may have left them
        vague = [one for one in said if names[one] in event_words("both sides")]
        if type_of(event) not in TALKING:
            yield event
        elif not vague:
            pair = parties if len(parties) == PAIR else pair
            yield event
        elif len(pair) == PAIR and set(parties) - set(vague) <= set(pair):
            named = " and ".join(names[one] for one in pair)
            told = f"source {', '.join(pair)}: {names[vague[0]]} are {named} of the talks before"
            proof = Evidence("the two of the talks before", "source", event.trigger, None)
            yield replace(_retell(event, ROLES, told, proof), sources=pair, targets=())
        else:
            yield event


def _retell(event: Event, roles: Sequence[str], told: str, proof: Evidence) -> Event:
    """Return an event with one line and one proof for some roles, in place of what stood for them."""
    kept = tuple(one for one in event.evidence if one.kind not in roles)
    return replace(event, why=(*_pass_over(event.why, roles), told), evidence=(*kept, proof))


def _pass_over(why: Sequence[str], roles: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of an event, those marked that tell parties of some roles which it no longer has."""
    stale = tuple(f"{role} " for role in roles)
    return tuple(f"passed over: {line}" if line.startswith(stale) else line for line in why)


def find_deed(act: Act, events: Sequence[Event], acts: Sequence[Act]) -> Event | None:
    """Return the event whose noun is the object or the subject of an act: `condemned the attack`."""
    for event, other in zip(events, acts, strict=True):
        if other.word.pos_ == "NOUN" and other.word.head is act.word and other.type in JUDGED:
            return event
    return None


def others_of(event: Event, told: Sequence[Told]) -> list[Told]:
    """Return the acts of a story that are not told by the words of an event."""
    return [other for other in told if other.start != event.trigger[0]]


def tell_reading(reading: Reading) -> Told:
    """Return what the other acts of the story are told of an act."""
    event = reading.event
    return Told(event.trigger[0], type_of(event), reading.rules.by, reading.rules.to)


def type_of(event: Event) -> str:
    """Return the PLOVER type of an event, of its act where the two differ in having one."""
    return event.plover.type if event.plover else event.act.type


def find_act(reading: Reading, story: Story) -> Act:
    """Return the word of an event as an act of the story."""
    event = reading.event
    number = story.number_of(event.trigger[0])
    word = word_at(story.sentences[number], event.trigger)
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


def settle_event(
    reading: Reading, act: Act, told: Sequence[Told], harm: Sequence[Harm], story: Story
) -> Event:
    """Return an event with the parties, the place and the date that the story gives it."""
    others = others_of(reading.event, told)
    telling = Telling()
    by, to = settle_parties(telling, reading, gather_cast(act, reading.rules, story, others), story)
    beside = tuple((story.number_of(other.start), other.type) for other in others)
    whole = replace(act, by=by, to=to, others=beside)
    settle_place(telling, whole, story)
    settle_date(telling, whole, story)
    settle_victims(telling, reading.event, whole, harm, story)
    sides = zip(ROLES, (reading.rules.by, reading.rules.to), (by, to), strict=True)
    why = _pass_over(reading.event.why, [role for role, old, new in sides if old != new])
    return telling.close(replace(reading.event, sources=by, targets=to, why=why))


def settle_parties(
    telling: Telling, reading: Reading, cast: Cast, story: Story
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the likeliest parties of an event and tell why; of several whom rules list, the likely stay."""
    ranked = {role: rank(role, choices) for role, choices in party_choices(cast, story).items()}
    sources, targets = ([(choice.id, odds) for choice, odds in ranked[role]] for role in ROLES)
    pair, listed = pair_parties(sources[:2], targets[:2]), reading.rules
    if type_of(reading.event) in AMONG_THEMSELVES:
        pair = leave_bystander(pair, listed)
    if type_of(reading.event) not in TALKING:
        listed = pass_over_unlikely(pair, listed, dict(sources), dict(targets))
    by, to = keep_listed(pair, listed)
    is_read = reading.event.decided_by != "model" or reading.rules.by or reading.rules.to
    if len(story.sentences) <= ALONE and is_read:  # grammar says who does what to whom
        by, to = reading.rules.by, reading.rules.to
    for role, name, side in zip(ROLES, pair, (by, to), strict=True):
        if name is None or name in side:
            explain(telling, role, name, ranked[role], story)
    return by, to


def rank(task: str, choices: Sequence[Choice]) -> list[tuple[Choice, float]]:
    """Return candidates with their log odds, the likeliest first."""
    return sorted(zip(choices, weigh(task, choices), strict=True), key=lambda pair: -pair[1])


def pass_over_unlikely(
    pair: tuple[str | None, str | None],
    rules: RuleRoles,
    sources: Mapping[str, float],
    targets: Mapping[str, float],
) -> RuleRoles:
    """Return what the rules list without those who are much less likely than the one who was chosen."""
    by, to = (
        tuple(name for name in side if name in pair or odds.get(name, 0.0) > odds.get(chosen, 0.0) - BESIDE)
        for side, odds, chosen in zip((rules.by, rules.to), (sources, targets), map(str, pair), strict=True)
    )
    return replace(rules, by=by, to=to)


def leave_bystander(pair: tuple[str | None, str | None], rules: RuleRoles) -> tuple[str | None, str | None]:
    """Return a pair without a target whom no rule lists, where one of several partners is the source.

    "Ames and Holm met in Canada": those who met are told, and Canada is where.
    """
    source, target = pair
    is_told = len(rules.by) >= PAIR
    return (source, None) if is_told and target not in (*rules.by, *rules.to) else pair


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
    telling: Telling, task: str, name: str | None, ranked: Sequence[tuple[Choice, float]], story: Story
) -> None:
    """Tell why a candidate was chosen, and which was the likeliest of those passed over."""
    text = story.draft.page.text
    for choice, odds in ranked:
        if choice.id == name:
            words = f' "{" ".join(text[slice(*choice.span)].split())}"' if choice.span else ""
            reasons = tell_choice(task, choice)
            telling.why.append(f"{task} {choice.id}{words}, weighed {odds:+.2f}: {reasons}")
            telling.evidence.append(Evidence(f"weighed: {choice.how}", task, choice.span, round(odds, 2)))
    loser = next((pair for pair in ranked if pair[0].id != name), None)
    if loser is not None:
        telling.evidence.append(Evidence("passed over", task, loser[0].span, round(loser[1], 2)))


def settle_place(telling: Telling, act: Act, story: Story) -> None:
    """Tell the place where the story has an event happen."""
    choices = [choice for choice in place_choices(act, story) if not tells_origin(choice, act, story)]
    ranked = rank("place", choices)
    choice = likeliest(ranked)
    if choice is not None and choice.how == FAR and is_open(ranked, story):
        choice = None
    if choice is not None:
        telling.fields |= {"place": choice.id, "placed_by": choice.how}
    explain(telling, "place", choice.id if choice else None, ranked, story)


def tells_origin(choice: Choice, act: Act, story: Story) -> bool:
    """Return whether a place is an adjective only, of a person ("the Russian president") or of who leaves."""
    if choice.span is None or story.spot(choice.span)[1].pos_ != "ADJ":
        return False
    parties = {actor.id for _, actor in story.actors.touching(choice.span)}
    own = parties & {*act.by, *act.to}
    return any(story.known[name].type == "person" or act.type in LEAVING for name in own)


def is_open(ranked: Sequence[tuple[Choice, float]], story: Story) -> bool:
    """Return whether a place of another country is nearly as likely as the first."""
    lands = {place.id: place.country for place in story.draft.places}
    (first, most), *others = ranked
    return any(lands[one.id] != lands[first.id] for one, odds in others if odds > most - CLEAR)


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
        told = next(one for one in harm if one.span == choice.span)
        quantities += told.quantities
        telling.fields |= {kind: told.count, "quantities": quantities}
        explain(telling, kind, choice.id, ranked, story)
