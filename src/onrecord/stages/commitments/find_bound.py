from __future__ import annotations

from onrecord.clauses.arcs import children_with, has_aux
from onrecord.grammar import child_with, subtree_span
from onrecord.records import Actor
from onrecord.stages.commitments.find_holder import is_received, owner_of
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.stages.commitments.scene import OWN, PRONOUNS, Scene, agrees, is_self
from onrecord.words import Token

Bound = tuple[str | None, str]
"""Id of who gives the word, and how that is known."""


def find_bound(scene: Scene, pledge: Pledge) -> Bound:
    """Return who gives the word of a pledge that a verb, noun or adjective announces."""
    voice = scene.voice(pledge)
    if pledge.voiced or is_open(pledge) or is_awaited(pledge):
        if voice is not None or not pledge.rule.endswith(":passive"):
            return voice, "speaker"
        actor = scene.actor_at(pledge, pledge.holder)
        return (actor.id if actor is not None else None), "holder"
    if is_self(pledge.holder) or is_ours(pledge.holder):
        actor = scene.actor_at(pledge, pledge.holder)
        return scene.voice(pledge, pledge.cue) or (actor.id if actor is not None else None), "self"
    said = scene.said_by(pledge)
    if said is not None and said.speaker is not None:
        return said.speaker, "statement"
    if pledge.holder is None:
        return _unheld(scene, pledge)
    return _held(scene, pledge, pledge.holder)


def _held(scene: Scene, pledge: Pledge, holder: Token) -> Bound:
    """Return the actor that the subject or owner names, or else who stands behind it.

    Behind a document stands who issued it (`passed a resolution demanding`), behind a pronoun or a noun that
    is nobody known stands who speaks of it (`said that the North was willing`).
    """
    if holder.lower_ == "you":  # whoever it may be
        return None, "holder"
    owner = owner_of(holder) if says(holder, "document") else None
    for token in (holder, owner, *_named_beside(holder), *_named_within(holder)):
        actor = scene.actor_at(pledge, token)
        if actor is not None:
            return actor.id, "holder"
    outer = scene.around(pledge, pledge.cue)
    speaker = scene.actors.get(outer.speaker or "") if outer is not None else None
    if speaker is None or outer is None or _is_of_others(pledge, holder):
        return None, "holder"
    if holder.lower_ in PRONOUNS and not agrees(holder, speaker):
        employer = scene.employer_of(holder, outer)
        return (employer.id if employer is not None else None), "employer"
    return speaker.id, "speaker"


def _is_of_others(pledge: Pledge, holder: Token) -> bool:
    """Return whether no speaker is meant: `in a way that threatened them`, `hopes that all would agree`."""
    is_described = pledge.cue.dep_ == "relcl" and pledge.cue.head is holder
    return is_described or is_received(pledge.cue) or has_aux(pledge.cue, commitment_words("reported"))


def is_open(pledge: Pledge) -> bool:
    """Return whether a prediction names nobody who makes it: `is likely to`, `is forecast to`."""
    if pledge.kind != "prediction":
        return False
    return pledge.rule.startswith("likely") or pledge.holder is None


def is_ours(owner: Token | None) -> bool:
    """Return whether what is announced is the speaker's: `our plan`."""
    return owner is not None and owner.lower_ in OWN


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
    if subject is None:
        return None, "holder"
    near = scene.mentions.within(subtree_span(pledge.sentence, subject))
    return next((actor.id for _, actor in near if isinstance(actor, Actor)), None), "doer"


def _named_beside(noun: Token) -> list[Token]:
    """Return who is named with a noun that is nobody known: `countries including Norway`."""
    inner = (c for prep in noun.rights if prep.lower_ in ("including", "like") for c in prep.children)
    return [*children_with(noun, "appos", "conj"), *inner]


def _named_within(text: Token) -> list[Token]:
    """Return whose a text is by its name: `the Finance Ministry website advises`."""
    return children_with(text, "compound", "nmod") if says(text, "document") else []
