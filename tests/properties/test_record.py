"""What holds for every page: spans quote it, parts cover it, the same page gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.records import Record
from onrecord.samples import SAMPLE_DAY, sample_page

PHRASES = (
    "Russian President Vladimir Putin",
    " ordered the withdrawal of",
    " 2,500 troops",
    " from Syria",
    " on Monday",
    "“We will not",
    " leave,” he said.",
    "\n\n",
    "\n",
    " if rebels attack",
    " (about 27 miles)",
    " at least 12 people were killed",
    '"',
    "”",
    "\u00a0",
    "@dan",
    " 🙂",
    " ‮",
    "1,000,000",
    "http://x.y/z",
    " according to Reuters",
)
texts = st.lists(st.sampled_from(PHRASES) | st.text(max_size=12), max_size=25).map("".join)
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def spans(value: Any, key: str = "") -> Iterator[tuple[int, int]]:
    """Yield every span in a printed record."""
    if isinstance(value, dict):
        if "start" in value and isinstance(value["start"], int):
            yield value["start"], value["end"]
        for name, inner in value.items():
            yield from spans(inner, name)
    elif isinstance(value, list):
        if len(value) == 2 and all(isinstance(item, int) for item in value):
            yield value[0], value[1]
        else:
            for inner in value:
                yield from spans(inner, key)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked Goma" + ", Goma" * 1500 + " and killed 12 soldiers in Lira on Monday.",
        "Rebels and soldiers" + ", soldiers" * 1500 + " were killed in Goma. Police attacked them.",
        "The leader of the son" + " of the brother" * 700 + " of Kenya attacked Uganda.",
        "He said that she said" + " that he said" * 700 + " that Kenya attacked Uganda.",
    ],
    ids=["a list of places", "a list of actors", "of of of", "that that that"],
)
def test_a_sentence_of_thousands_of_words_is_read(text: str) -> None:
    check(onrecord.read_text(text, published=SAMPLE_DAY))


def check(record: Record) -> None:
    text = record.page.text
    for start, end in spans(record.to_dict()):
        assert 0 <= start <= end <= len(text)
    covered = set[int]()
    for part in record.parts:
        covered.update(range(part.start, part.end))
    assert not [i for i, char in enumerate(text) if not char.isspace() and i not in covered]
    known = {actor.id for actor in record.actors}
    for event in record.events:
        assert known >= {*event.sources, *event.targets}
    ids = [item.id for name in ("parts", "actors", "places", "events") for item in getattr(record, name)]
    assert len(ids) == len(set(ids))


@quick
@given(texts)
def test_any_text_gives_a_sound_record(text: str) -> None:
    check(onrecord.read_text(text, published="2017-12-11"))


REPLIES = (
    "Putin is a liar.",
    "He ordered nothing, and Assad killed 40 people in Homs on Tuesday!",
    "Reuters reported that Russia will bomb Aleppo tomorrow.",
    "@dan They promised to leave by March.",
    "The US invaded Iraq, remember?",
)
PARAGRAPHS = 6
"""Of the sample's report, enough for events, statements and commitments of all kinds."""
few = settings(quick, max_examples=10)  # each example reads four whole pages
comments = st.lists(st.sampled_from(REPLIES) | texts, min_size=1, max_size=4)


@few
@given(comments, st.data())
def test_comments_never_change_the_report(said: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(sample_page().split("\n\n\n")[0].split("\n\n")[:PARAGRAPHS])
    report = {"id": "x", "text": text, "published": SAMPLE_DAY}

    def page(texts: list[str]) -> dict[str, Any]:
        return {**report, "comments": [{"id": str(n), "text": text} for n, text in enumerate(texts)]}

    shuffled = data.draw(st.permutations(said))
    bare, added, moved, removed = onrecord.read_many([report, page(said), page(shuffled), page(said[1:])])
    wanted = json.dumps(bare.to_dict()["events"])
    for argued in (added, moved, removed):
        assert json.dumps(argued.to_dict()["events"]) == wanted
        assert len(argued.comments) == sum(part.kind == "comment" for part in argued.parts)
    length = len(report["text"])
    assert bare.statements == tuple(s for s in added.statements if s.content[0][0] < length)
    assert [a.name for a in bare.actors] == [a.name for a in added.actors[: len(bare.actors)]]


def test_the_same_page_gives_the_same_bytes() -> None:
    first, second = (onrecord.read_text(sample_page(), published=SAMPLE_DAY).to_json() for _ in range(2))
    assert first == second
