"""Count the kinds of mistake on the development sets and write docs/errors.md.

usage: errors.py --records DIR [--shared ../shared]     after `onrecord eval ../shared --records DIR`

What matches what is decided by the scorers of `../shared/tools`; a kind says how a mismatch looks, so that
a count can be made again. The kinds, with invented examples and what became of them, are in errors.toml.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord._version import __version__
from onrecord.evaluation import COARSE_TYPES

ROOT = Path(__file__).parent.parent
DOC = ROOT / "docs" / "errors.md"
MOST = 10
HEAD = """# The most frequent mistakes

Written by benchmarks/errors.py from what `onrecord eval` read; onrecord {version}.

Every mistake on the development sets whose kind a program can tell was counted: of statements, places,
stances and event types, which have by far the most. A mistake is a difference from the marks, and the marks
are the work of people with another purpose than ours; where we think the difference right, or the marks do
not agree with one another, it says *kept*. The examples are invented, of the same build as the sentences that
went wrong. [Accuracy](accuracy.md) has the figures; those within the explanations are of 2026-11-25.

## The ten most frequent

| | mistake | set | how often | what became of it |
| --- | --- | --- | --- | --- |
"""
EVENTS = """
## Of events

Counted on the sentences marked with a PLOVER type and a pair. Events are fewer than statements, so that their
kinds are not among the ten.

| mistake | how often | what became of it |
| --- | --- | --- |
"""
OPEN = """
## Of statements on open pages

A sceptical reader went over 126 statements drawn at random from 60 news pages of open licence, and over the
111 of five more reports, each with its page. Nobody has marked these pages for statements, so that what was
missed is not counted. These are the ten kinds met most often.

| mistake | met | what became of it |
| --- | --- | --- |
"""
Json = dict[str, Any]
Kinds = Iterator[str]


def main() -> int:
    """Write the page; returns 1 where there is nothing to count."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--records", type=Path, required=True)
    args = options.parse_args()
    missing = [name for name in COUNTERS if not (args.records / f"{name}.jsonl").exists()]
    if missing or not (args.shared / "gold").is_dir():
        print(f"no marked pages in {args.shared}, or no records of {missing} in {args.records}: not counted")
        return 1
    sys.path.insert(0, str(args.shared / "tools"))
    counts: Counter[str] = Counter()
    for name, count in COUNTERS.items():
        read = {record["page"]["id"]: record for record in read_lines(args.records / f"{name}.jsonl")}
        for page in read_lines(args.shared / "gold" / name / "dev.jsonl"):
            counts.update(count(import_module(f"score_{name}"), page, read[page["id"]]))
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    DOC.write_text(write_page(told["kind"], counts, told["open"]), encoding="utf-8")
    return 0


def read_lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def count_statements(scorer: Any, page: Json, record: Json) -> Kinds:
    """Yield the kind of each statement that is missed, given beside the marks, or said by another."""
    wanted = [mark | {"set": scorer.chars(mark["content"])} for mark in page["gold"]["attributions"]]
    given = [found | {"set": scorer.chars(found["content"])} for found in scorer.given_of(record)]
    likeness = sorted(
        (-len(a["set"] & b["set"]) / len(a["set"] | b["set"]), i, j)
        for i, a in enumerate(wanted)
        for j, b in enumerate(given)
    )
    match: dict[int, int] = {}
    for rate, i, j in likeness:
        if rate <= -0.5 and i not in match and j not in match.values():
            match[i] = j
    for i, mark in enumerate(wanted):
        if i in match:
            if mark["source"] and not scorer.half(given[match[i]]["source"], mark["source"]):
                yield "speaker"
        elif any(mark["set"] & one["set"] and scorer.half(one["cue"], mark["cue"]) for one in given):
            yield "bounds"
        elif not any(mark["set"] & one["set"] for one in given):
            yield "speech missed" if scorer.is_speech(page["text"], mark["cue"]) else "attitude without a cue"
    marked = set().union(*(scorer.chars(mark["cue"]) for mark in wanted)) if wanted else set()
    for j, one in enumerate(given):
        if j not in match.values() and not scorer.chars(one["cue"]) & marked:
            yield "statement within" if any(one["set"] & mark["set"] for mark in wanted) else "nothing marked"


def count_places(scorer: Any, page: Json, record: Json) -> Kinds:
    """Yield the kind of each place that is missed, given beside the marks, or put elsewhere."""
    at, text, marks = scorer.base_of(record, page["text"]), page["text"], page["gold"]["toponyms"]
    mentions = [
        (start - at, end - at, place)
        for place in record["places"]
        for start, end in place["mentions"]
        if start - at < len(text) and end - at > 0
    ]
    found, extra = scorer.match(marks, mentions)
    matched = [mark for mark, _ in found]
    yield from ("place missed" for mark in marks if mark["lat"] is not None and mark not in matched)
    yield from (
        "place elsewhere"
        for mark, place in found
        if mark["lat"] is not None and not scorer.right(mark, place)
    )
    spans = [(a - at, b - at) for actor in record["actors"] for a, b in actor["mentions"]]
    for start, end, place in extra:
        inside = any(a <= start and end <= b and b - a > end - start + 1 for a, b in spans)
        beside = re.match(r" [A-Z]", text[end : end + 2]) or re.search(r"[A-Z]\w+ $", text[:start][-20:])
        adjective = place["rule"] == "adjective"
        yield "place in a name" if (inside or beside) and not adjective else "place unmarked"


def count_stances(scorer: Any, page: Json, record: Json) -> Kinds:
    """Yield the kind of each stance that is read otherwise than it is marked."""
    for target in page["gold"]["targets"]:
        read, _ = scorer.stance(page, record, target)
        if read != target["label"]:
            yield (
                "stance to neutral"
                if read == "neutral"
                else "stance from neutral"
                if target["label"] == "neutral"
                else "stance reversed"
            )


def count_codes(scorer: Any, page: Json, record: Json) -> Kinds:
    """Yield the kind of each type that is given beside the marks, and of each pair that is not found."""
    if page["gold"]["set"] != "plv":
        return
    events = scorer.events_of(record, False)
    types = {COARSE_TYPES.get(event.type, event.type) for event in events if event.type}
    wanted = {mark["root"] for mark in page["gold"]["relations"]}
    yield from ("type beside" if types & wanted else "type instead" for _ in types - wanted)
    if not events:
        yield "no event"
        return
    for mark in page["gold"]["relations"]:
        if mark["source"] and mark["target"]:
            yield from count_pair(scorer, record, events, mark)


def count_pair(scorer: Any, record: Json, events: list[Any], mark: Json) -> Kinds:
    """Yield why a marked pair is not found, if it is not."""
    pairs = [pair for event in events for pair in event.pairs]
    if any(scorer.on(a, mark["source"]) and scorer.on(b, mark["target"]) for a, b in pairs):
        return
    sides = (mark["source"], mark["target"])
    if not all(any(scorer.on(actor, side) for actor in record["actors"]) for side in sides):
        yield "no actor"
    elif any(COARSE_TYPES.get(event.type, event.type) == mark["root"] for event in events):
        yield "one side"
    else:
        yield "other event"


COUNTERS = {
    "statements": count_statements,
    "places": count_places,
    "stances": count_stances,
    "codes": count_codes,
}


def write_page(kinds: list[Json], counts: Counter[str], read: list[Json]) -> str:
    """Return the page: the ten most frequent kinds, those of events, of open pages, what is said of each."""
    ranked = sorted(kinds, key=lambda kind: -counts[kind["key"]])
    events = [kind for kind in ranked if kind["set"] == "codes"]
    text = HEAD.format(version=__version__)
    for number, kind in enumerate(ranked[:MOST], 1):
        text += (
            f"| {number} | {kind['name']} | {kind['set']} | {counts[kind['key']]:,} | {kind['verdict']} |\n"
        )
    text += EVENTS
    for kind in events:
        text += f"| {kind['name']} | {counts[kind['key']]:,} | {kind['verdict']} |\n"
    text += OPEN
    for kind in read:
        text += f"| {kind['name']} | {kind['times']} | {kind['verdict']} |\n"
    text += "\n## Why, and what was done\n"
    told = [*ranked[:MOST], *(kind for kind in events if kind not in ranked[:MOST]), *read]
    for kind in told:
        text += f"\n### {kind['name']}\n\n> {kind['example']}\n\n{kind['remedy']}\n"
    return text


if __name__ == "__main__":
    sys.exit(main())
