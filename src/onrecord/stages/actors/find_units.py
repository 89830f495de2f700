from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicons.actors import actor_words, roles_by_word
from onrecord.stages.actors.index_names import GENERATIONS, Known, fold, name_automaton
from onrecord.words import Doc, Token

NATION = ("country", "adjective", "capital", "palace", "demonym", "region")
SHORT = 3
"""Letters of a name that is only read as it is written: LeT is a group, `Let` none."""
NER_KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "NORP": "nationality"}
SPEECH_MARKS = frozenset('"“”‘«»()[]{}@#/\\|*_:;=<>~^+')


@dataclass(frozen=True, slots=True)
class Unit:
    """A name in a text: tokens `start` to `end` of a Doc, and what the lexicons know of it."""

    start: int
    end: int
    kind: str
    """country, adjective, demonym, capital, palace, region, organization, person, place or nationality."""
    known: Known | None = None
    country: str | None = None
    """The country named inside a name that only the model found: `Bank of Ghana`."""

    @property
    def nation(self) -> str | None:
        """The country that the name itself tells: that of `Kenya`, `Kenyan`, `Nairobi`."""
        return self.home if self.kind in NATION else None

    @property
    def home(self) -> str | None:
        """The country of what is named, as far as the name tells it or a list knows it."""
        return self.known.country if self.known else self.country


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
        elif division.known.word in actor_words("state named as a country") and town.nation == "USA":
            found[place + 1] = _as_region(doc, division, "USA")
    return found


def _as_region(doc: Doc, unit: Unit, country: str | None) -> Unit:
    """Return a name as that of a part of a country."""
    name = doc[unit.start : unit.end].text
    return Unit(unit.start, unit.end, "region", Known("region", name, name, country))


def _listed_units(doc: Doc, files: tuple[str, ...]) -> list[Unit]:
    text = doc.text
    found = []
    for last, (size, entries) in name_automaton(files).iter(fold(text)):
        begin, end = last + 1 - size, last + 1
        words = _words_between(doc, begin, end)
        if words is None:
            continue
        fitting = [known for known in entries if _has_its_case(text[begin:end], known.word)]
        if fitting:
            found.append(Unit(*words, fitting[0].kind, fitting[0]))
    return found


def _words_between(doc: Doc, begin: int, end: int) -> tuple[int, int] | None:
    """Return the words that begin and end right at two places of a text; None if none do."""
    first, after = bisect_left(doc.starts, begin), bisect_left(doc.starts, end)
    if first == after or doc.starts[first] != begin:
        return None
    last = doc.words[after - 1]
    return (first, after) if last.idx + len(last.text) == end else None


def _has_its_case(text: str, word: str) -> bool:
    """Return whether a text is written as a name: acronyms and short names exactly, others with a capital."""
    if word.isupper() or len(word) <= SHORT:
        return text == word
    return text[0].isupper() or not word[0].isupper()


def _model_units(doc: Doc, listed: list[Unit]) -> list[Unit]:
    """Return the names that the model found, without titles; of places and peoples those that no list has."""
    inside = {index: unit for unit in listed for index in range(unit.start, unit.end)}
    found = []
    for entity in doc.ents:
        kind = NER_KINDS.get(entity.label_, "")
        start, end = _trim(doc, entity.start, entity.end)
        if kind == "person":
            start = _after_titles(doc, start, end)
        elif kind == "organization":
            start, kind = _after_office(doc, start, end)
            kind = "" if _is_paper(doc.words[start:end]) else kind
        beside = [inside[i] for i in range(start, end) if i in inside]
        if (
            kind
            and _is_name(doc.words[start:end], kind)
            and not (beside and kind in ("place", "nationality"))
        ):
            country = next((one.home for one in beside if one.home), None)
            found.append(Unit(start, end, kind, country=country if kind == "organization" else None))
    return found


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a name without articles, marks and a possessive ending around it."""
    inner = [i for i in range(start, end) if not _is_edge(doc[i])]
    return (inner[0], inner[-1] + 1) if inner else (start, start)


def _is_edge(token: Token) -> bool:
    return token.is_punct or token.is_space or token.tag_ == "POS" or token.lower_ in ("the", "a", "an")


def _after_titles(doc: Doc, start: int, end: int) -> int:
    """Return where a person's name begins behind its titles: `President Ann Lopez`, `Dr. Lopez`."""
    titles = itertools.takewhile(_is_title, doc.words[start : end - 1])
    return start + sum(1 for _ in titles)


def _is_title(word: Token) -> bool:
    """Return whether a word is a role or a form of address."""
    return word.lower_ in roles_by_word() or word.lower_.rstrip(".") in actor_words("honorific")


def _after_office(doc: Doc, start: int, end: int) -> tuple[int, str]:
    """Return where the name in a body's name begins, and its kind: `person` if an office stands before it.

    The model takes `Treasurer Wayne Swan` for a body.
    """
    name = max((i + 1 for i in range(start, end - 1) if _ends_office(doc, i)), default=start)
    is_person = name > start and end - name > 1 and all(word.tag_ == "NNP" for word in doc.words[name:end])
    return (name, "person") if is_person else (start, "organization")


def _is_paper(words: Sequence[Token]) -> bool:
    """Return whether a name is that of a text that parties sign: `Treaty of Lisbon`, `MOU`."""
    named = list(itertools.takewhile(lambda word: word.tag_ != "IN", words))
    return bool(named) and named[-1].lower_ in actor_words("paper")


def _ends_office(doc: Doc, index: int) -> bool:
    """Return whether the words up to one are an office that stands before names: `Foreign Minister`."""
    starts = (max(index - size, 0) for size in (0, 1, 2))
    titles = (" ".join(word.lower_ for word in doc.words[start : index + 1]) for start in starts)
    roles = (roles_by_word().get(title) for title in titles)
    return any(role is not None and role.kind == "title" for role in roles)


def _is_name(words: Sequence[Token], kind: str) -> bool:
    """Return whether words are written as a name, without marks of speech; a person's with capitals."""
    if not words or any(_is_mark(word) for word in words):
        return False
    if all(word.lower_.rstrip(".") in GENERATIONS for word in words):  # the model names "Jr." alone
        return False
    if len(words) == 1 and kind in ("person", "organization") and is_common_plural(words[0]):
        return False
    checked = words if kind == "person" else words[:1]
    return all(
        word.text[0].isupper() or word.lower_ in actor_words("particle") or word.text in ("-", "'")
        for word in checked
    )


def is_common_plural(word: Token) -> bool:
    """Return whether a word is the plural of a role, which a capital makes no name: `Rebels met`."""
    return word.lower_.endswith("s") and word.lower_[:-1] in roles_by_word()


def _is_mark(word: Token) -> bool:
    """Return whether a word cannot stand inside a name: a mark, or the `'s` of an owner."""
    return word.tag_ == "POS" or not SPEECH_MARKS.isdisjoint(word.text)


def _longest_first(units: list[Unit]) -> list[Unit]:
    """Return units without overlap, the longer first; a list goes before the model at a tie."""
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
