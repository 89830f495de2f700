from __future__ import annotations

from dataclasses import dataclass

from onrecord.lexicons.actors import actor_words, roles_by_word
from onrecord.stages.actors.index_names import Known, fold, name_automaton
from onrecord.words import Doc

NER_KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "NORP": "norp"}
SPEECH_MARKS = "\"'“”‘’«»()[]{}@#/\\|*_:;=<>~^+"


@dataclass(frozen=True, slots=True)
class Unit:
    """A name in a text: tokens `start` to `end` of a Doc, and what the lexicons know of it."""

    start: int
    end: int
    kind: str
    """country, adjective, demonym, capital, palace, region, organization, person, place or norp."""
    known: Known | None = None
    country: str | None = None
    """The country named inside a name that only the model found: `Bank of Ghana`."""


def find_units(doc: Doc, files: tuple[str, ...] = ()) -> list[Unit]:
    """Return the names in a text, from the lexicons and from the model, in order and without overlap."""
    listed = _listed_units(doc, files)
    taken = _longest_first(listed + _model_units(doc, listed))
    return _tell_namesakes(doc, sorted(taken, key=lambda unit: unit.start))


def _tell_namesakes(doc: Doc, units: list[Unit]) -> list[Unit]:
    """Return units with towns in the country that stands behind their comma: `Moscow, Idaho`.

    A state that is named as a country is that state behind a town of its own country: `Macon, Georgia`.
    """
    found = list(units)
    for place in range(len(found) - 1):
        town, division = found[place : place + 2]
        if division.start != town.end + 1 or doc[town.end].text != "," or division.known is None:
            continue
        if division.kind == "region" and town.kind in ("capital", "region", "country", "place"):
            found[place] = _as_region(doc, town, division.known.country)
        elif division.known.word in actor_words("state named as a country") and _is_american(town):
            found[place + 1] = _as_region(doc, division, "USA")
    return found


def _is_american(town: Unit) -> bool:
    return town.known is not None and town.known.country == "USA"


def _as_region(doc: Doc, unit: Unit, country: str | None) -> Unit:
    """Return a name as that of a part of a country."""
    name = doc[unit.start : unit.end].text
    return Unit(unit.start, unit.end, "region", Known("region", name, name, country))


def _listed_units(doc: Doc, files: tuple[str, ...]) -> list[Unit]:
    text = doc.text
    folded = fold(text)
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    found = []
    for last, (size, entries) in name_automaton(files).iter(folded):
        begin, end = last + 1 - size, last + 1
        if begin not in starts or end not in ends:
            continue
        fitting = [known for known in entries if _has_its_case(text[begin:end], known.word)]
        if fitting:
            found.append(Unit(starts[begin], ends[end], fitting[0].kind, fitting[0]))
    return found


def _has_its_case(text: str, word: str) -> bool:
    """Return whether a text is written as a name: short acronyms exactly, others with a capital."""
    if word.isupper() and len(word) <= 5:
        return text == word
    if not word[0].isupper():
        return text[0].islower() == word[0].islower() or text[0].isupper()
    if not text[0].isupper() and not text[0].isdigit():
        return False
    return not (text.isupper() and len(text) <= 3 and not word.isupper())


def _model_units(doc: Doc, listed: list[Unit]) -> list[Unit]:
    inside = {index: unit for unit in listed for index in range(unit.start, unit.end)}
    found = []
    for entity in doc.ents:
        kind = NER_KINDS.get(entity.label_)
        if kind is None:
            continue
        start, end = _trim(doc, entity.start, entity.end, kind)
        if start < end and _is_name(doc, start, end, kind):
            if kind in ("place", "norp") and any(index in inside for index in range(start, end)):
                continue
            if kind == "organization":
                start, kind = _after_title(doc, start, end, kind)
            if kind == "person":
                start = _after_country(doc, start, end, inside)
            nations = [inside[i].known for i in range(start, end) if i in inside]
            country = next((known.country for known in nations if known and known.country), None)
            found.append(Unit(start, end, kind, country=country if kind == "organization" else None))
    return [unit for unit in found if unit.start < unit.end]


def _after_title(doc: Doc, start: int, end: int, kind: str) -> tuple[int, str]:
    """Return where the name in a body's name begins, and `person`, if it is a title and a person's name.

    The model takes `Treasurer Wayne Swan`, and a name behind `Foreign Minister,`, for bodies.
    """
    name = start
    for index in range(start, end - 1):
        if _ends_title(doc, index):
            name = index + 1
    is_titled = name > start or _is_behind_title(doc, start)
    words = doc.words[name:end]
    if not is_titled or len(words) > 4 or any(word.tag_ != "NNP" for word in words):
        return start, kind
    if any(word.lower_ in roles_by_word() or word.text.isupper() for word in words) or len(words) < 2:
        return start, kind
    return name, "person"


def _is_behind_title(doc: Doc, start: int) -> bool:
    """Return whether a title stands right before a place, or before a comma there."""
    last = start - 2 if start > 1 and doc[start - 1].text == "," else start - 1
    return last >= 0 and _ends_title(doc, last)


def _ends_title(doc: Doc, index: int) -> bool:
    """Return whether the words up to one are a title that stands before names: `Foreign Minister`."""
    roles = roles_by_word()
    for size in (1, 2, 3):
        role = roles.get(" ".join(word.lower_ for word in doc.words[max(index + 1 - size, 0) : index + 1]))
        if role is not None and role.kind == "title":
            return True
    return False


def _after_country(doc: Doc, start: int, end: int, inside: dict[int, Unit]) -> int:
    """Return where a person's name begins once a leading adjective or body is taken off.

    The short name of a body before a surname is a first name: `Amal Osman`.
    """
    while start < end - 1 and start in inside and inside[start].kind in ("adjective", "organization"):
        if _is_first_name(doc, inside[start], end):
            break
        start = inside[start].end
    return start


def _is_first_name(doc: Doc, unit: Unit, end: int) -> bool:
    """Return whether the short name of a body is part of a person's name of two words."""
    known = unit.known
    is_short = known is not None and known.word != known.name and not known.word.isupper()
    return is_short and unit.end == unit.start + 1 == end - 1 and doc[unit.end].tag_ == "NNP"


def _trim(doc: Doc, start: int, end: int, kind: str) -> tuple[int, int]:
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < end and (
        doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].is_space
    ):
        start += 1
    if kind == "person":
        roles = roles_by_word()
        while start < end - 1 and (
            doc[start].lower_ in roles or doc[start].lower_.rstrip(".") in actor_words("honorific")
        ):
            start += 1
    return start, end


def _is_name(doc: Doc, start: int, end: int, kind: str) -> bool:
    tokens = doc[start:end]
    if not tokens[0].text[0].isupper() and tokens[0].lower_ not in actor_words("particle"):
        return False
    if any(mark in token.text for token in tokens for mark in SPEECH_MARKS if token.text != "'"):
        return False
    if kind != "person":
        return True
    if any(token.like_num or ("." in token.text.rstrip(".") and len(token) > 4) for token in tokens):
        return False
    return end - start <= 7 and all(
        token.text[0].isupper() or token.lower_ in actor_words("particle") or token.text in ("-", "'")
        for token in tokens
    )


def _longest_first(units: list[Unit]) -> list[Unit]:
    """Return units without overlap, the longer first; the lexicon goes before the model at a tie."""
    taken: list[Unit] = []
    used: set[int] = set()
    for unit in sorted(units, key=lambda u: (u.start - u.end, u.known is None, u.start)):
        span = range(unit.start, unit.end)
        if used.isdisjoint(span):
            used.update(span)
            taken.append(unit)
    return taken


def add_surnames(doc: Doc, units: dict[int, Unit], surnames: frozenset[str]) -> None:
    """Enter into `units` the words that are the last name of somebody whom the page names in full."""
    for token in doc:
        if not token.text[0].isupper() or fold(token.text) not in surnames:
            continue
        unit = units.get(token.i)
        if unit is None or (unit.known is None and unit.end - unit.start == 1):
            units[token.i] = Unit(token.i, token.i + 1, "person")
