from __future__ import annotations

from collections.abc import Iterator

from onrecord.lexicons.actors import actor_words
from onrecord.stages.actors.read_phrases import Phrase

Place = tuple[int, int]
"""A Doc, by identity, and one of its words."""


def join_appositions(phrases: list[Phrase]) -> dict[int, Phrase]:
    """Return for the phrases that stand beside a name that name's phrase, by id.

    Of a person behind a comma (`the mayor, Jo Bell,`), of a body without one, too (`the rebel group M23`).
    """
    names = [phrase for phrase in phrases if phrase.kind in ("person", "organization")]
    starts = {(id(name.doc), name.start): name for name in names}
    ends = {(id(name.doc), name.end): name for name in names}
    joined: dict[int, Phrase] = {}
    for phrase in phrases:
        if phrase.kind != "role":
            continue
        name = next((one for one in _beside(phrase, starts, ends) if _may_be_called(phrase, one)), None)
        if name is not None:
            joined[id(phrase)] = name
    return joined


def _beside(phrase: Phrase, starts: dict[Place, Phrase], ends: dict[Place, Phrase]) -> Iterator[Phrase]:
    """Yield the names beside a description: before its comma, behind it, right behind."""
    doc = id(phrase.doc)
    if (doc, phrase.start - 1) in ends and _is_apposed(phrase):
        yield ends[doc, phrase.start - 1]
    behind = (doc, _after_complement(phrase))
    if behind in starts:
        yield starts[behind]
    if (doc, phrase.end) in starts:
        yield starts[doc, phrase.end]


def _may_be_called(phrase: Phrase, name: Phrase) -> bool:
    """Return whether a description beside a name may be that of its bearer: one person, or one body."""
    if name.kind == "person":
        return not phrase.plural and name.start != phrase.end
    head, own = phrase.doc[phrase.head], name.doc[name.head]
    is_body = phrase.role is not None and (
        phrase.role.kind == "body" or phrase.role.word in actor_words("collective")
    )
    is_linked = name.start == phrase.end or (own.head is head or head.head is own)
    return is_body and head.tag_ in ("NN", "NNP") and is_linked


def _after_complement(phrase: Phrase) -> int:
    """Return the token after a description, what it is of, and a comma; -1 if no comma follows."""
    end = phrase.end
    for child in phrase.doc[phrase.head].rights:
        if child.dep_ == "prep" and child.i == end:
            end = next((word.i for word in child.children if word.dep_ == "pobj"), end) + 1
    comma = phrase.doc.words[end : end + 1]
    return end + 1 if comma and comma[0].text == "," else -1


def _is_apposed(phrase: Phrase) -> bool:
    """Return whether a phrase is an apposition behind a comma."""
    return phrase.doc[phrase.head].dep_ == "appos" and phrase.doc[phrase.start - 1].text == ","
