from __future__ import annotations

from onrecord.mentions import MentionIndex
from onrecord.records import Actor, Quantity, Time, Unnamed
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token


def describe_source(
    one: Attribution, speaker: Actor | None, quantities: MentionIndex[Time | Quantity]
) -> Unnamed | None:
    """Return how many speak without a name, and of which sector; None if who speaks is named or no person.

    `two officials briefed on the talks`: two of the government; `a spokesman for the ministry`: one.
    """
    head = one.source
    if head is None or head.pos_ != "NOUN" or one.attitude == "document" or _is_named(head, speaker):
        return None
    return Unnamed(_number_of(one, head, quantities), speaker.sector if speaker else None)


def is_person(noun: Token) -> bool:
    """Return whether a noun names a single person: a name, he or she, a role."""
    if noun.lower_ in ("he", "she"):
        return True
    if noun.pos_ == "PROPN":
        return noun.ent_type_ == "PERSON"
    return noun.tag_ == "NN" and noun.lemma_.lower() in source_words("person")


def _is_named(head: Token, speaker: Actor | None) -> bool:
    """Return whether a noun is that of someone with a name, or of a body that needs none."""
    if any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in head.children):
        return True
    if head.lemma_.lower() in source_words("person"):
        return speaker is not None and speaker.type == "person" and speaker.name[:1].isupper()
    if speaker is None or speaker.type not in ("person", "group"):
        return True
    if head.tag_ == "NN" and (speaker.type == "group" or speaker.sector is None):
        return True  # a council, a firm
    return speaker.type == "person" and speaker.name[:1].isupper()


def _number_of(one: Attribution, head: Token, quantities: MentionIndex[Time | Quantity]) -> int | None:
    """Return how many a noun phrase speaks of; None if that is not said."""
    number = next((child for child in head.lefts if child.dep_ == "nummod"), None)
    if number is None:
        return 1 if head.tag_ == "NN" else None
    start = one.sentence.offset + number.idx
    for _, found in quantities.touching((start, start + len(number.text))):
        if isinstance(found, Quantity) and found.value is not None and found.value == int(found.value):
            return int(found.value)
    return int(number.text) if number.text.isdecimal() else None
