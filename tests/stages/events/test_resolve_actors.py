"""Which actors a noun phrase stands for, and what is asked of them."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.mentions import index_mentions
from onrecord.records import Draft
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.words import Token


def find_in(draft: Draft, word: str) -> tuple[ActorFinder, Token]:
    """Return the finder of the sentence that holds a word, and the word."""
    known = {actor.id: actor for actor in draft.actors}
    for sentence in draft.sentences:
        for token in sentence.tokens:
            if token.text == word:
                return ActorFinder(sentence, index_mentions(draft.actors), known), token
    raise AssertionError(word)


def name_all(draft: Draft, ids: list[str]) -> list[str]:
    known = {actor.id: actor.name for actor in draft.actors}
    return [known[one] for one in ids]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Members of the United Nations met Kenya.", "Members", ["United Nations"]),
        ("Delegates from the union and the ministry met.", "Delegates", ["union", "ministry"]),
        ("An official from Hamas and Fatah met Kenya.", "official", ["official"]),
        ("Officials from Kenya and Chad met the union.", "Officials", ["officials"]),
        ("The Kenyan and Chadian officials met the union.", "officials", ["Kenya", "Chadian officials"]),
        ("The meeting of police and teachers ended.", "meeting", ["police", "teachers"]),
        ("Five people including two editors left Kenya.", "people", ["people", "editors"]),
        ("Five gifts including two editors' books left Kenya.", "gifts", ["editors"]),
        ("The capture of two editors by police shocked Kenya.", "capture", ["editors"]),
        ("The talks with a firm pleased Chad.", "talks", ["firm"]),
        ("Kenya's plan pleased Chad.", "plan", ["Kenya"]),
        ("Kenya's old plan's aim pleased Chad.", "aim", ["Kenya"]),
    ],
    ids=[
        "members act for their body", "people of two sides", "one of two sides", "people of two countries",
        "a noun that two share", "what two do", "examples", "examples of things", "what is done to somebody",
        "with whom", "whose it is", "whose is whose",
    ],
)  # fmt: skip
def test_a_phrase_stands_for_actors(draft_of: Any, text: str, word: str, names: list[str]) -> None:
    draft = draft_of(text, upto="actors")
    finder, token = find_in(draft, word)
    assert name_all(draft, finder.of(token)) == names


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Chad said it would pay.", "it", ["Chad"]),
        ("Chad said that it would pay what it owed.", "owed", []),
        ("Rain fell, it was said.", "it", []),
    ],
    ids=["who says so", "no pronoun", "nobody"],
)
def test_a_pronoun_that_nobody_resolved_is_who_says_so(
    draft_of: Any, text: str, word: str, names: list[str]
) -> None:
    draft = draft_of(text, upto="actors")
    finder, token = find_in(draft, word)
    assert name_all(draft, finder.antecedent(token)) == names


ALL = (
    "Kenya, the Kenyan army, a farmer of Kenya, a firm of Kenya, the United Nations, a UN human rights"
    " expert, and the police of Uganda met."
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("is_country", ["Kenya"]),
        ("is_state", ["Kenya", "Kenyan military"]),
        ("is_official", ["Kenya", "Kenyan military", "United Nations", "UN human rights expert", "police"]),
        (
            "is_public",
            ["Kenya", "Kenyan military", "farmer", "United Nations", "UN human rights expert", "police"],
        ),
        ("is_business", ["firm"]),
    ],
)
def test_what_is_asked_of_an_actor(draft_of: Any, question: str, names: list[str]) -> None:
    draft = draft_of(ALL, upto="actors")
    finder, _ = find_in(draft, "met")
    said = [actor.name for actor in draft.actors if getattr(finder, question)(actor.id)]
    assert said == names


def test_a_force_serves_those_of_its_own_country(draft_of: Any) -> None:
    draft = draft_of("Kenya, Uganda, the Kenyan army and a farmer of Kenya met.", upto="actors")
    finder, _ = find_in(draft, "met")
    ids = {actor.name: actor.id for actor in draft.actors}
    assert finder.serves(ids["Kenyan military"], [ids["Kenya"]])
    assert not finder.serves(ids["Kenyan military"], [ids["Uganda"]])
    assert not finder.serves(ids["Kenyan military"], [])
    assert not finder.serves(ids["farmer"], [ids["Kenya"]])
