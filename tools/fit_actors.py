"""Fit by what a story tells whom a description means, and of which country an actor is.

usage: fit_actors.py [--shared ../shared] [--without FOLDS] [--check] [--folds]

Reads the pages of open licence in gold/events, whose marks name the actors of events with their mentions
and countries. Two tables come out, each of a conditional logit with a Gaussian prior: `name_weights.csv`
over the names that a description may mean and none of them, `home_weights.csv` over the countries that a
story names and none of them; for these, each page is read whole and by its first sentences alone. `--check`
only says whether the tables would change; `--folds` prints how often weights of the other folds are right
on each fold; `--without` leaves folds of the pages out. Takes about a minute.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy
from event_examples import read_drafts
from weight_tables import find_pages, read_options, write_weights

from onrecord.lexicons.weights import sum_weights
from onrecord.records import Draft, Span
from onrecord.stages.actors.cast import Entity
from onrecord.stages.actors.consult_roster import consult_roster
from onrecord.stages.actors.find_actors import read_report
from onrecord.stages.actors.join_names import describe_names, join_names
from onrecord.stages.actors.settle_countries import NOWHERE, SURE, describe_homes

PRIOR = {"name_weights": 2.0, "home_weights": 4.0}
"""How much a weight must earn its place."""
RARE = 15
"""A feature that fewer alternatives have gets no weight."""
SMALL = 0.05
LEAD = 3
"""Sentences of the short reading of a page."""
ROUNDS = 30
NOBODY = "nobody"
Features = dict[str, float]


@dataclass(frozen=True)
class Choice:
    """One decision that the marks tell: what speaks for each alternative, and which one is right."""

    fold: int
    alternatives: tuple[tuple[str, Features], ...]
    right: str


def main() -> int:
    """Write both tables, or with --check return 1 if one would change."""
    args = read_options(__doc__).parse_args()
    path, pages = find_pages(args)
    if not pages:
        return 0
    drafts = [draft for draft in read_drafts(path, "clauses") if draft.page.id in pages]
    changed = False
    for table, read in (("name_weights", read_names), ("home_weights", read_homes)):
        choices = [choice for draft in drafts for choice in read(pages[draft.page.id], draft)]
        if args.folds:
            print_folds(table, choices)
        changed |= write_weights(table, fit(choices, PRIOR[table]), "gold-events", args.check)
    return int(args.check and changed)


def read_names(marked: dict[str, Any], draft: Draft) -> Iterator[Choice]:
    """Yield for each description of a page the names that it may mean, and the one that the marks say."""
    spans = mark_spans(marked)
    cast, _ = read_report(draft)
    for told, names in describe_names(cast):
        own = marked_actor(told.entity, spans)
        if own is None:
            continue
        listed = [(f"{number}", features) for number, (_, features) in enumerate(names)]
        right = [n for n, (name, _) in enumerate(names) if marked_actor(name.entity, spans) == own]
        yield Choice(marked["fold"], (*listed, (NOBODY, {})), f"{right[0]}" if right else NOBODY)


def read_homes(marked: dict[str, Any], draft: Draft) -> Iterator[Choice]:
    """Yield for each actor without a country the countries that it may have, and the marked one."""
    spans = mark_spans(marked)
    countries = {actor["name"]: actor.get("country") for actor in marked["gold"]["actors"]}
    for part in (draft, replace(draft, sentences=draft.sentences[:LEAD])):
        cast, _ = read_report(part)
        join_names(cast)
        consult_roster(cast)
        for entity, candidates in describe_homes(cast):
            name = marked_actor(entity, spans)
            right = (countries[name] or NOWHERE) if name is not None else None
            if right in candidates:
                yield Choice(marked["fold"], tuple(candidates.items()), right)


def mark_spans(marked: dict[str, Any]) -> list[tuple[Span, str]]:
    """Return where a page has the names and mentions of its marked actors, each with the actor's name."""
    found = []
    for actor in marked["gold"]["actors"]:
        for words in dict.fromkeys((actor["name"], *actor.get("mentions", ()))):
            pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
            found += [(hit.span(), actor["name"]) for hit in re.finditer(pattern, marked["text"])]
    return found


def marked_actor(entity: Entity, spans: list[tuple[Span, str]]) -> str | None:
    """Return the marked actor with which an actor shares most mentions; None if it shares none."""
    votes = Counter(
        name for mention, _ in entity.mentions for span, name in spans if is_same_mention(mention, span)
    )
    return max(votes, key=lambda name: votes[name]) if votes else None


def is_same_mention(one: Span, other: Span) -> bool:
    """Return whether two spans end alike, or share six tenths of the longer one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and (one[1] == other[1] or shared >= 0.6 * max(one[1] - one[0], other[1] - other[0]))


def fit(choices: list[Choice], prior: float) -> dict[str, float]:
    """Return the weights of a conditional logit by Newton's method, rounded, the small ones left out."""
    counts = Counter(name for one in choices for _, features in one.alternatives for name in features)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    rows, starts, right = as_matrix(choices, names)
    group = numpy.repeat(numpy.arange(len(starts)), numpy.diff([*starts, len(rows)]))
    weights = numpy.zeros(len(names))
    for _ in range(ROUNDS):
        scores = rows @ weights
        odds = numpy.exp(scores - numpy.maximum.reduceat(scores, starts)[group])
        shares = odds / numpy.add.reduceat(odds, starts)[group]
        means = numpy.add.reduceat(rows * shares[:, None], starts)
        slope = rows[right].sum(0) - means.sum(0) - prior * weights
        curve = (rows * shares[:, None]).T @ rows - means.T @ means + prior * numpy.eye(len(names))
        step = numpy.linalg.solve(curve, slope)
        weights += step
        if abs(step).max() < 1e-8:
            break
    return {name: float(w) for name, w in zip(names, weights, strict=True) if abs(w) >= SMALL}


def as_matrix(choices: list[Choice], names: list[str]) -> tuple[Any, list[int], list[int]]:
    """Return alternatives by features, the row where each choice begins, and the row of each right one."""
    place = {name: number for number, name in enumerate(names)}
    rows = numpy.zeros((sum(len(one.alternatives) for one in choices), len(names)))
    starts, right, row = [], [], 0
    for one in choices:
        starts.append(row)
        for label, features in one.alternatives:
            for name, value in features.items():
                if name in place:
                    rows[row, place[name]] = value
            if label == one.right:
                right.append(row)
            row += 1
    return rows, starts, right


def print_folds(table: str, choices: list[Choice]) -> None:
    """Print how often the surest alternative is right and wrong on each fold left out."""
    for fold in sorted({one.fold for one in choices}):
        weights = fit([one for one in choices if one.fold != fold], PRIOR[table])
        tally = Counter(judge(one, weights) for one in choices if one.fold == fold)
        print(table, "fold", fold, ", ".join(f"{name} {count}" for name, count in sorted(tally.items())))


def judge(one: Choice, weights: dict[str, float]) -> str:
    """Return whether the choice by some weights is right, wrong or left open."""
    scores = {label: sum_weights(features, weights) for label, features in one.alternatives}
    best = max(scores, key=lambda label: scores[label])
    share = 1 / sum(float(numpy.exp(score - scores[best])) for score in scores.values())
    chosen = best if share >= SURE else NOWHERE
    return "right" if chosen == one.right else "open" if chosen in (NOWHERE, NOBODY) else "wrong"


if __name__ == "__main__":
    raise SystemExit(main())
