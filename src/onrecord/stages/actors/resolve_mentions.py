from __future__ import annotations

from collections.abc import Callable

from onrecord.stages.actors.cast import Cast
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.stages.actors.resolve_bodies import find_body, resolve_body
from onrecord.stages.actors.resolve_nations import NATIONS, resolve_nation
from onrecord.stages.actors.resolve_persons import find_person, note_title, resolve_person
from onrecord.stages.actors.resolve_roles import resolve_role

RESOLVERS: dict[str, Callable[[Cast, Phrase], bool]] = {
    "person": resolve_person,
    "organization": resolve_body,
    "role": resolve_role,
    **dict.fromkeys(NATIONS, resolve_nation),
}
"""How each kind of phrase is resolved; other kinds name nobody who acts."""


def resolve_phrase(cast: Cast, phrase: Phrase) -> bool:
    """Find the entity of a phrase, make it if need be, and record the mention; False if it is none."""
    return phrase.kind in RESOLVERS and RESOLVERS[phrase.kind](cast, phrase)


def resolve_apposed(cast: Cast, phrase: Phrase, name: Phrase) -> None:
    """Give a description to the person or body whose name stands beside it."""
    entity = find_person(cast, name) if name.kind == "person" else find_body(cast, name)
    if entity is None:
        resolve_phrase(cast, phrase)
    else:
        note_title(entity, phrase)
        cast.mention(phrase, entity, "apposition")
