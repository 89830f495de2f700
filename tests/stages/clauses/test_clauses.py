from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.clauses import clause_of, doer_in, subject_in
from onrecord.clauses.arcs import has_aux, has_to, mark_of, prep_with, subtree, with_conjuncts
from onrecord.records import Clause, Draft

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def describe(clause: Clause) -> str:
    """Return a clause in one line: predicate, how it is told, arguments with paths, what stands above."""
    told = [clause.kind, clause.voice, clause.tense, clause.polarity, clause.modality or "plain"]
    arguments = [f"{one.role}={one.token.text}({one.path})" for one in clause.arguments]
    above = [f"{one.relation}={one.token.text}" for one in clause.governors]
    return f"{clause.predicate.text}: {' '.join(told)} | {' '.join(arguments)} | {' '.join(above)}".strip(
        " |"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["text"], upto="clauses")
    assert [describe(clause) for clause in draft.clauses] == case["clauses"]


def words_of(draft: Draft) -> dict[str, Any]:
    return {token.text: token for sentence in draft.sentences for token in sentence.tokens}


@pytest.mark.parametrize(
    ("text", "word", "subject", "doer"),
    [
        ("The envoy was shot by rebels.", "shot", "envoy", "rebels"),
        ("The envoy was shot.", "shot", "envoy", None),
        ("The arrest of the envoy by rebels caused a row.", "arrest", None, "rebels"),
        ("Chad held talks with Niger.", "talks", "Chad", "Chad"),
        ("The bridge is unsafe.", "unsafe", "bridge", "bridge"),
    ],
)
def test_who_acts_is_the_agent_or_the_subject_of_an_active_clause(
    draft_of: Any, text: str, word: str, subject: str | None, doer: str | None
) -> None:
    clause = clause_of(words_of(draft_of(text, upto="clauses"))[word])
    assert clause is not None
    found = [one.token.text if one else None for one in (subject_in(clause), doer_in(clause))]
    assert found == [subject, doer]


def test_a_noun_that_names_no_act_is_no_clause(draft_of: Any) -> None:
    words = words_of(draft_of("The mayor of the town read about arrests.", upto="clauses"))
    assert [clause_of(words[word]) for word in ("mayor", "town", "arrests", "the")] == [None] * 4


def test_plain_questions_to_the_arcs_of_a_word(draft_of: Any) -> None:
    words = words_of(draft_of("The mayor said that Lind had agreed to the plan of the mill.", upto="clauses"))
    of, to = prep_with(words["plan"], "of", "from"), prep_with(words["agreed"], "to")
    assert [of and of.text, to and to.text, prep_with(words["plan"], "to")] == ["of", "to", None]
    assert (mark_of(words["agreed"]), mark_of(words["said"])) == ("that", "")
    assert has_aux(words["agreed"], ("had",))
    assert not has_aux(words["agreed"], ("will",))
    assert not has_aux(words["plan"], ("the",))


def test_an_infinitive_has_its_to_and_other_verbs_may_have_a_preposition(draft_of: Any) -> None:
    words = words_of(draft_of("Lind went to the mill and asked to close it.", upto="clauses"))
    assert [has_to(words[word]) for word in ("went", "close", "asked")] == [False, True, False]


def test_what_is_coordinated_and_what_depends_on_a_word(draft_of: Any) -> None:
    words = words_of(draft_of("The old mill and the bridge closed.", upto="clauses"))
    assert [one.text for one in with_conjuncts(words["mill"])] == ["mill", "bridge"]
    below = subtree(words["mill"], ("conj", "cc"))
    assert sorted(one.text for one in below) == ["The", "mill", "old"]
