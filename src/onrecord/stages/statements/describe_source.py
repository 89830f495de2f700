from __future__ import annotations

from onrecord.grammar import child_with, token_span
from onrecord.mentions import MentionIndex
from onrecord.records import Actor, Unnamed
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token


def describe_source(one: Attribution, speaker: Actor | None, counts: MentionIndex[int]) -> Unnamed | None:
    """Return the number and sector of anonymous speakers; None for named ones, bodies and documents.

    `counts` are the whole numbers of the page.

    `two officials briefed on the talks`: two of the government; `a spokesman for the ministry`: one.
    """
    head = one.source
    if head is None or head.pos_ != "NOUN" or one.attitude == "document" or not _is_unnamed(head, speaker):
        return None
    return Unnamed(_number_of(one, head, counts), speaker.sector if speaker else None)


def is_person(noun: Token) -> bool:
    """Return whether a noun denotes a single person: a personal name, he or she, a role."""
    return noun.lower_ in ("he", "she") or noun.ent_type_ == "PERSON" or (noun.tag_ == "NN" and is_role(noun))


def is_role(noun: Token) -> bool:
    """Return whether a noun denotes persons by what they are: officials, a spokesman."""
    return noun.lemma_.lower() in source_words("person")


def _is_unnamed(head: Token, speaker: Actor | None) -> bool:
    """Return whether a noun stands for persons without a name; `a council` needs none."""
    if speaker is None or speaker.type not in ("person", "group"):
        return is_role(head)
    is_counted = head.tag_ == "NNS" or (speaker.type == "person" and speaker.sector is not None)
    return (is_counted or is_role(head)) and not has_name(speaker)


def has_name(actor: Actor) -> bool:
    """Return whether an actor is a person known by name: not `a farmer`."""
    return actor.type == "person" and actor.name[:1].isupper()


def _number_of(one: Attribution, head: Token, counts: MentionIndex[int]) -> int | None:
    """Return how many persons a noun phrase counts; None if that is not said."""
    number = child_with(head, "nummod")
    if number is None:
        return 1 if head.tag_ == "NN" else None
    return counts.at(token_span(one.sentence, number))
