from __future__ import annotations

from onrecord.grammar import child_with, subject_of, token_span
from onrecord.mentions import MentionIndex
from onrecord.records import Actor
from onrecord.stages.commitments.find_complement import told_by
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.stages.commitments.scene import PRONOUNS
from onrecord.words import Token


def find_doer(pledge: Pledge, by: str | None, actors: MentionIndex[Actor]) -> str | None:
    """Return the id of the actor who is to act; None if no known actor is named.

    `Lee said that Norway would send ships`: Norway; who says so is another question.
    """
    token = _doer_of(pledge)
    if token is None:
        return None
    if token.lower_ in commitment_words("self"):
        return by
    found = actors.at(token_span(pledge.sentence, token))
    if not isinstance(found, Actor) or (found.id == by and _is_told_to(pledge, token)):
        return None
    return found.id


def _is_told_to(pledge: Pledge, doer: Token) -> bool:
    """Return whether a pronoun is told to act by somebody: who says that it must does not mean himself."""
    return doer.lower_ in (*PRONOUNS, "us", "me", "them", "him") and pledge.kind in (
        "order",
        "demand",
        "duty",
    )


def _doer_of(pledge: Pledge) -> Token | None:
    """Return the head of the noun phrase that names who is to act."""
    own = child_with(pledge.head, "nsubj")
    if own is not None:
        return own
    if pledge.head.pos_ not in ("VERB", "AUX") or child_with(pledge.head, "nsubjpass", "expl") is not None:
        return None
    if pledge.rule.endswith(":other") or pledge.deadline:
        return _told(pledge.cue)
    return subject_of(pledge.cue) if pledge.rule.endswith(":passive") else pledge.holder


def _told(word: Token) -> Token | None:
    """Return who is told to act: `asked the firm to`, `was ordered to`, `the rebels have until Friday to`."""
    if word.lemma_ == "have":
        return child_with(word, "nsubj")
    return child_with(word, "nsubjpass") or told_by(word)
