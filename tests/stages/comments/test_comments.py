import importlib
import importlib.util
import tomllib
from pathlib import Path

import pytest

import onrecord
from onrecord.lexicons.load import load_examples
from onrecord.stages.comments.rate_abuse import find_phrases, hide_word, rate_abuse
from onrecord.stages.comments.rate_constructive import rate_constructive

ROOT = Path(__file__).parent.parent.parent.parent

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


def test_the_comments_are_taken_together():
    said = (
        "I oppose Angela Merkel and distrust her.",
        "Angela Merkel is a genius, and Emmanuel Macron is a liar, you idiot.",
        "Emmanuel Macron will fly to Kiev by June.",
        "Russia bombed Aleppo on Monday.",
    )
    (record,) = onrecord.read_many(
        [{"text": "", "comments": [{"id": str(n), "text": t} for n, t in enumerate(said)]}]
    )
    voices, names = record.voices, {actor.id: actor.name for actor in record.actors}
    parts = [part.id for part in record.parts]
    assert voices.comments == 4
    assert [(names[one.actor], one.supported, one.attacked) for one in voices.toward][:2] == [
        ("Angela Merkel", (parts[1],), (parts[0],)),
        ("Emmanuel Macron", (), (parts[1],)),
    ]
    assert voices.abusive == (parts[1],)
    assert [c.by for c in record.commitments if c.id in voices.predicted] == [parts[2]]
    assert parts[3] in voices.claims
    assert parts[2] not in voices.claims


def test_he_in_an_answer_is_whom_the_parent_speaks_of():
    said = (
        ("a", "Ann", "Brock has done more for this town than anyone."),
        ("b", "Bert", "@Ann She is a disgrace."),
        ("c", "Carl", "@Bert She is a hero."),
        ("d", "Dora", "He is a liar."),
    )
    comments = [{"id": name, "author": author, "text": text} for name, author, text in said]
    report = "Mayor Hedda Brock called for an inquiry on Tuesday. She will report in May."
    (record,) = onrecord.read_many([{"text": report, "comments": comments}])
    names = {actor.id: actor.name for actor in record.actors}
    stances = [[(names[one.actor], one.score > 0) for one in voice.stances] for voice in record.comments]
    assert stances[1:3] == [[("Hedda Brock", False)], [("Hedda Brock", True)]]
    assert all(name != "Hedda Brock" for name, _ in stances[3])  # it answers nobody


def test_stances_keep_what_decided_them():
    record, voice = voice_of(
        "The minister was praised, but Emmanuel Macron shamefully wasted the money of all."
    )
    assert voice.stances
    assert voice.evidence
    assert all(one.kind in ("opinion", "weight") and one.span for one in voice.evidence)
    assert {record.page.text[slice(*one.span)] for one in voice.evidence} & {"shamefully", "wasted"}


def test_a_name_says_nothing_of_who_bears_it():
    scores = []
    for name in ("Donald Trump", "Barack Obama", "Ulf Brendeke"):
        _, voice = voice_of(f"The report on {name} was read by the committee in the morning.")
        scores.append([stance.score for stance in voice.stances])
    assert scores == [[], [], []]


def test_a_page_without_comments_has_no_voices():
    assert onrecord.read_text("Angela Merkel met Emmanuel Macron in Paris.").voices is None


def test_each_stance_names_the_word_behind_it():
    record, voice = voice_of("Angela Merkel is a coward. Emmanuel Macron is a genius.")
    assert [(stance.actor, record.page.text[slice(*stance.span)]) for stance in voice.stances] == [
        ("a1", "Angela Merkel is a coward."),
        ("a2", "Emmanuel Macron is a genius."),
    ]
    assert any(line.startswith("stance a1") and "'coward'" in line for line in voice.why)
    assert any(line.startswith("stance a2") and "'genius'" in line for line in voice.why)


@pytest.mark.parametrize("case", CASES["abuse"], ids=[case["text"][:50] for case in CASES["abuse"]])
def test_abuse(case):
    score, why = rate_abuse(case["text"])
    assert score >= 0.5 if case["is"] == "rude" else score < 0.25, (score, why)
    if "why" in case:
        assert any(line.endswith(case["why"]) for line in why), why


def test_a_slur_is_flagged_and_not_shown(monkeypatch):
    module = importlib.import_module("onrecord.stages.comments.rate_abuse")
    before, _ = rate_abuse("Those zorblings again.")
    monkeypatch.setattr(module, "_slurs", lambda: frozenset({hide_word("zorblings")}))
    after, why = rate_abuse("Those zorblings again.")
    assert after > before + 0.3
    assert any(line.endswith("a slur (word not shown)") for line in why)
    assert not any("zorbling" in line for line in why)


def test_a_letter_hidden_behind_a_sign_hides_no_insult():
    for text in ("You moron.", "You m0ron.", "You m o r o n."):
        assert rate_abuse(text)[0] > rate_abuse("You reader.")[0] + 0.1, text


@pytest.mark.parametrize(
    ("spelled", "sign"),
    [
        ("What a duuumb plan.", "adjective word 'dumb'"),
        ("That is the moron's view of it.", "insult word 'moron'"),
        ("Our clown-in-chief speaks.", "insult word 'clown'"),
        ("That is bullsh1t.", "profane word 'bullshit'"),
        ("Oh f--- that.", "masked word 'f---'"),
        ("Kick his a**.", "masked word 'a**'"),
        ("F U C K the tolls", "spaced letters"),
        ("M\nO\nR\nO\nN", "insult word 'moron'"),
    ],
)
def test_tricks_of_spelling_hide_no_rude_word(spelled, sign):
    _, why = rate_abuse(spelled)
    assert any(line.endswith(sign) for line in why), why


@pytest.mark.parametrize(
    "plain", ["Write to a_lee@mail.example.", "See utm_term in it.", "5* hotel, sooo good!!"]
)
def test_names_and_addresses_are_no_masked_words(plain):
    assert not any("masked" in line for line in rate_abuse(plain)[1])


def test_every_phrase_finds_its_yes_sentences_and_no_other():
    for name, yes, no in load_examples("abuse_phrases"):
        assert yes, name
        for sentence in yes:
            assert name in find_phrases(sentence.lower()), (name, sentence)
        for sentence in no:
            assert name not in find_phrases(sentence.lower()), (name, sentence)


def test_starts_of_phrases_are_fresh(tmp_path):
    spec = importlib.util.spec_from_file_location("tool", ROOT / "tools/make_phrase_starts.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    before = tool.TARGET.read_text(encoding="utf-8")
    tool.TARGET = tmp_path / "phrases.toml"
    tool.TARGET.write_text(before, encoding="utf-8")
    tool.main()
    assert tool.TARGET.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("case", CASES["constructive"], ids=lambda case: case["better"][:50])
def test_constructive(case):
    assert 0.85 < len(case["better"]) / len(case["worse"]) < 1.15
    (better, why), (worse, _) = (
        rate_constructive(case[key], frozenset(), rate_abuse(case[key])[0]) for key in ("better", "worse")
    )
    assert better > worse + 0.1
    assert any(line.endswith(case["why"]) for line in why), why


def test_a_quoted_comment_and_an_address_are_no_own_words():
    plain = rate_constructive("The bridge is safe.", frozenset(), 0.0)[0]
    padded = rate_constructive("The bridge is safe. https://a.example/b/c/d/e", frozenset(), 0.0)[0]
    assert plain == padded
