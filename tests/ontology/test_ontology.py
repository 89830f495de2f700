from __future__ import annotations

import doctest
from typing import Any

import pytest

from onrecord.lexicons import load
from onrecord.ontology import change_act, codes, is_act, load_codes, load_shifts, shift_code, transitions
from onrecord.ontology.codes import ClassMember
from onrecord.ontology.transitions import Transition
from onrecord.records import STATUSES

COLUMNS = ("intend", "threaten", "appeal", "demand", "reject", "stop")


@pytest.mark.parametrize("module", [codes, transitions])
def test_examples_of_the_functions_hold(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("sense", "code", "status", "becomes"),
    [
        ("promise", "071", "actual", ("0331", "promised")),
        ("promise", "190", "actual", ("1384", "threatened")),
        ("accept", "084", "demanded", ("084", "promised")),
        ("accept", "0874", "demanded", ("0356", "promised")),
        ("stop", "071", "actual", ("1621", "actual")),
        ("refuse", "046", "actual", ("125", "denied")),
        ("fail", "057", "actual", ("127", "actual")),
        ("collapse", "046", "actual", ("164", "actual")),
        ("attempt", "186", "actual", ("185", "actual")),
        ("attempt", "036", "actual", ("036", "planned")),
        ("ultimatum", "1056", "demanded", ("139", "threatened")),
        ("blame", "190", "actual", ("112", "actual")),
    ],
)
def test_what_an_act_becomes(sense: str, code: str, status: str, becomes: tuple[str, str]) -> None:
    new = change_act(sense, code, status)
    assert new is not None
    assert (new.code, new.status) == becomes


@pytest.mark.parametrize(
    ("sense", "code", "status"),
    [
        ("prevent", "185", "actual"),  # a plot that was foiled was a plot
        ("conditional", "190", "threatened"),
        ("attempt", "190", "actual"),
        ("announce", "0871", "actual"),
        ("plan", "036", "denied"),
        ("blame", "036", "actual"),
        ("no such sense", "036", "actual"),
    ],
)
def test_what_leaves_an_act_as_it_is(sense: str, code: str, status: str) -> None:
    assert change_act(sense, code, status) is None


def test_the_finest_row_of_shifts_decides() -> None:
    assert shift_code("0874", "demand") == "1056"
    assert shift_code("041", "stop") == "161"
    assert shift_code("043", "demand") == shift_code("04", "demand")
    assert shift_code("020", "intend") == "020"  # a request is already of what is to come


def test_the_tables_speak_of_codes_classes_and_statuses_that_are_there() -> None:
    known = load_codes()
    kinds = {row.kind for row in load("act_classes", ClassMember)}
    for row in load("code_transitions", Transition):
        assert not row.act or row.act in kinds or any(code.startswith(row.act) for code in known), row
        assert row.code in ("", *COLUMNS) or row.code in known, row
        assert row.otherwise in ("", "same") or row.otherwise in known, row
        assert {*row.status.split(), row.becomes} - {""} <= set(STATUSES), row
    for member in load("act_classes", ClassMember):
        assert any(is_act(code, member.kind) and code.startswith(member.code) for code in known), member
    shifted = {getattr(row, column) for row in load_shifts().values() for column in COLUMNS} - {""}
    assert {code for code in shifted if code not in known} <= {"09"}
