"""Tell what speaks for and against each candidate for who, whom, where, when and how many.

The weights of `role_weights.csv` were fitted to these words (`fit_roles.py`): a word that changes here
leaves its weight behind. `write_golden.py` keeps them for the stories of tests/stages/events/traits.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from onrecord.pipeline import STAGES
from onrecord.records import Actor, Draft, RawPage, Settings
from onrecord.stages.events.count_victims import COUNTED, DEAD, INJURED, find_harm, victim_choices
from onrecord.stages.events.date_events import date_choices
from onrecord.stages.events.place_events import Act, place_choices
from onrecord.stages.events.rank_parties import RuleRoles, Told, gather_cast, party_choices
from onrecord.stages.events.story import Story, index_stories
from onrecord.stages.events.weigh_choices import Choice
from onrecord.stages.page import read_page
from onrecord.stages.parts import split_parts
from onrecord.stages.sentences import parse_sentences

TOLD = 5
"""Candidates of a role that are told, the nearest first."""
DAY = "2017-12-11"
"""Publication day of a story that names none; `none` is a page without a day."""


def read_story(row: dict[str, Any]) -> Story:
    """Return a story as it stands before its events are found."""
    day = row.get("published", DAY)
    kind = row.get("page", "passage")
    page = read_page(RawPage(row["text"].strip(), kind=kind, published=None if day == "none" else day))
    parts = split_parts(page)
    (sentences,) = parse_sentences([(page, parts)])
    draft = Draft(Settings(), page, parts, sentences.kept)
    for name, stage in STAGES:
        if name == "events":
            break
        draft = replace(draft, **{name: stage(draft).kept})
    return next(index_stories(draft))


def tell_traits(row: dict[str, Any]) -> Iterator[str]:
    """Yield the acts of a story, the candidates of each role, and on one line what speaks of each."""
    story = read_story(row)
    read = [(_find_act(given, story), _read_rules(given, story)) for given in row["act"]]
    told = [Told(act.sentence.offset + act.word.idx, act.type, rules.by, rules.to) for act, rules in read]
    harm = find_harm(story)
    for own, (act, rules) in zip(told, read, strict=True):
        others = [other for other in told if other is not own]
        beside = tuple((story.number_of(other.start), other.type) for other in others)
        whole = replace(act, by=rules.by, to=rules.to, others=beside)
        yield f"{act.word.text}, {act.type}, {act.status}"
        yield from _tell("places", place_choices(whole, story), story)
        yield from _tell("dates", date_choices(whole, story), story)
        for kind in (DEAD, INJURED) if act.type in COUNTED else ():
            yield from _tell(kind, victim_choices(kind, whole, harm), story)
        sides = party_choices(gather_cast(act, rules, story, others), story)
        yield from _tell(
            "either side", [_keep(one, two) for one, two in zip(*sides.values(), strict=True)], story
        )
        for role, mine, other in zip(sides, sides.values(), reversed(sides.values()), strict=True):
            yield from _tell(
                role, [_keep(one, two, False) for one, two in zip(mine, other, strict=True)], story
            )


def _find_act(given: dict[str, Any], story: Story) -> Act:
    """Return an act by its word; raises StopIteration if the story does not hold it."""
    number, sentence, word = next(
        (number, sentence, word)
        for number, sentence in enumerate(story.sentences)
        for word in sentence.tokens
        if word.text == given["word"]
    )
    return Act(word, sentence, number, given["type"], given.get("status", "actual"))


def _read_rules(given: dict[str, Any], story: Story) -> RuleRoles:
    """Return what the rules would say of an act; without parties and slots no rule has read it."""
    slots = tuple(given.get("slots", ("", "")))
    by, to = (_find_actors(given.get(side, ()), story.draft) for side in ("by", "to"))
    return RuleRoles(by, to, (slots[0], slots[1]), read="slots" in given)


def _find_actors(names: Sequence[str], draft: Draft) -> tuple[str, ...]:
    """Return the ids of actors by their names; raises KeyError for one that the story does not hold."""
    first: dict[str, Actor] = {}
    for actor in draft.actors:
        first.setdefault(actor.name, actor)
    return tuple(first[name].id for name in names)


def _keep(choice: Choice, other: Choice, is_shared: bool = True) -> Choice:
    """Return a candidate with what speaks of it on both sides, or on its own side alone."""
    return replace(choice, features=tuple(t for t in choice.features if (t in other.features) is is_shared))


def _tell(task: str, choices: Sequence[Choice], story: Story) -> Iterator[str]:
    if choices:
        yield f"  {task}"
    named = {one.id: one.name for one in (*story.draft.actors, *story.draft.places)}
    text = story.draft.page.text
    for choice in choices[:TOLD]:
        words = " ".join(text[slice(*choice.span)].split()) if choice.span else choice.id
        name = named.get(choice.id, words)
        yield f"    {name} ({choice.how}): {'; '.join(choice.features)}"
