from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.incidents import follow_commitments
from onrecord.incidents.follow_commitments import judge_state
from onrecord.records import Commitment, Record, Step

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "commitments.toml").read_text(encoding="utf-8")
)["case"]


@pytest.fixture(scope="module")
def read_cases() -> dict[str, list[Record]]:
    pages = [page | {"id": f"p{n}"} for case in CASES for n, page in enumerate(case["page"])]
    records = iter(list(onrecord.read_many(pages)))
    return {case["name"]: [next(records) for _ in case["page"]] for case in CASES}


def give_word(case: dict[str, Any], record: Record) -> Record:
    """Return the first page of a case with its commitment and no other."""
    event = next(
        event
        for event in record.events
        if case["given"] in record.page.text[event.trigger[0] : event.trigger[1]]
    )
    by = event.sources[0] if event.sources else None
    one = Commitment("k1", case["kind"], by, event.span, None, case.get("due"), event.id, event.part)
    return replace(record, commitments=(one,))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any], read_cases: dict[str, list[Record]]) -> None:
    first, *later = read_cases[case["name"]]
    records = [give_word(case, first), *(replace(record, commitments=()) for record in later)]
    (one,) = follow_commitments(records[::-1], case.get("as_of"))
    says = [f"{step.published} {step.says}{' in part' if step.in_part else ''}" for step in one.evidence]
    assert (one.state, says) == (case["state"], case["says"]), [(r.events, r.actors) for r in records]
    assert all(step.note for step in one.evidence)


def step(day: str, says: str, *, in_part: bool = False, denied: bool = False) -> Step:
    return Step(day, "e1", says, in_part, denied, "", day)


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ([], "open"),
        ([step("2024-01-01", "kept")], "kept"),
        ([step("2024-01-01", "kept", in_part=True)], "partly"),
        ([step("2024-01-01", "broken")], "broken"),
        ([step("2024-01-01", "broken", denied=True)], "disputed"),
        ([step("2024-01-01", "broken"), step("2024-01-02", "kept")], "kept"),
        ([step("2024-01-01", "kept"), step("2024-01-02", "broken")], "disputed"),
        ([step("2024-01-01", "kept", in_part=True), step("2024-01-02", "broken")], "broken"),
    ],
)
def test_states(evidence: list[Step], state: str) -> None:
    assert judge_state(evidence) == state
