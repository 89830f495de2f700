import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.pipeline import read_pages
from onrecord.records import RawComment, RawPage

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_case(case, draft_of):
    draft = draft_of(case["text"], upto="actors", published=case.get("published", "2017-12-11"))
    if case.get("none"):
        assert draft.actors == ()
        return
    wanted = case["actor"]
    named = [actor for actor in draft.actors if actor.name == wanted["name"]]
    assert named, [actor.name for actor in draft.actors]
    for field, value in wanted.items():
        assert getattr(named[0], field) == value, field
    if "mentions" in case:
        assert [draft.page.text[a:b] for a, b in named[0].mentions] == case["mentions"]


def test_each_mention_says_how_it_was_resolved(draft_of):
    draft = draft_of(
        "Kofi Annan arrived. Annan, a Ghanaian, said he was tired.", upto="actors", published=None
    )
    for actor in draft.actors:
        assert len(actor.resolved) == len(actor.mentions)
        assert all(actor.resolved)
        assert actor.rule


def test_comments_only_add_mentions_to_actors_of_the_report():
    text = "Governor Ann Lopez met Kenyan troops. The governor thanked them."
    comment = RawComment("c1", "Ann Lopez, a Peruvian rebel, should quit. Kenyan troops too. So says France.")
    alone, together = (
        next(iter(read_pages([RawPage(text, kind="passage", published="2017-12-11", comments=comments)])))
        for comments in ((), (comment,))
    )
    assert [a.id for a in together.actors[: len(alone.actors)]] == [a.id for a in alone.actors]
    for before, after in zip(alone.actors, together.actors, strict=False):
        for field in ("id", "name", "type", "country", "sector", "role", "cameo", "wikidata", "rule"):
            assert getattr(before, field) == getattr(after, field)
        assert after.mentions[: len(before.mentions)] == before.mentions
        assert after.resolved[: len(before.resolved)] == before.resolved
    assert len(together.actors) > len(alone.actors)


def test_a_pronoun_without_a_name_is_somebody_only_in_comments():
    comments = (RawComment("c1", "He is a liar. Sack him. She knows."), RawComment("c2", "He was right."))
    page = RawPage("He is tired.", kind="passage", comments=comments)
    record = next(iter(read_pages([page])))
    named = [(actor.name, [record.page.text[a:b] for a, b in actor.mentions]) for actor in record.actors]
    assert named == [("unnamed man", ["He", "him"]), ("unnamed woman", ["She"]), ("unnamed man", ["He"])]


LETTERS = "aA Ię'’\"“.,-@#İß\n\u200e"
PIECES = [*LETTERS, "Putin", " the ", " UN ", "president"]
ODD = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ODD)
def test_odd_text_gives_spans_within_the_page(draft_of, text):
    draft = draft_of(text, upto="actors")
    for actor in draft.actors:
        for start, end in actor.mentions:
            assert 0 <= start < end <= len(draft.page.text)
            assert not re.match(r"\s", draft.page.text[start])
