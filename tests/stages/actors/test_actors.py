import itertools
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.pipeline import read_pages
from onrecord.records import RawComment, RawPage
from onrecord.stages.actors.find_actors import read_report
from onrecord.stages.actors.find_bare_names import add_bare_names
from onrecord.stages.actors.find_units import find_units
from onrecord.stages.actors.index_names import fold
from onrecord.stages.actors.join_names import describe_names
from onrecord.stages.actors.settle_countries import describe_homes, group_of
from onrecord.stages.sentences.copy_words import link_words
from onrecord.words import Doc, Token, Tokens

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))["case"]
NAMES = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))["case"]
LEMMAS = {"resigned": "resign", "said": "say", "arrested": "arrest"}
FEATURES = tomllib.loads((HERE / "features.toml").read_text(encoding="utf-8"))["story"]


def describe(draft):
    """Return a line for each actor: name | type, country, sector, role, code | rule | mentions and how."""
    lines = []
    for actor in draft.actors:
        facts = (actor.type, actor.country, actor.sector, actor.role, actor.cameo)
        words = [draft.page.text[start:end] for start, end in actor.mentions]
        mentions = ", ".join(f"{word} ({how})" for word, how in zip(words, actor.resolved, strict=True))
        lines.append(f"{actor.name} | {' '.join(fact or '-' for fact in facts)} | {actor.rule} | {mentions}")
    return lines


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_case(case, draft_of):
    comments = tuple(RawComment(str(n), text) for n, text in enumerate(case.get("comments", ()), 1))
    published = case.get("published", "2017-12-11") or None
    draft = draft_of(case["text"], upto="actors", published=published, comments=comments)
    assert describe(draft) == case["actors"]


def build_doc(rows):
    """Return a Doc of rows `word tag label head`, behind it what the model takes it for: PERSON, ORG, ..."""
    doc, words, labels = Doc(" ".join(row.split(" ")[0] for row in rows), []), [], []
    for i, row in enumerate(rows):
        word = Token()
        word.text, word.tag_, word.dep_, _, *label = row.split(" ")
        word.lower_ = word.text.lower()
        word.lemma_ = LEMMAS.get(word.text, word.lower_)
        word.is_punct, word.is_space = word.tag_ in (",", "(", ")"), word.tag_ == "_SP"
        word.doc, word.i, word.whitespace_, word.ent_type_ = doc, i, " ", "".join(label)
        word.idx = sum(len(other.text) + 1 for other in words)
        words.append(word)
        labels.append(word.ent_type_)
    doc.words, doc.starts = words, [word.idx for word in words]
    heads = [row.split(" ")[3] for row in rows]
    link_words(
        words,
        [min((w.i for w in words if w.text == h), key=lambda at: abs(at - i)) for i, h in enumerate(heads)],
    )
    runs = [list(run) for _, run in itertools.groupby(range(len(rows)), key=lambda i: labels[i])]
    doc.ents = tuple(Tokens(doc, run[0], run[-1] + 1, labels[run[0]]) for run in runs if labels[run[0]])
    return doc


@pytest.mark.parametrize(
    "case", NAMES, ids=[" ".join(row.split(" ")[0] for row in case["words"]) for case in NAMES]
)
def test_names_of_a_parse(case):
    doc = build_doc(case["words"])
    units = {i: unit for unit in find_units(doc) for i in range(unit.start, unit.end)}
    add_bare_names(doc, units)
    named = [f"{doc[unit.start : unit.end].text}: {unit.kind}" for _, unit in sorted(units.items())]
    assert list(dict.fromkeys(named)) == case["names"]


def list_traits(features):
    """Return the names of some features, with the value of those that are no mere yes."""
    plain = ((name, value) for name, value in sorted(features.items()) if ": " not in name)
    return ", ".join(name if value == 1 else f"{name} {value:.2f}" for name, value in plain)


def describe_story(draft):
    """Return a line for each country that an actor may be of, and each name that a description may mean."""
    cast, _ = read_report(draft)
    homes = [
        f"{entity.name} of {code}, {group_of(entity)}: {list_traits(features)}"
        for entity, candidates in describe_homes(cast)
        for code, features in candidates.items()
    ]
    names = [
        f"{told.entity.name} is {name.entity.name}: {list_traits(features)}"
        for told, candidates in describe_names(cast)
        for name, features in candidates
    ]
    return homes + names


@pytest.mark.parametrize("case", FEATURES, ids=[case["text"][:60] for case in FEATURES])
def test_what_speaks_for_countries_and_names(case, draft_of):
    assert describe_story(draft_of(case["text"], upto="actors")) == case["traits"]


def test_each_mention_says_how_it_was_resolved(draft_of):
    draft = draft_of(
        "Kofi Annan arrived. Annan, a Ghanaian, said he was tired.", upto="actors", published=None
    )
    for actor in draft.actors:
        assert len(actor.resolved) == len(actor.mentions)
        assert all(actor.resolved)
        assert actor.rule


def test_what_is_no_actor_is_refused_with_its_span(draft_of):
    draft = draft_of(
        "She left. I slept. The mayor left. The talks with some member were held in Vienna.", upto="actors"
    )
    refused = [
        (draft.page.text[slice(*one.span)], one.reason) for one in draft.refused if one.stage == "actors"
    ]
    assert refused == [("some member", "role that does not act"), ("Vienna", "capital that does not act")]


def test_an_actor_cites_the_words_that_told_its_country_and_sector(draft_of):
    comments = (RawComment("1", "Carla Holm, a Kenyan nurse, lied. Tom Park, a guard, lied."),)
    text = (
        "Carla Holm left. The Kenyan minister Tom Park slept. Minister Tom Park wept. Chad left. Chad slept."
    )
    draft = draft_of(text, upto="actors", comments=comments)
    cited = [
        (actor.name, one.kind, one.value, draft.page.text[slice(*one.span)] if one.span else None)
        for actor in draft.actors
        for one in actor.evidence
        if "story" not in one.rule
    ]
    words = "The Kenyan minister Tom Park"
    assert cited == [
        ("Tom Park", "country", "KEN", words),
        ("Tom Park", "sector", "GOV", words),
        ("Chad", "country", "TCD", "Chad"),
        ("Chad", "sector", "GOV", "Chad"),
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nausėda’s", "nauseda's"),
        ("Al‑Hol—“x”", "al-hol-“x”"),
        ("a\u00a0b", "a b"),
        ("Łódź İ", "lodz i"),
        ("ŒA", "œa"),
    ],
)
def test_names_are_compared_without_case_and_accents(text, folded):
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


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
