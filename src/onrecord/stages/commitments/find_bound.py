from __future__ import annotations

from onrecord.grammar import child_with, subtree_span
from onrecord.records import Actor
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import says
from onrecord.stages.commitments.scene import Scene, is_self
from onrecord.words import Token

Bound = tuple[str | None, str]
"""Id of who gives the word, and how that is known."""


def find_bound(scene: Scene, pledge: Pledge) -> Bound:
    """Return who gives the word of a pledge that a verb, noun or adjective announces."""
    outer = scene.around(pledge)
    if pledge.voiced or is_open(pledge) or (outer is not None and is_awaited(pledge)):
        return scene.voice(pledge), "speaker"
    said = scene.said_by(pledge)
    if said is not None and said.speaker is not None:
        return said.speaker, "statement"
    if pledge.holder is None:
        return _unheld(scene, pledge)
    if is_self(pledge.holder) or pledge.holder.lower_ in ("my", "our"):
        return scene.voice(pledge), "self"
    actor = scene.actor_at(pledge, pledge.holder) or scene.actor_at(pledge, _subject_for(pledge))
    if actor is not None:
        return actor.id, "holder"
    return None, "holder"


def is_open(pledge: Pledge) -> bool:
    """Return whether a prediction names nobody who makes it: `is likely to`, `is forecast to`."""
    if pledge.kind != "prediction":
        return False
    return pledge.rule.startswith("likely") or (pledge.holder is None and not pledge.rule.endswith(":object"))


def is_awaited(pledge: Pledge) -> bool:
    """Return whether others await an act: `the minister is expected to resign`."""
    return pledge.rule.endswith(":passive") and says(pledge.cue, "awaited")


def _unheld(scene: Scene, pledge: Pledge) -> Bound:
    outer = scene.around(pledge)
    if pledge.cue.pos_ == "NOUN" and not pledge.rule.endswith(":equated"):
        return None, "holder"
    if outer is not None:
        return outer.speaker, "speaker"
    subject = child_with(pledge.head, "nsubj", "nsubjpass")
    if pledge.kind != "plan" or subject is None:
        return None, "holder"
    near = scene.mentions.within(subtree_span(pledge.sentence, subject))
    return next((actor.id for _, actor in near if isinstance(actor, Actor)), None), "doer"


def _subject_for(pledge: Pledge) -> Token | None:
    """Return who holds a noun by the verb above it, where its own pronoun is nobody known."""
    if pledge.cue.pos_ != "NOUN" or pledge.holder is None or pledge.holder.dep_ != "poss":
        return None
    verb = pledge.cue.head
    return child_with(verb, "nsubj") if pledge.cue.dep_ in ("dobj", "attr") else None
