"""Sentences whose actors must stand on the right side of the act."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

CASES = tomllib.loads(Path(__file__).with_name("directions.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentence"][:50])
def test_sides(draft_of: Any, case: dict[str, Any]) -> None:
    draft = draft_of(case["sentence"], upto="events")
    names = {actor.id: actor.name for actor in draft.actors}
    told = [
        ([names[one] for one in event.sources], [names[one] for one in event.targets])
        for event in draft.events
        if event.act.type == case["act"] and event.status == case.get("status", "actual")
    ]
    assert told == ([] if case.get("none") else [(case["sources"], case["targets"])])
