from __future__ import annotations

import re
from dataclasses import replace

from onrecord.lexicons.actors import actor_words, roles_by_word
from onrecord.stages.actors.find_units import Unit
from onrecord.stages.actors.index_names import fold, persons_by_surname
from onrecord.words import Doc, Token

SURNAME = re.compile(r"(?:O['’]|D['’]|Mc|Mac)[A-Z][a-z]{2,}")
"""The shape of a last name: O'Hara, McAvoy."""
LEFT = ("det", "compound", "amod", "nummod")
OLDEST = 110


def add_bare_names(doc: Doc, units: dict[int, Unit]) -> None:
    """Enter into `units` the single words that name a person where the model saw none.

    Readers write `Merkel`, not `Angela Merkel`; a model that saw no full name takes it for a place
    or for nothing. A word is a name if a known person has it, or if it does what only people do.
    """
    for token in doc:
        if (token.i not in units and _is_titled(token)) or (
            _may_rename(units.get(token.i))
            and _may_be_name(token)
            and (_is_known(token) or _acts_as_person(token))
        ):
            units[token.i] = Unit(token.i, token.i + 1, "person")
    for unit in _apposed_names(doc, units):
        units.update(dict.fromkeys(range(unit.start, unit.end), unit))
    unlisted = (
        Unit(one.start, one.end, "place")
        for one in doc.ents
        if not any(i in units for i in range(one.start, one.end))
    )
    for unit in (*units.values(), *unlisted):
        if _is_described(doc, unit):
            units.update(dict.fromkeys(range(unit.start, unit.end), replace(unit, kind="person")))


def _apposed_names(doc: Doc, units: dict[int, Unit]) -> list[Unit]:
    """Return names that the model missed, beside what somebody is: `the engineer, Ines Raun`."""
    found = []
    roles = roles_by_word()
    for token in doc:
        if token.dep_ != "appos" or token.tag_ != "NNP" or token.i in units or token.head.i > token.i:
            continue
        role = roles.get(token.head.lower_)
        start = token.i
        while (
            start and doc[start - 1].tag_ == "NNP" and doc[start - 1].head is token and start - 1 not in units
        ):
            start -= 1
        is_name = start < token.i and doc[start - 1].text == "," and token.text.istitle()
        if is_name and role is not None and role.kind in ("person", "title", "weak"):
            found.append(Unit(start, token.i + 1, "person"))
    return found


def _is_described(doc: Doc, unit: Unit) -> bool:
    """Return whether a name that the model takes for a body is one person's by what stands beside it."""
    if unit.known is not None or unit.kind not in ("organization", "place") or unit.end - unit.start < 2:
        return False
    if any(doc[i].tag_ != "NNP" for i in range(unit.start, unit.end)):
        return False
    roles = roles_by_word()
    beside = [child for child in doc[unit.end - 1].rights if child.dep_ == "appos" and child.tag_ == "NN"]
    return any(one.lower_ in roles and roles[one.lower_].kind in ("person", "title") for one in beside)


def _may_rename(unit: Unit | None) -> bool:
    """Return whether no name stands at a place, or one word that only the model thinks a name."""
    return unit is None or (unit.known is None and unit.kind != "person" and unit.end - unit.start == 1)


def _may_be_name(token: Token) -> bool:
    """Return whether a word is written as a name and stands alone in its phrase."""
    text = token.text
    if token.ent_type_ == "DATE":  # in May
        return False
    if not (text[0].isupper() and any(char.islower() for char in text) and len(text) > 2):
        return False
    if any(
        child.i < token.i and child.dep_ in ("det", "compound", "amod", "nummod") for child in token.children
    ):
        return False
    if token.i + 1 < len(token.doc) and token.nbor().tag_ == "POS":
        return True
    is_inside = token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i
    return not (is_inside and token.head.text[0].isupper())


def _is_known(token: Token) -> bool:
    """Return whether a word is the last name of a known person and no word of another kind."""
    if fold(token.text) not in persons_by_surname():
        return False
    if token.tag_ in ("NNP", "NNPS"):
        return True
    # The tagger takes an unknown name that opens a sentence for a noun; "Power corrupts" has one, too.
    return token.lower_ not in actor_words("common") and token.dep_ in (
        "nsubj",
        "nsubjpass",
        "poss",
        "compound",
    )


def _is_titled(token: Token) -> bool:
    """Return whether a word is a name right behind a title written as one: `Foreign Minister Chung`."""
    if token.i == 0 or token.tag_ != "NNP" or token.lower_ in roles_by_word() or token.ent_type_ == "DATE":
        return False
    before, follows = token.nbor(-1), token.doc.words[token.i + 1 : token.i + 2]
    if before.head is not token or not before.text[0].isupper() or before.text.isupper():
        return False
    role = roles_by_word().get(before.lower_)
    is_last = not follows or follows[0].tag_ not in ("NN", "NNS", "NNP", "NNPS")
    return role is not None and role.kind == "title" and is_last and token.text.istitle()


def _acts_as_person(token: Token) -> bool:
    """Return whether a name does, or suffers, what only people do, or has an age beside it."""
    if SURNAME.fullmatch(token.text):
        return True
    if token.tag_ not in ("NNP", "NNPS") or token.ent_type_ in ("DATE", "TIME", "ORG", "NORP"):
        return False
    verb = token.head.lemma_
    if token.dep_ == "nsubj" and (verb in actor_words("speech") or verb in actor_words("personal")):
        return True
    if token.dep_ in ("dobj", "nsubjpass") and verb in actor_words("done to people"):
        return True
    return _has_age(token)


def _has_age(token: Token) -> bool:
    """Return whether an age stands behind a name, between commas: `Ames, 44, left`."""
    after = token.doc[token.i + 1 : token.i + 4]
    if len(after) < 3 or (after[0].text, after[2].text) != (",", ","):
        return False
    return after[1].text.isdigit() and int(after[1].text) <= OLDEST
