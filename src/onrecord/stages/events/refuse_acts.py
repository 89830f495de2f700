"""Why a codebook match is no event: sport, weather, mishaps, everyday acts, unasserted nouns, no parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.grammar import subject_of
from onrecord.ontology import is_act
from onrecord.ontology.entries import Codebook
from onrecord.records import Sentence
from onrecord.stages.events.assign_codes import Governed
from onrecord.stages.events.match_entries import Match
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.story import ALONE
from onrecord.stages.events.trace_cues import Trace
from onrecord.stages.events.write_event import clause_of
from onrecord.words import Token

ENOUGH = 2
"""So many words of sport, weather or markets refuse a sentence; an unmistakable word counts as many."""
LEAD = 3
"""Sentences at the head of a report that say what it is about, the title among them."""
AGES = ("decade", "century", "generation")
TOPICS = (("sport", "about sport"), ("weather", "about weather"), ("market", "about markets"))
SCORE = re.compile(r"(?<![\w-])\d{1,3} ?[-–] ?\d{1,3}(?![\w-]| -)")
"""A result: 3-1, 89–84; not 24-year-old."""
MISHAP = "harm by a disaster, an accident or a disease, not by somebody"


class Report(NamedTuple):
    """What a report as a whole says of the acts in it."""

    is_alone: bool = False
    """Whether it is no story: a sentence or two that somebody picked out."""
    is_mishap: bool = False
    """Whether it begins with a disaster, an accident or a disease and tells of no violence."""


def read_report(sentences: Sequence[Sentence], book: Codebook) -> Report:
    """Return what the sentences of a report say of the acts in it."""
    told = [_lemmas_of(sentence.tokens, "NOUN", "PROPN", "VERB") for sentence in sentences]
    lead = set[str]().union(*told[:LEAD])
    begun = lead & book.classes["mishap"] or len(lead & book.classes["mishap_weak"]) > 1
    is_calm = all(words.isdisjoint(book.classes["violence"]) for words in told)
    return Report(len(sentences) <= ALONE, bool(begun) and is_calm)


def read_topic(tokens: list[Token], book: Codebook) -> str:
    """Return what speaks against reading events from a sentence: sport, weather, markets; else empty."""
    if tells_score(tokens, book):
        return "about sport"
    words = _lemmas_of(tokens, "NOUN", "PROPN")
    for name, reason in TOPICS:
        strong, weak = words & book.classes[name], words & book.classes[f"{name}_weak"]
        if ENOUGH * len(strong) + len(weak - strong) >= ENOUGH:
            return reason
    return ""


def tells_score(tokens: list[Token], book: Codebook) -> bool:
    """Return whether a sentence tells how one side beat another: "beat their neighbours 3-1"."""
    if not _lemmas_of(tokens, "VERB") & book.classes["beating"]:
        return False
    return SCORE.search(" ".join(token.text for token in tokens)) is not None


def _lemmas_of(tokens: Iterable[Token], *kinds: str) -> set[str]:
    return {token.lemma_.lower() for token in tokens if token.pos_ in kinds}


def refuse_act(match: Match, trace: Trace, verdict: Governed, finder: ActorFinder, report: Report) -> str:
    """Return why an act is not coded; empty if it is."""
    entry = match.pattern.entry
    if verdict.refusal:
        return verdict.refusal
    crowd = is_act(entry.code, "protest") and subject_of(match.token) is not None  # "thousands marched"
    if not verdict.by and not verdict.to and not crowd:
        return "no actor"
    if _is_everyday(match, verdict, finder, report):
        return "an everyday act of nobody official"
    if "both" in entry.needs and not (verdict.by and verdict.to):
        return "not both sides named"
    if entry.only == "content" and not verdict.content:
        return "names no act on its own"
    if match.token.pos_ not in ("VERB", "AUX"):
        if not trace.asserted and not verdict.content:
            return "mentioned, not asserted"
        if not verdict.by and not verdict.content:
            return "a noun without one who acts"
        alone = entry.joint and len(verdict.by) + len(verdict.to) < 2
        if alone and not verdict.content:
            return "only one side named"
    if not verdict.by and not crowd and not is_act(entry.code, "told without a doer"):
        return "no one who acts"
    if report.is_mishap and is_act(match.code, "harm") and all(map(finder.is_business, verdict.by)):
        return MISHAP
    if is_background(match.token):
        return "background of long ago"
    return ""


def _is_everyday(match: Match, verdict: Governed, finder: ActorFinder, report: Report) -> bool:
    """Return whether nobody takes part whose visit, help, praise or complaint would be political.

    A story shows by itself what is political in it; there the act must be one that its entry guards.
    """
    parties = verdict.by if match.code == "042" else (*verdict.by, *verdict.to)
    guarded = "official" in match.pattern.entry.needs or (report.is_alone and is_act(match.code, "official"))
    counts = finder.may_be_official if is_act(match.code, "social") else finder.is_public
    return guarded and not any(map(counts, parties))


def is_background(token: Token) -> bool:
    """Return whether the clause of an act says that it was long ago."""
    ages = (child for child in clause_of(token).children if child.lower_ == "ago")
    return any(unit.lemma_.lower() in AGES for ago in ages for unit in ago.children)
