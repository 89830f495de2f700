"""Fit who, whom, where and when of events to the marked pages of open licence and to reports of our own.

usage: fit_roles.py [--shared ../shared] [--without FOLDS] [--out FILE] [--folds] [--check]

Every word that a mark names, and every event that the coder reads under a mark of its type, is an example:
its candidates are the actors, places and dates that the coder weighs, the right ones those that the mark
names. A softmax over the candidates and nobody learns from that. The reports of our own (tools/reports) say
who and whom, so these are learned from them as well. The weights go to
`src/onrecord/lexicons/data/role_weights.csv`; `--check` only says whether they would change, `--without
0,4` leaves folds of the pages out, `--out` writes to another file, `--folds` prints how often the likeliest
candidate is right on each fold by weights of the others.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy
from event_examples import draft_pages, read_drafts
from own_reports import OWN_FOLD, read_reports
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from weight_tables import TABLES, find_pages, read_options

from onrecord.pipeline import close_record
from onrecord.records import Draft
from onrecord.sources import page_from_dict
from onrecord.stages.events.count_victims import COUNTED, DEAD, INJURED, Harm, find_harm, victim_choices
from onrecord.stages.events.date_events import date_choices, date_of
from onrecord.stages.events.find_events import read_story
from onrecord.stages.events.place_events import Act, place_choices
from onrecord.stages.events.rank_parties import ROLES, RuleRoles, Told, gather_cast, party_choices
from onrecord.stages.events.relate_words import word_at
from onrecord.stages.events.settle_roles import find_act, others_of, tell_reading
from onrecord.stages.events.story import Story, index_stories
from onrecord.stages.events.weigh_choices import Choice

TABLE = TABLES / "role_weights.csv"
RARE = {"place": 6, "date": 6, "dead": 5, "injured": 5, "source": 10, "target": 10}
"""A feature that fewer candidates have gets no weight of its own."""
STRICT = {"place": 3.0, "date": 3.0, "dead": 8.0, "injured": 8.0, "source": 6.0, "target": 6.0}
"""How much a weight must earn its place; of 1, 3, 6 and 8 the best on the folds that were left out."""
SHARES, CODED = {"named": 1.0, "told": 0.3}, 0.15
"""How right a candidate is who has the marked name, who is mentioned in the words of a mark alone, and who
has only its country and sector, where a better one stands near: on folds 0 to 3, by weights of the others,
.765 of the actors are given under their name for .745, and whom is right in .670 of the events for .662."""
OWN_SHARE = 0.25
"""How much an act of our own reports counts beside one of a real page: of .1, .25, .5 and 1 the best on folds
left out. Full F1 is .559 on folds 0 to 3 and .552 on fold 4, where nothing of them gives .553 and .531; with
1 who falls by .009. Weights of own reports as the centre of the penalty give .556 and .537.
"""
SMALLEST = 0.1
"""A weight nearer to nought is left out."""
LEAN = {
    ("place", "any place"): 1.25,
    ("date", "any date"): 0.75,
    ("date", "the page's day"): 0.75,
    ("dead", "any number"): 1.25,
    ("source", "the rules say so"): 1.2,
    ("target", "the rules say so"): 1.2,
}
"""What is added to a weight, found on the folds left out: the marks name a place, a day or a number of dead
less often than readers take one from them; where rules and weights differ a little the rules are right. With
1.25 for .75 the dead are right in .720 for .695 of the events that have some marked, and told of 185 for 138
of 881 others. Targets of joint acts get no lean: with -1 who is right in .754 of the events for .747, and of
590 joint acts of two parties both are told in 211 for 236."""


@dataclass(frozen=True)
class Example:
    """The candidates for a role of an act, and which are right."""

    fold: int
    features: tuple[tuple[str, ...], ...]
    right: tuple[float, ...]
    """How right each candidate is, from 0 to 1."""
    nobody: bool
    """Whether no candidate at all is right as well."""

    @property
    def share(self) -> float:
        """How much the act counts."""
        return OWN_SHARE if self.fold == OWN_FOLD else 1.0


Examples = dict[str, list[Example]]
Weights = dict[str, float]


def main() -> int:
    """Write the weights, or with --check return 1 if they would change."""
    options = read_options(__doc__)
    options.add_argument("--out", type=Path, default=TABLE)
    args = options.parse_args()
    path, pages = find_pages(args)
    if not pages:
        return 0
    examples = read_examples(path, pages, args.shared)
    if args.folds:
        for task, found in examples.items():
            print_folds(task, found)
    text = write_table({task: fit(task, found) for task, found in examples.items()})
    if args.check:
        return int(text != TABLE.read_text(encoding="utf-8"))
    args.out.write_text(text, encoding="utf-8")
    acts = len(examples["source"])
    print(f"{text.count(chr(10)) - 1} weights from {acts} acts of {len(pages)} pages and own reports")
    return 0


def read_examples(path: Path, pages: dict[str, dict[str, Any]], shared: Path) -> Examples:
    """Return the examples of each task from marked pages, and those of the parties from our own reports."""
    sys.path.insert(0, str(shared / "tools"))
    scorer = importlib.import_module("score_events")
    found: Examples = {"date": [], "dead": [], "injured": [], "place": [], "source": [], "target": []}
    own = {page["id"]: page for page in read_reports()}
    marked = {**own, **pages}
    for draft in chain(read_drafts(path), draft_pages(page_from_dict(page, None) for page in own.values())):
        page = marked.get(draft.page.id)
        if page is not None:
            add_page(draft, scorer.Gold(page), scorer, found)
    return found


def add_page(draft: Draft, gold: Any, scorer: Any, found: Examples) -> None:
    """Add the examples of a page: the words that its marks name, and the events read under a mark."""
    story = next(index_stories(draft), None)
    if story is None:
        return
    readings = [
        replace(reading, event=replace(reading.event, id=f"e{n}"))
        for n, (reading, _) in enumerate(read_story(story)[0])
    ]
    told = [tell_reading(reading) for reading in readings]
    record = close_record(replace(draft, events=tuple(reading.event for reading in readings))).to_dict()
    judge = Judge(gold, scorer, record, find_harm(story))
    for mark, spans in zip(gold.events, gold.spans, strict=True):
        sides = [judge.named(mark[side]) for side in ROLES]
        for span in spans:
            if (act := act_at(span, mark, story)) is not None:
                others = [one for one in told if not span[0] <= one.start < span[1]]
                add_act(act, RuleRoles(), sides, others, judge, mark, story, found)
    by_id = {reading.event.id: reading for reading in readings}
    for row in scorer.judge(gold, record)[0]:
        reading = by_id[row["id"]]
        act = find_act(reading, story)
        if act is not None and row["mark"] is not None and row["type_ok"]:
            mark, sides = gold.events[row["mark"]], [reading.rules.by, reading.rules.to]
            add_act(act, reading.rules, sides, others_of(reading.event, told), judge, mark, story, found)


def act_at(span: tuple[int, int], mark: Any, story: Story) -> Act | None:
    """Return the word of a mark as an act."""
    number = story.number_of(span[0])
    word = word_at(story.sentences[number], span)
    if word is None:
        return None
    return Act(word, story.sentences[number], number, mark["type"][0], mark["status"][0])


def add_act(
    act: Act, rules: RuleRoles, sides: Sequence[Any], others: Sequence[Told],
    judge: Judge, mark: Any, story: Story, found: Examples,
) -> None:  # fmt: skip
    """Add an act under a mark as an example for each task."""
    joint = not mark["target"] and mark["type"][0] in judge.scorer.JOINT
    choices = party_choices(gather_cast(act, rules, story, others), story)
    for role in ROLES:
        names = mark["source"] if role == "source" or joint else mark["target"]
        grades = judge.grade(names, [choice.id for choice in choices[role]])
        nobody = not names or (joint and role == "target")  # who takes part may stand on either side
        add_choices(role, choices[role], grades, nobody, judge, found)
    if judge.fold != OWN_FOLD:
        add_settings(replace(act, by=tuple(sides[0]), to=tuple(sides[1])), others, judge, mark, story, found)


def add_settings(
    act: Act, others: Sequence[Told], judge: Judge, mark: Any, story: Story, found: Examples
) -> None:
    """Add an act under a mark as an example for its victims, place and day."""
    beside = tuple((story.number_of(other.start), other.type) for other in others)
    whole = replace(act, others=beside)
    if act.type in COUNTED:
        for kind in (DEAD, INJURED):
            numbers = victim_choices(kind, act, judge.harm)
            add_choices(kind, numbers, {str(mark[kind]): 1.0}, mark.get(kind) is None, judge, found)
    places = dict.fromkeys(judge.places(mark.get("place")), 1.0)
    add_choices("place", place_choices(whole, story), places, not mark.get("place"), judge, found)
    if story.published is not None:
        dates = date_choices(whole, story)
        right = {choice.id: 1.0 for choice in dates if judge.is_day(choice, mark, story)}
        add_choices("date", dates, right, not mark.get("date"), judge, found)


def add_choices(
    task: str, choices: Sequence[Choice], right: Mapping[str, float], nobody: bool, judge: Judge,
    found: Examples,
) -> None:  # fmt: skip
    """Add the candidates for a role; those among which the right one is missing teach nothing."""
    hits = tuple(right.get(choice.id, 0.0) for choice in choices)
    if choices and (nobody or any(hits)):
        features = tuple(choice.features for choice in choices)
        found[task].append(Example(judge.fold, features, hits, nobody))


class Judge:
    """Says which actors, places and days of a record a mark names, as the scorer does."""

    def __init__(self, gold: Any, scorer: Any, record: dict[str, Any], harm: Sequence[Harm]) -> None:
        self.gold, self.scorer, self.record, self.harm = gold, scorer, record, harm
        self.page, self.fold = gold.page["id"], gold.page["fold"]
        self.actors = {actor["id"]: scorer.given_actor(record, actor["id"]) for actor in record["actors"]}

    def named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the actors that a mark names."""
        marked = [self.gold.actors[name] for name in names]
        match = self.scorer.actor_match
        return tuple(name for name, actor in self.actors.items() if any(match(actor, one) for one in marked))

    def grade(self, names: Sequence[str], candidates: Sequence[str]) -> dict[str, float]:
        """Return how right each of some candidates is that a mark names; the best of them are right."""
        marked = [self.gold.actors[name] for name in names]
        words = {
            "named": [one["name"] for one in marked],
            "told": [told for one in marked for told in one.get("mentions", ())],
        }
        grades = {
            name: next((SHARES[how] for how, own in words.items() if self._is_called(name, own)), CODED)
            for name in self.named(names)
            if name in candidates
        }
        best = max(grades.values(), default=1.0)
        return {name: grade / best for name, grade in grades.items()}

    def _is_called(self, name: str, words: Sequence[str]) -> bool:
        """Return whether an actor is called by one of some words, anywhere in the page."""
        actor = self.actors[name]
        own = {actor["name"], *actor["names"]}
        return any(self.scorer.same_name(one, other) for one in own for other in words)

    def places(self, name: str | None) -> tuple[str, ...]:
        """Return the ids of the places that have a name."""
        ids = [place["id"] for place in self.record["places"]]
        return tuple(one for one in ids if self.scorer.place_ok(self.record, {"place": one}, name))

    def is_day(self, choice: Choice, mark: Any, story: Story) -> bool:
        """Return whether a candidate is the day of a mark."""
        start, end, _ = date_of(choice, story)
        return bool(self.scorer.date_ok({"start_date": start, "end_date": end}, mark.get("date")))


def fit(task: str, examples: Sequence[Example]) -> Weights:
    """Return a weight for each feature: the likelihood of the right candidates, or nobody, is greatest."""
    counts: dict[str, float] = {}
    for one in examples:
        for name in chain.from_iterable(one.features):
            counts[name] = counts.get(name, 0.0) + one.share
    names = sorted(name for name, count in counts.items() if count >= RARE[task])
    column = {name: n for n, name in enumerate(names)}
    flat = [feature for one in examples for feature in one.features]
    cells = [(row, column[name]) for row, given in enumerate(flat) for name in given if name in column]
    rows, columns = zip(*cells, strict=True)
    x = csr_matrix((numpy.ones(len(cells)), (rows, columns)), shape=(len(flat), len(names)))
    group = numpy.repeat(numpy.arange(len(examples)), [len(one.features) for one in examples])
    right = numpy.array([float(hit) for one in examples for hit in one.right])
    nobody = numpy.array([float(one.nobody) for one in examples])
    shares = numpy.array([one.share for one in examples])
    loss = Loss(x, group, right, nobody, shares, STRICT[task])
    best = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weights = {name: float(best[n]) + LEAN.get((task, name), 0.0) for name, n in column.items()}
    return {name: weight for name, weight in weights.items() if abs(weight) >= SMALLEST}


def print_folds(task: str, examples: Sequence[Example]) -> None:
    """Print on how many examples of each fold the likeliest candidate, or nobody, is right."""
    for fold in sorted({one.fold for one in examples} - {OWN_FOLD}):
        weights = fit(task, [one for one in examples if one.fold != fold])
        own = [one for one in examples if one.fold == fold]
        share = sum(is_settled(one, weights) for one in own) / len(own)
        print(f"{task} fold {fold}: {share:.3f} of {len(own)}", flush=True)


def is_settled(example: Example, weights: Weights) -> bool:
    """Return whether weights choose a right candidate, or nobody where that is right."""
    odds = [sum(weights.get(name, 0.0) for name in names) for names in example.features]
    best = max(range(len(odds)), key=lambda n: odds[n])
    return example.right[best] if odds[best] > 0 else example.nobody


@dataclass(frozen=True)
class Loss:
    """The negative log likelihood of the right candidates with a ridge penalty, and its slope."""

    x: Any
    group: Any
    right: Any
    nobody: Any
    shares: Any
    """How much each example counts."""
    strict: float

    def __call__(self, w: Any) -> tuple[float, Any]:
        group, size = self.group, len(self.nobody)
        scores = self.x @ w
        top = numpy.zeros(size)
        numpy.maximum.at(top, group, scores)
        raised = numpy.exp(scores - top[group])
        total = numpy.bincount(group, raised, size) + numpy.exp(-top)
        share = raised / total[group]
        good = numpy.bincount(group, share * self.right, size) + numpy.exp(-top) / total * self.nobody
        slope = (share - share * self.right / (good[group] + 1e-12)) * self.shares[group]
        loss = -self.shares @ numpy.log(good + 1e-12) + self.strict / 2 * (w @ w)
        return float(loss), self.x.T @ slope + self.strict * w


def write_table(weights: dict[str, dict[str, float]]) -> str:
    """Return the table of all weights, sorted by task and feature."""
    lines = ["task,feature,weight,source"]
    for task in sorted(weights):
        lines += [
            f'{task},"{name}",{weight:.2f},marked-pages' for name, weight in sorted(weights[task].items())
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
