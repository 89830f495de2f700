"""What the codebook alone proposes and turns down, with where each party stands: sentences of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.ontology.read_codebook import read_codebook
from onrecord.records import Draft
from onrecord.stages.events.list_candidates import list_candidates
from onrecord.stages.events.propose_events import Outcome
from onrecord.stages.events.story import index_stories

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))["case"]


def tell(outcome: Outcome, names: dict[str, str]) -> str:
    """Return a proposal as the cases write it: entry, code and status, parties with their slots, cues."""
    item = outcome.coded
    if item is None:
        assert outcome.refusal is not None
        return f"{outcome.token.text} refused: {outcome.refusal.reason}"
    code = item.code if item.coded else f"({item.code})"
    by, to = (
        f"{', '.join(names[one] for one in side)} [{slot}]" if side else "nobody"
        for side, slot in zip((item.by, item.to), item.slots, strict=True)
    )
    under = f" under {', '.join(cue.text for cue in item.cues)}" if item.cues else ""
    return f"{item.trigger.text}: {item.rule}, {code} {item.status}: {by} > {to}{under}"


def view(draft: Draft) -> list[str]:
    """Return what the codebook proposes from a text, and what it turns down."""
    names = {actor.id: actor.name for actor in draft.actors}
    return [
        tell(outcome, names)
        for story in index_stories(draft)
        for scan in list_candidates(story, read_codebook())
        for candidate in scan.candidates
        for outcome in candidate.outcomes
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentence"][:50])
def test_rules(draft_of: Any, case: dict[str, Any]) -> None:
    assert view(draft_of(case["sentence"], upto="statements")) == case["proposed"]
