"""Who acts and who is acted upon, as ranked candidates: every actor whom the story brings near an act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.grammar import is_passive
from onrecord.records import Actor, Span
from onrecord.stages.events.place_events import NEAREST, Act, Seen, same_words, see_span
from onrecord.stages.events.relate_words import PREPOSITIONS, bucket
from onrecord.stages.events.story import Story
from onrecord.stages.events.weigh_choices import Choice
from onrecord.words import Token

BEFORE, BEHIND = 3, 2
"""Sentences before and behind an act in which candidates are looked for."""
ROLES = ("source", "target")
LONGEST_PATH = 5
DESCRIBED = "roles: "
"""How the rule of an actor begins who is known by a description only; its word follows."""


@dataclass(frozen=True, slots=True)
class RuleRoles:
    """What the rules of the codebook say of an act's parties; none is read for an act found without them."""

    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    slots: tuple[str, str] = ("", "")
    read: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An act of the story with the parties that the rules give it."""

    start: int
    """Where its word begins in the page."""
    type: str
    by: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor near an act."""

    actor: Actor
    seen: tuple[Seen, ...]
    """Its mentions near the act, the nearest first."""


@dataclass(frozen=True, slots=True)
class Cast:
    """All who may take part in an act."""

    act: Act
    parties: tuple[Party, ...]
    rules: RuleRoles
    speaker: str | None
    kind: str
    """verb, passive verb or noun."""
    told: Mapping[Span, tuple[int, str, str]]
    """Where who is mentioned beside the same word elsewhere stands to it."""
    acting: Mapping[str, Sequence[Told]]
    """The other acts of the story in which an actor acts, by id, as the rules read them."""
    bearing: Mapping[str, Sequence[Told]]
    """Those in which it is acted upon."""
    before: Told | None = None
    """The last act before this one."""


def gather_cast(act: Act, rules: RuleRoles, story: Story, others: Sequence[Told] = ()) -> Cast:
    """Return the actors who may take part in an act."""
    near: dict[str, list[Seen]] = {}
    first = max(0, act.number - BEFORE)
    last = min(len(story.sentences) - 1, act.number + BEHIND)
    window = (story.sentences[first].start, story.sentences[last].end)
    heads = [story.sentences[0]] if first > 0 else []
    spans = [(sentence.start, sentence.end) for sentence in heads] + [window]
    for span, actor in (pair for at in spans for pair in story.actors.within(at)):
        if story.holds(span):
            near.setdefault(actor.id, []).append(see_span(span, act, story))
    for actor in story.often:
        if actor.id not in near:
            own = next(span for span in actor.mentions if story.holds(span))
            near[actor.id] = [see_span(own, act, story)]
    parties = tuple(Party(story.known[name], tuple(sorted(seen))) for name, seen in near.items())
    start = act.sentence.offset + act.word.idx
    earlier = [other for other in others if other.start < start]
    return Cast(
        act,
        parties,
        rules,
        story.speaker_at(start),
        _kind_of(act.word),
        same_words(act, story, story.actors),
        *_by_actor(others),
        max(earlier, key=lambda other: other.start, default=None),
    )


def _by_actor(others: Sequence[Told]) -> tuple[dict[str, list[Told]], dict[str, list[Told]]]:
    """Return the acts in which each actor acts, and those in which it is acted upon."""
    acting: dict[str, list[Told]] = {}
    bearing: dict[str, list[Told]] = {}
    for other in others:
        for name in other.by:
            acting.setdefault(name, []).append(other)
        for name in other.to:
            bearing.setdefault(name, []).append(other)
    return acting, bearing


def _kind_of(word: Token) -> str:
    if word.pos_ in ("VERB", "AUX"):
        return "passive verb" if is_passive(word) else "verb"
    return "noun"


def party_choices(cast: Cast, story: Story) -> dict[str, list[Choice]]:
    """Return the actors near an act as candidates for each of its roles."""
    found: dict[str, list[Choice]] = {role: [] for role in ROLES}
    for place, party in enumerate(sorted(cast.parties, key=lambda party: party.seen[0])):
        shared = tuple(_name_features(party, place, cast, story))
        how = "told" if party.seen[0].rank < len(NEAREST) else "story"
        for role in ROLES:
            own = (*_by_rules(role, party.actor.id, cast), *_beside(role, party.actor, cast, story))
            found[role].append(Choice(party.actor.id, (*shared, *own), how, party.seen[0].span))
    return found


def _name_features(party: Party, place: int, cast: Cast, story: Story) -> Iterator[str]:
    first, act = party.seen[0], cast.act
    yield "anyone"
    yield f"anyone: {act.type}"
    yield f"in {first.relation}"
    yield f"in {first.relation}, {first.function}"
    yield f"{cast.kind}: in {first.relation}, {first.function}"
    yield f"{act.type}: {first.function}"
    yield f"{act.type}: in {first.relation}"
    yield from dict.fromkeys(f"also in {one.relation}, {one.function}" for one in party.seen[1:3])
    lemma = act.word.lemma_.lower()
    yield f"anyone: {lemma}"
    yield f"{lemma}: {first.function}"
    yield from _along(first, cast, story)
    yield from _nature(party.actor, act)
    yield from _elsewhere(party.actor.id, cast)
    yield from _standing(party, place, cast, story)


def _along(first: Seen, cast: Cast, story: Story) -> Iterator[str]:
    """Yield the way through the sentence from an act to who is mentioned, and the side."""
    if first.relation not in NEAREST:
        return
    word = story.spot(first.span)[1]
    side = "before" if word.i < cast.act.word.i else "behind"
    yield f"{cast.kind}: {side} it, {first.function}"
    way = tell_way(word, cast.act.word)
    if way:
        yield f"way {way}"
        yield f"{cast.kind}: way {way}"
        yield f"{cast.act.type}: way {way}"
        yield f"{cast.act.word.lemma_.lower()}: way {way}"
    if word.pos_ == "PRON":
        yield "a pronoun"
    if word.dep_ == "pobj":
        above = word.head.head
        yield f"{'a verb' if above.pos_ in ('VERB', 'AUX') else 'a noun'} and {word.head.lower_}"


def tell_way(word: Token, act: Token) -> str:
    """Return the labels of the arcs from one word up to where the other's begin, and down; empty if long."""
    up = (act, *act.ancestors)
    down = (word, *word.ancestors)
    shared = {token.i: n for n, token in enumerate(up)}
    for n, token in enumerate(down):
        if token.i in shared:
            if n + shared[token.i] > LONGEST_PATH:
                return ""
            rise = "<".join(_arc(t) for t in up[: shared[token.i]])
            fall = ">".join(_arc(t) for t in reversed(down[:n]))
            return f"{rise}<>{fall}"
    return ""


def _arc(token: Token) -> str:
    label = token.dep_.lower()
    return f"{label}-{PREPOSITIONS.get(token.lower_, 'other')}" if label in ("prep", "agent") else label


def _nature(actor: Actor, act: Act) -> Iterator[str]:
    """Yield what kind of actor it is."""
    yield f"a {actor.type}"
    yield f"{act.type}: a {actor.type}"
    yield f"sector {actor.sector}"
    yield f"{act.type}: sector {actor.sector}"
    yield "country known" if actor.country else "country unknown"
    rule = actor.rule or ""
    if rule.startswith(DESCRIBED):
        word = rule.removeprefix(DESCRIBED).partition(";")[0]
        yield f"{act.type}: described as {word}"


def _elsewhere(name: str, cast: Cast) -> Iterator[str]:
    """Yield what a candidate does in the other acts of the story."""
    kind, before = cast.act.type, cast.before
    if before is not None and name in before.by:
        yield "acts in the act before"
        yield f"acts in the act before, {before.type}, {kind}"
    if before is not None and name in before.to:
        yield "acted upon in the act before"
        yield f"acted upon in the act before, {before.type}, {kind}"
    here, acting, bearing = cast.act.sentence, cast.acting.get(name, ()), cast.bearing.get(name, ())
    for told, acts in (("acts", acting), ("acted upon", bearing)):
        beside = [other for other in acts if here.start <= other.start < here.end]
        yield from dict.fromkeys(f"{told} in its sentence too, {other.type}, {kind}" for other in beside)
        if acts:
            yield f"{told} in {bucket(len(acts))} others"
        if alike := sum(other.type == kind for other in acts):
            yield f"{told} in {bucket(alike)} others of its type"


def _by_rules(role: str, name: str, cast: Cast) -> Iterator[str]:
    """Yield what the rules say of a candidate."""
    rules, kind = cast.rules, cast.act.type
    if not rules.read:
        yield "no rule read it"
        return
    own, other = (rules.by, rules.to) if role == "source" else (rules.to, rules.by)
    slot = rules.slots[0 if role == "source" else 1]
    if name in own:
        yield "the rules say so"
        yield f"{kind}: the rules say so"
        yield f"{cast.kind}: the rules say so: {slot}"
        yield f"the rules say so: {slot}"
    elif own:
        yield "the rules say another"
        yield f"{kind}: the rules say another"
        yield f"the rules say another: {slot}"
    else:
        yield "the rules say nobody"
        yield f"{kind}: the rules say nobody"
    if name in other:
        yield f"the rules say it is the {'target' if role == 'source' else 'source'}"
        yield f"{kind}: the rules say it is the other side"


def _standing(party: Party, place: int, cast: Cast, story: Story) -> Iterator[str]:
    """Yield where an actor stands in the story: named often, in the title, subject of the sentence before."""
    yield f"{bucket(place)} actors nearer"
    yield f"{bucket(story.counts[party.actor.id])} mentions"
    if party.actor.id == cast.speaker:
        yield "who says so"
        yield f"{cast.act.type}: who says so"
    if party.actor.id == story.often[0].id:
        yield "named most often"
    told = {(one.relation, one.function) for one in party.seen}
    if ("1 sentence before", "subject") in told:
        yield "subject of the sentence before"
    titles = [one for one in party.seen if story.number_of(one.span[0]) < story.lead]
    if titles:
        yield "in the title"
        yield f"in the title, {titles[0].function}"
    yield from _same_word(party, cast)


def _same_word(party: Party, cast: Cast) -> Iterator[str]:
    """Yield how an actor stands to the same word in another sentence of the report."""
    told = cast.told
    best = min((told[span] for span in party.actor.mentions if span in told), default=None)
    if best is not None:
        yield f"by the same word, in {best[1]}"
        yield f"by the same word, in {best[1]}, {best[2]}"


def _beside(role: str, actor: Actor, cast: Cast, story: Story) -> Iterator[str]:
    """Yield how an actor stands to those who take the other side by the rules."""
    other = cast.rules.by if role == "target" else cast.rules.to
    sectors = [story.known[name].sector for name in other if name != actor.id]
    if sectors:
        yield f"beside {sectors[0]}: {actor.sector}"
        yield f"{cast.act.type} beside {sectors[0]}: {actor.sector}"
    countries = {story.known[name].country for name in other} - {None}
    if not countries or actor.id in other:
        return
    same = "of the same country as" if actor.country in countries else "of another country than"
    if actor.country is None:
        same = "of no known country, unlike"
    yield f"{same} the other side"
    yield f"{cast.act.type}: {same} the other side"
    yield f"{same} the other side, a {actor.type}"


def pair_parties(
    sources: Sequence[tuple[str, float]], targets: Sequence[tuple[str, float]]
) -> tuple[str | None, str | None]:
    """Return the likeliest two who are not the same; None on a side where nobody is likelier than some.

    The first two of each side are enough: one of them is not the first of the other side.
    """
    best: tuple[float, int, int] = (0.0, -1, -1)
    for s, (source, for_source) in enumerate([*sources, ("", 0.0)]):
        for t, (target, for_target) in enumerate([*targets, ("", 0.0)]):
            if source == target:
                continue
            total = for_source + for_target
            if total > best[0]:
                best = (total, s, t)
    _, s, t = best
    first = sources[s][0] if 0 <= s < len(sources) else None
    second = targets[t][0] if 0 <= t < len(targets) else None
    return first, second
