"""Write any number of invented news pages, the same ones for the same seed, as .jsonl or as files.

usage: make_pages.py COUNT [--seed 1] [--long] [--out pages.jsonl | --files FOLDER]

Stories run side by side for days: a first report, wire copies by other publishers, reports in other
words, sources that give another figure or deny, and what became of it. Each row says by `story` which
story it tells, by `told` what kind of report it is and by `copy_of` which page it copies; onrecord
leaves those keys alone. The grammar is pages.toml.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FIRST_DAY = datetime.date(2024, 1, 1)
OPEN_STORIES = 12
"""Stories that run at the same time."""
STORIES_A_DAY = 4
Row = dict[str, Any]


@cache
def load_grammar() -> dict[str, Any]:
    """Return the grammar: words and sentences with slots."""
    return tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Story:
    """One thing that happened, and what is still to be told of it."""

    id: str
    plot: dict[str, Any]
    slots: dict[str, str]
    day: datetime.date
    plan: list[str]
    told: list[Row] = field(default_factory=list)


def make_pages(count: int, seed: int = 1, *, long: bool = False, comments: bool = True) -> Iterator[Row]:
    """Yield pages as rows of a .jsonl file, in the order of their publication days within a story."""
    dice = random.Random(seed)
    stories: list[Story] = []
    begun = 0
    for number in range(count):
        while len(stories) < OPEN_STORIES:
            day = FIRST_DAY + datetime.timedelta(days=begun // STORIES_A_DAY)
            stories.append(_begin_story(f"s{begun}", day, dice))
            begun += 1
        story = dice.choice(stories)
        yield _tell(story, f"p{number:07d}", dice, long, comments)
        if not story.plan:
            stories.remove(story)


def _begin_story(name: str, day: datetime.date, dice: random.Random) -> Story:
    grammar = load_grammar()
    plot = dice.choice(grammar["story"])
    (city, country, adj, capital), (_, country2, adj2, capital2) = dice.sample(grammar["places"], 2)
    low, high = plot["number"]
    number = dice.randint(low, high)
    due = day + datetime.timedelta(days=dice.randint(7, 40))
    slots = {
        "city": city, "country": country, "adj": adj, "capital": capital,
        "country2": country2, "adj2": adj2, "capital2": capital2,
        "n": f"{number:,}", "m": f"{max(1, number + dice.choice([-2, -1, 1, 2, 5, number])):,}",
        "more": f"{number + dice.randint(1, 9):,}", "k": str(dice.randint(2, 9)),
        "due": f"by {due.day} {due:%B}",
    }  # fmt: skip
    plan = ["copy"] * dice.randint(0, 3) + ["other"] * dice.randint(0, 2) + ["dispute"] * dice.randint(0, 2)
    dice.shuffle(plan)
    return Story(name, plot, slots, day, ["first", *plan, *["later"] * dice.randint(0, len(plot["later"]))])


def _tell(story: Story, page: str, dice: random.Random, long: bool, comments: bool) -> Row:
    """Return the next page of a story."""
    told = story.plan.pop(0)
    grammar = load_grammar()
    if told == "copy":
        row = _copy(story, page, dice)
    else:
        passed = sum(row["told"] == "later" for row in story.told)
        after = (3 + 6 * passed if told == "later" else 0) + dice.randint(0, 1)
        published = story.day + datetime.timedelta(days=after)
        slots = story.slots | {"day": f"on {story.day:%A}"}
        slots["who"] = dice.choice(grammar["speakers"]).format(**slots)
        slots["who2"] = dice.choice(grammar["speakers2"]).format(**slots)
        row = {
            "id": page,
            "title": _sentence(dice.choice(story.plot["titles"]), slots),
            "published": published.isoformat(),
            "publisher": grammar["wire"] if told == "first" else dice.choice(grammar["publishers"]),
            "text": _write_text(story, told, slots, dice, long),
            "told": told,
            "copy_of": None,
        }
    story.told.append(row)
    if comments and dice.random() < 0.2:
        row["comments"] = _discuss(story.slots | {"who": "the government"}, dice)
    return row | {"story": story.id, "kind": "article", "url": f"https://news.example/{story.id}/{page}"}


def _copy(story: Story, page: str, dice: random.Random) -> Row:
    """Return the first report as another publisher prints it: cut, or with a line of its own."""
    first = story.told[0]
    paragraphs = first["text"].split("\n\n")
    if len(paragraphs) > 1 and dice.random() < 0.4:
        paragraphs = paragraphs[:-1]
    publisher = dice.choice(load_grammar()["publishers"])
    if dice.random() < 0.3:
        paragraphs.append(f"{publisher} contributed to this report.")
    day = datetime.date.fromisoformat(first["published"]) + datetime.timedelta(days=dice.randint(0, 1))
    return {key: first[key] for key in first if key != "comments"} | {
        "id": page,
        "publisher": publisher,
        "published": day.isoformat(),
        "text": "\n\n".join(paragraphs),
        "told": "copy",
        "copy_of": first["id"],
    }


def _write_text(story: Story, told: str, slots: Row, dice: random.Random, long: bool) -> str:
    plot = story.plot
    if told == "later":
        passed = sum(row["told"] == "later" for row in story.told)
        lead = dice.choice(plot["later"][passed])
    else:
        lead = dice.choice(plot["first"])
    sentences = [lead]
    if told == "dispute":
        sentences.append(dice.choice(plot["dispute"]))
    sentences += dice.sample(plot["details"], 3 if long else 1)
    background = load_grammar()["background"]
    sentences += dice.sample(background, 8 if long else dice.randint(0, 1))
    written = [_sentence(sentence, slots) for sentence in sentences]
    size = 3 if long else 2
    return "\n\n".join(" ".join(written[i : i + size]) for i in range(0, len(written), size))


def _discuss(slots: Row, dice: random.Random) -> list[Row]:
    """Return a few comments; some answer the one above by its author's name."""
    grammar = load_grammar()
    found: list[Row] = []
    for number in range(dice.randint(1, 4)):
        text = dice.choice(grammar["answers"] if found and dice.random() < 0.4 else grammar["remarks"])
        said = _sentence(text, slots)
        if found and dice.random() < 0.3:
            said = f"@{found[-1]['author']} {said}"
        found.append({"id": f"c{number + 1}", "author": dice.choice(grammar["handles"]), "text": said})
    return found


def _sentence(template: str, slots: Row) -> str:
    text = template.format(**slots)
    return text[:1].upper() + text[1:]


def main() -> None:
    """Write the pages as the options say."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--long", action="store_true", help="a dozen sentences a page, not three")
    options.add_argument("--no-comments", action="store_true")
    options.add_argument("--out", help="a .jsonl file; standard output if left away")
    options.add_argument("--files", help="a folder that gets one .txt file for each page")
    args = options.parse_args()
    pages = make_pages(args.count, args.seed, long=args.long, comments=not args.no_comments)
    if args.files:
        home = Path(args.files)
        home.mkdir(parents=True, exist_ok=True)
        for row in pages:
            text = f"{row['title']}\n\n{row['published']}\n\n{row['text']}\n"
            (home / f"{row['id']}.txt").write_text(text, encoding="utf-8")
        return
    with open(args.out, "w", encoding="utf-8") if args.out else sys.stdout as lines:
        for row in pages:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
