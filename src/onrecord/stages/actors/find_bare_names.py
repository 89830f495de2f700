from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from onrecord.lexicons.actors import actor_words, roles_by_word
from onrecord.stages.actors.find_units import Unit, is_common_plural
from onrecord.stages.actors.index_names import GENERATIONS, fold, persons_by_surname
from onrecord.words import Doc, Token

SURNAME = re.compile(r"(?:O['’]|D['’]|Mc|Mac)[A-Z][a-z]{2,}")
"""The shape of a last name: O'Hara, McAvoy."""
SHORTEST = 3
"""Letters that a name has by which alone somebody is known: Wu and Li may be many."""
NOUNS = ("NN", "NNS", "NNP", "NNPS")
PROPER = ("NNP", "NNPS")
LEFT = ("det", "compound", "amod", "nummod")
AGE = re.compile(r", (?:10\d|[1-9]?\d) ,")
"""Until 109, between commas."""


def add_bare_names(doc: Doc, units: dict[int, Unit]) -> None:
    """Enter into `units` the names of persons that the model missed or took for something else.

    Readers write `Merkel`, not `Angela Merkel`; a model that saw no full name takes it for a place
    or for nothing. A word is a name if a known person has it, or if it does what only people do.
    """
    for token in (token for token in doc.words if token.tag_ in PROPER):
        if _may_rename(units.get(token.i)) and (
            _is_titled(token) or (_may_be_name(token) and any(rule(token) for rule in PERSONAL))
        ):
            units[token.i] = Unit(token.i, token.i + 1, "person")
    for unit in (*_apposed_names(doc, units), *_described_names(doc, units)):
        units.update(dict.fromkeys(range(unit.start, unit.end), unit))


def drop_places(doc: Doc, units: dict[int, Unit], surnames: frozenset[str]) -> None:
    """Take from `units` the single words that the model takes for a person, told once and behind `in`."""
    for unit in [one for one in units.values() if one.kind == "person" and one.end - one.start == 1]:
        word = doc[unit.start]
        is_inside = word.dep_ == "pobj" and word.head.lower_ == "in" and word.head.i == word.i - 1
        if is_inside and unit.known is None and fold(word.text) not in surnames and not _is_known(word):
            del units[unit.start]


def _apposed_names(doc: Doc, units: dict[int, Unit]) -> Iterator[Unit]:
    """Yield names of two words or more behind what somebody is: `the engineer, Ines Raun`."""
    for token in (token for token in doc.words if token.dep_ == "appos"):
        words = [*(word for word in token.lefts if word.dep_ == "compound"), token]
        is_behind = _is_office(token.head) and doc[words[0].i - 1].text == ","
        if is_behind and len(words) > 1 and all(_is_open(units.get(word.i)) for word in words):
            yield Unit(words[0].i, token.i + 1, "person")


def _described_names(doc: Doc, units: dict[int, Unit]) -> Iterator[Unit]:
    """Yield names that the model takes for no person before what somebody is: `Ines Raun, an engineer`."""
    unlisted = (Unit(one.start, one.end, "place") for one in doc.ents if one.start not in units)
    for unit in dict.fromkeys((*units.values(), *unlisted)):
        words = doc.words[unit.start : unit.end]
        beside = [child for child in words[-1].rights if child.dep_ == "appos" and child.tag_ == "NN"]
        is_name = unit.known is None and len(words) > 1 and all(word.tag_ == "NNP" for word in words)
        if is_name and any(_is_office(one) for one in beside):
            yield replace(unit, kind="person")


def _is_office(token: Token) -> bool:
    """Return whether a word says what one person is: `engineer`, `minister`."""
    role = roles_by_word().get(token.lower_)
    return role is not None and role.kind != "body" and role.word not in actor_words("collective")


def _may_rename(unit: Unit | None) -> bool:
    """Return whether no name stands at a place, or one word that only the model thinks a name."""
    return unit is None or (_is_open(unit) and unit.end - unit.start == 1)


def _is_open(unit: Unit | None) -> bool:
    """Return whether no list knows what stands at a place, and the model takes it for no person."""
    return unit is None or (unit.known is None and unit.kind != "person")


def _may_be_name(token: Token) -> bool:
    """Return whether a proper noun is written as a name and stands alone in its phrase."""
    is_name = token.text[0].isupper() and not token.text.isupper()
    if not is_name or len(token.text) < SHORTEST or token.ent_type_ == "DATE":  # in May
        return False
    if token.lower_.rstrip(".") in GENERATIONS or is_common_plural(token):  # Rebels met
        return False
    is_inside = token.dep_ in ("compound", "amod", "nmod") and token.head.text[0].isupper()
    return not is_inside and not any(child.dep_ in LEFT for child in token.lefts)


def _is_titled(token: Token) -> bool:
    """`Foreign Minister Chung`: a last name right behind an office, both in capitals"""
    office = next((word for word in token.lefts if word.i == token.i - 1), None)
    if office is None or token.tag_ != "NNP" or token.lower_ in roles_by_word():
        return False
    role = roles_by_word().get(office.lower_)
    is_last = all(word.tag_ not in NOUNS for word in token.doc.words[token.i + 1 : token.i + 2])
    return role is not None and role.kind == "title" and is_last and office.text.istitle()


def _is_known(token: Token) -> bool:
    """`Merkel`: the last name of a known person"""
    return fold(token.text) in persons_by_surname()


def _has_shape(token: Token) -> bool:
    """`O'Hara`, `McAvoy`"""
    return SURNAME.fullmatch(token.text) is not None


def _acts(token: Token) -> bool:
    """`Quellan said`, `Quellan resigned`: who does what only people do"""
    verb = token.head.lemma_
    is_personal = verb in actor_words("speech") or verb in actor_words("personal")
    return token.dep_ == "nsubj" and is_personal and _is_free(token)


def _is_acted_on(token: Token) -> bool:
    """`arrested Quellan`: who suffers what only people do"""
    is_personal = token.head.lemma_ in actor_words("done to people")
    return token.dep_ in ("dobj", "nsubjpass") and is_personal and _is_free(token)


def _has_age(token: Token) -> bool:
    """`Ames, 44, left`: an age behind a name, between commas"""
    after = (word.text for word in token.doc.words[token.i + 1 : token.i + 4])
    return AGE.fullmatch(" ".join(after)) is not None


def _is_free(token: Token) -> bool:
    """Return whether the model does not take a word for a time, a body or a people."""
    return token.ent_type_ not in ("TIME", "ORG", "NORP")


PERSONAL: tuple[Callable[[Token], bool], ...] = (_is_known, _has_shape, _acts, _is_acted_on, _has_age)
"""What shows a bare name to be a person's."""
