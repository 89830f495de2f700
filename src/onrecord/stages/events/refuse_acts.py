"""Why a codebook match is no event: sport and weather, everyday acts, unasserted nouns, no parties."""

from __future__ import annotations

import re

from onrecord.grammar import is_passive, subject_of
from onrecord.ontology import is_act
from onrecord.ontology.entries import Codebook
from onrecord.stages.events.assign_codes import Governed
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.match_entries import Match
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import Trace
from onrecord.stages.events.write_event import clause_of
from onrecord.words import Token

ENOUGH = 3
"""So many words of sport, weather or markets refuse a sentence, one fewer where it names no country.

An unmistakable word counts as many.
"""

AGES = ("decade", "century", "generation")
TOPICS = (("sport", "about sport"), ("weather", "about weather"), ("market", "about markets"))
SCORE = re.compile(r"(?<![\w-])\d{1,3} ?[-–] ?\d{1,3}(?![\w-]| -)")
"""A result: 3-1, 89–84; not 24-year-old."""


def refuse_by_topic(code: str, topic: str) -> bool:
    """Return whether an act is not read from a sentence on that topic."""
    return bool(topic) and (topic != "about weather" or is_act(code, "done by nature"))


def read_topic(tokens: list[Token], book: Codebook) -> str:
    """Return what speaks against reading events from a sentence: sport, weather, markets; else empty."""
    named = any(token.ent_type_ in ("GPE", "NORP") for token in tokens)
    if tells_score(tokens, book):
        return "about sport"
    words = {token.lemma_.lower() for token in tokens if token.pos_ in ("NOUN", "PROPN")}
    for name, reason in TOPICS:
        strong, weak = words & book.classes[name], words & book.classes[f"{name}_weak"]
        if ENOUGH * len(strong) + len(weak - strong) >= (ENOUGH if named else ENOUGH - 1):
            return reason
    return ""


def tells_score(tokens: list[Token], book: Codebook) -> bool:
    """Return whether a sentence tells how one side beat another: "beat their neighbours 3-1"."""
    if not any(t.lemma_.lower() in book.classes["beating"] for t in tokens):
        return False
    words = " ".join(token.text for token in tokens)
    return SCORE.search(words) is not None


def refuse_act(match: Match, trace: Trace, verdict: Governed, finder: ActorFinder) -> str:
    """Return why an act is not coded; empty if it is."""
    entry = match.pattern.entry
    if verdict.refusal:
        return verdict.refusal
    crowd = is_act(entry.code, "protest") and (is_passive(match.token) or _is_crowd(match.token))
    if not verdict.by and not verdict.to and not crowd:
        return "no actor"
    if _is_everyday(match, verdict, finder):
        return "an everyday act of nobody official"
    if "both" in entry.needs and not _has_sides(verdict):
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
    if is_background(match.token):
        return "background of long ago"
    return ""


def _is_crowd(act: Token) -> bool:
    """Return whether so many take part, and nothing else is said of them: "thousands marched"."""
    subject = subject_of(act)
    return subject is not None and subject.lower_ in event_words("crowd")


def _has_sides(verdict: Governed) -> bool:
    """Return whether both sides of an act are named; those of a joint act stand on one side."""
    return bool(verdict.by and verdict.to) or len(verdict.by) > 1


def _is_everyday(match: Match, verdict: Governed, finder: ActorFinder) -> bool:
    """Return whether nobody takes part whose visit, help, praise or complaint would be political."""
    taking_part = verdict.by if match.code == "042" else (*verdict.by, *verdict.to)
    if is_act(match.code, "social"):
        return not any(map(finder.may_be_official, taking_part))
    if "official" in match.pattern.entry.needs or is_act(match.code, "official"):
        return not any(map(finder.is_public, taking_part))
    return False


def is_background(token: Token) -> bool:
    """Return whether the clause of an act says that it was long ago."""
    ages = (child for child in clause_of(token).children if child.lower_ == "ago")
    return any(unit.lemma_.lower() in AGES for ago in ages for unit in ago.children)
