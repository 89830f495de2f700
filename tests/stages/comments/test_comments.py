import tomllib
from pathlib import Path

import pytest

import onrecord

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))


def voice_of(text, **page):
    """Return the record of a page with one comment, and what it says of that comment."""
    (record,) = onrecord.read_many([{"text": "", **page, "comments": [{"id": "c", "text": text}]}])
    return record, record.comments[0]


@pytest.mark.parametrize("case", CASES["stance"], ids=[case["text"][:50] for case in CASES["stance"]])
def test_stance(case):
    record, voice = voice_of(case["text"])
    scores = {stance.actor: stance.score for stance in voice.stances}
    for name, wanted in case["toward"].items():
        actor = next(actor for actor in record.actors if actor.name == name)
        score = scores.get(actor.id, 0.0)
        found = "for" if score >= 0.15 else "against" if score <= -0.15 else "none"
        assert found == wanted, (name, score, voice.why)


def test_each_stance_names_the_word_behind_it():
    record, voice = voice_of("Angela Merkel is a coward. Emmanuel Macron is a genius.")
    assert [(stance.actor, record.page.text[slice(*stance.span)]) for stance in voice.stances] == [
        ("a1", "Angela Merkel is a coward."),
        ("a2", "Emmanuel Macron is a genius."),
    ]
    assert any(line.startswith("stance a1") and "'coward'" in line for line in voice.why)
    assert any(line.startswith("stance a2") and "'genius'" in line for line in voice.why)
