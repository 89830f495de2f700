from __future__ import annotations

from onrecord.clauses.arcs import children_with
from onrecord.grammar import child_with, with_conjuncts
from onrecord.records import Actor, Statement
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import says
from onrecord.stages.commitments.scene import POSSESSIVE, PRONOUNS, Scene, agrees, is_own, is_self
from onrecord.words import Token

NAMING = ("amod", "compound", "nmod")
"""Labels of the words that say whose forces, offices or goods a noun means."""
STATE = ("GOV", "MIL", "SPY", "LEG", "COP", "PTY", "JUD")
"""Sectors whose members speak for their country."""


def find_side(scene: Scene, pledge: Pledge, outer: Statement | None) -> str:
    """Return `self` if who is to act speaks, `side` if the speaker speaks for them, else nothing."""
    holder = pledge.holder
    if holder is None:
        return ""
    if is_self(holder):
        return "self"
    if is_own(holder):
        return "side"
    speaker = scene.actors.get(outer.speaker or "") if outer else None
    if outer is None or speaker is None:
        return ""
    if means_speaker(scene, pledge, holder, outer, speaker):
        return "self"
    if _is_ours(scene, pledge, holder, speaker):
        return "side"
    return "side" if speaker.sector in STATE and (is_arranged(pledge) or _means_office(holder, outer)) else ""


def means_speaker(scene: Scene, pledge: Pledge, holder: Token, outer: Statement, speaker: Actor) -> bool:
    """Return whether a noun or pronoun is the speaker: `Motorola said that they will`.

    A pronoun that opens what is reported means who reports it far more often than anybody else, so that
    it is left to the coreference of the page only where the two cannot be the same.
    """
    doer = scene.actor_at(pledge, holder)
    if doer is not None and doer.id == speaker.id:
        return True
    return outer.kind != "direct" and holder.lower_ in PRONOUNS and agrees(holder, speaker)


def _means_office(holder: Token, outer: Statement) -> bool:
    """Return whether a pronoun means the body that an official speaks for: `Lund said they would go`."""
    return holder.lower_ == "they" and outer.kind != "direct"


def _is_ours(scene: Scene, pledge: Pledge, holder: Token, speaker: Actor) -> bool:
    """Return whether who is to act belongs to the speaker: his country, its troops, an office of theirs."""
    owner = child_with(holder, "poss")
    if owner is not None and owner.lower_ in POSSESSIVE:
        return scene.actor_at(pledge, owner) in (None, speaker)
    if says(holder, "body") and speaker.sector in STATE and _is_bare(holder):
        return True
    parts = [part for noun in with_conjuncts(holder) for part in (noun, *children_with(noun, *NAMING))]
    near = [scene.actor_at(pledge, part) for part in parts]
    return any(actor is not None and _is_official_of(actor, speaker) for actor in near)


def _is_bare(noun: Token) -> bool:
    """Return whether a noun points at what is known: `the nation`, `this administration`."""
    return all(child.lower_ in ("the", "this") for child in noun.children)


def _is_official_of(doer: Actor, speaker: Actor) -> bool:
    is_home = doer.country == speaker.country and speaker.sector in STATE
    is_office = doer.sector in STATE or (doer.type == "organization" and not doer.sector)
    return is_home and is_office


def is_arranged(pledge: Pledge) -> bool:
    """Return whether officials arrange what is to happen without naming who does it.

    `Troops will be sent`, `masks would become compulsory`, `the summit will begin on Monday`.
    """
    act, holder = pledge.head, pledge.holder
    if child_with(act, "auxpass") is not None:
        return says(act, "arranged") and child_with(act, "agent") is None
    if act.lemma_.lower() in ("be", "become"):
        return says(child_with(act, "acomp"), "ruled")
    return says(holder, "deed") and says(act, "occurring")
