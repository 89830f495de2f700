"""What the codebook alone proposes and turns down, and what becomes of it in whole reports of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.ontology.read_codebook import read_codebook
from onrecord.records import Draft
from onrecord.stages.events.find_events import find_events
from onrecord.stages.events.list_candidates import list_candidates
from onrecord.stages.events.propose_events import Outcome
from onrecord.stages.events.story import index_stories
from onrecord.stages.events.write_event import plover_told

HERE = Path(__file__).parent
RULES = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))
CASES = RULES["case"]
REPORTS = RULES.get("report", [])
TRAITS = RULES.get("traits", [])


def tell(outcome: Outcome, names: dict[str, str]) -> str:
    """Return a proposal as the cases write it: entry, code and status, parties with their slots, cues."""
    item = outcome.coded
    if item is None:
        assert outcome.refusal is not None
        return f"{outcome.token.text} refused: {outcome.refusal.reason}"
    plover = plover_told(item, read_codebook())
    kind = "/".join(filter(None, (plover.type, plover.mode, *plover.contexts))) if plover else "-"
    code = f"{item.code} {kind}" if item.coded else f"({item.code})"
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


def view_whys(draft: Draft) -> list[str]:
    """Return how each proposal of the codebook came about."""
    return [
        line
        for story in index_stories(draft)
        for scan in list_candidates(story, read_codebook())
        for candidate in scan.candidates
        for outcome in candidate.outcomes
        if outcome.coded is not None
        for line in outcome.coded.why
    ]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "why" in case], ids=lambda case: case["sentence"][:50]
)
def test_whys(draft_of: Any, case: dict[str, Any]) -> None:
    assert view_whys(draft_of(case["sentence"], upto="statements")) == case["why"]


def view_report(draft: Draft) -> list[str]:
    """Return the events of a report, with who decided on each, and what the codebook was overruled on.

    Parties and probabilities are left out: they come from weights that are learned anew.
    """
    found = find_events(draft)
    told = []
    for event in found.kept:
        plover = event.plover
        kind = "/".join(filter(None, (plover.type, plover.mode, *plover.contexts))) if plover else "-"
        words = " of ".join(draft.page.text[slice(*span)] for span in (event.trigger, event.span))
        numbers = " ".join(event.quantities)
        code = next(line for line in event.why if line.startswith(("CAMEO", "no code")))
        told.append(
            f"{words}: {kind} {event.quad or '-'} {event.goldstein or '-'} {event.status}"
            f" by {event.decided_by}, {event.rule}, {code}, {event.statement} {numbers}"
        )
    reasons = ((draft.page.text[slice(*one.span)], one.reason) for one in found.refused)
    told += [
        f"{word} refused: {reason.partition('; nearest')[0]}"
        for word, reason in reasons
        if not reason.startswith("no event")
    ]
    return [" ".join(line.split()) for line in told]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["text"][:50])
def test_reports(draft_of: Any, report: dict[str, Any]) -> None:
    assert view_report(draft_of(report["text"], upto="statements", kind="article")) == report["told"]


def view_traits(draft: Draft) -> dict[str, list[str]]:
    """Return the traits of each word that might name an event, and those of its sentence, in order."""
    (story,) = index_stories(draft)
    (scan,) = list_candidates(story, read_codebook())
    return {"sentence": list(scan.shared)} | {one.token.text: sorted(one.traits) for one in scan.candidates}


@pytest.mark.parametrize("case", TRAITS, ids=lambda case: case["sentence"][:50])
def test_traits(draft_of: Any, case: dict[str, Any]) -> None:
    assert view_traits(draft_of(case["sentence"], upto="statements")) == case["of"]
