"""Fit the reasons for which a comment of a plain list answers the one above it.

usage: fit_replies.py [--shared ../shared] [--check]

Learned from the lists of gold/replies, whose parents are known, and from the comments of newspapers with
their times taken away, which count less: there, an answer to an answer is listed under what opened the
thread. Prints the macro F1 of pages, each by weights that were fitted without it, and writes
`src/onrecord/lexicons/data/reply_weights.csv`; `--check` only says whether it would change.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

import numpy
from scipy.optimize import minimize

from onrecord.sources import page_from_dict
from onrecord.stages.page import read_page
from onrecord.stages.parts.link_replies import link_all
from onrecord.stages.parts.read_talk import Talk, read_talk
from onrecord.stages.parts.split_parts import find_parts
from onrecord.stages.parts.weigh_above import describe_above

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "onrecord" / "lexicons" / "data" / "reply_weights.csv"
ALWAYS = "always"
STRICT = 3.0
"""How much a weight must earn its place; of 3, 10 and 30 the best on pages that were left out."""
NEWSPAPERS = 0.3
"""How much a comment of a newspaper counts beside one of a list."""
NEEDED = -1.3
"""Log odds from which a link is made: a link that is missed costs as much as one that is wrong."""


@dataclass(frozen=True)
class Lesson:
    """The comments of a page, and which of them answers which."""

    is_list: bool
    talk: Talk
    ids: tuple[str, ...]
    parents: dict[str, str | None]

    def examples(self) -> Iterator[tuple[dict[str, float], bool]]:
        """Yield the traits of each comment but the first, and whether it answers the one above."""
        if self.is_list and self.talk.marks_replies:
            return
        for i in range(1, len(self.ids)):
            parent = self.parents.get(self.ids[i])
            yield (
                describe_above(self.talk, i),
                parent == self.ids[i - 1] if self.is_list else parent is not None,
            )


def main() -> int:
    """Print the figure of pages left out and write the weights, or return 1 if they would change."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--check", action="store_true")
    args = options.parse_args()
    path = args.shared / "gold" / "replies" / "dev.jsonl"
    if not path.exists():
        print(f"no comments with known parents at {path}: nothing was fitted")
        return 0
    lessons = [read_lesson(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    known = [one for one in lessons if one is not None]
    text = write_table(fit(known))
    if args.check:
        return int(text != TABLE.read_text(encoding="utf-8"))
    lists = [one for one in known if one.is_list]
    figures = [score(one, fit([other for other in known if other is not one])) for one in lists]
    print(f"macro F1 of {len(lists)} lists, each left out once: {mean(figures):.3f}")
    TABLE.write_text(text, encoding="utf-8")
    print(
        f"{text.count(chr(10)) - 1} weights, macro F1 on what they learned from: {score_all(lists, text):.3f}"
    )
    return 0


def read_lesson(row: dict[str, Any]) -> Lesson | None:
    """Return the comments of a gold page as a lesson; None for pages whose markup nests them."""
    origin = row["gold"]["origin"]
    if origin not in ("threads_list", "globe"):
        return None
    if origin == "globe":
        row["comments"] = [{**one, "published": None} for one in row["comments"]]
    page = read_page(page_from_dict(row, None))
    parts, comments = find_parts(page)
    names = {(part.start, part.end): part.source_id or "" for part in parts}
    ids = tuple(names[one.start, one.end] for one in comments)
    return Lesson(
        origin == "threads_list", read_talk(page.text, parts, comments), ids, row["gold"]["parents"]
    )


def fit(lessons: Sequence[Lesson]) -> dict[str, float]:
    """Return the weight of each trait by a logistic regression, what is needed for a link taken off."""
    examples = [(traits, hit, one.is_list) for one in lessons for traits, hit in one.examples()]
    names = sorted(examples[0][0])
    x = numpy.array([[traits[name] for name in names] for traits, _, _ in examples])
    y = numpy.array([float(hit) for _, hit, _ in examples])
    counts = numpy.array([1.0 if is_list else NEWSPAPERS for _, _, is_list in examples])
    ridge = numpy.array([0.0 if name == ALWAYS else STRICT for name in names])

    def lose(w: Any) -> tuple[float, Any]:
        odds = x @ w
        losses = numpy.logaddexp(0, odds) - y * odds
        slope = counts * (1 / (1 + numpy.exp(-odds)) - y)
        return float(counts @ losses + ridge @ (w * w) / 2), x.T @ slope + ridge * w

    best = minimize(lose, numpy.zeros(len(names)), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(weight), 2) for name, weight in zip(names, best, strict=True)}
    weights[ALWAYS] = round(weights[ALWAYS] - NEEDED, 2)
    return weights


def score(lesson: Lesson, weights: dict[str, float]) -> float:
    """Return the F1 of the links of a page by some weights."""
    links = link_all(replace(lesson.talk, weights=weights))
    made = {lesson.ids[n]: lesson.ids[link.parent] for n, link in enumerate(links) if link.parent is not None}
    right = sum(lesson.parents.get(name) == parent for name, parent in made.items())
    wanted = sum(parent is not None for parent in lesson.parents.values())
    return 2 * right / (wanted + len(made))


def score_all(lists: Sequence[Lesson], text: str) -> float:
    """Return the macro F1 of lists by the weights of a table."""
    rows = (line.split(",") for line in text.splitlines()[1:])
    weights = {name: float(weight) for name, weight, _ in rows}
    return mean(score(one, weights) for one in lists)


def write_table(weights: dict[str, float]) -> str:
    """Return the table of weights, sorted by trait."""
    lines = [f"{name},{weight:.2f},reply-lists" for name, weight in sorted(weights.items()) if weight]
    return "\n".join(["feature,weight,source", *lines]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
