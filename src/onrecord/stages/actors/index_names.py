"""All names that the lexicons know, in one automaton over folded text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicons.actor_files import load_actor_file
from onrecord.lexicons.actors import (
    Organization,
    Tenure,
    load_regions,
    organizations_by_name,
    tenures_by_name,
)
from onrecord.lexicons.cache_files import cached_by_files
from onrecord.lexicons.countries import Country, load_countries

PRIORITY = ("country", "organization", "person", "palace", "capital", "region", "demonym", "adjective")
"""Where two entries share a word, the earlier kind has it."""


GENERATIONS = ("jr", "sr", "ii", "iii", "iv")
"""What stands behind a name that father and son share."""
ALIKE = {
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("‐‑–—", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\t\n\u200e", " "),
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ß": "s",
}
"""Characters that names are written with in several ways, and letters that Unicode does not take apart."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicons know under one name."""

    kind: str
    """country, adjective, demonym, capital, palace, region, organization or person."""
    name: str
    word: str
    """The name as the lexicon writes it."""
    country: str | None = None
    plural: bool = False
    organization: tuple[Organization, ...] = ()
    person: tuple[Tenure, ...] = ()
    place: Country | None = None


@cache
def fold_char(char: str) -> str:
    """Return a character in lower case without its accent, always one character."""
    base = unicodedata.normalize("NFD", char)[0].lower()
    return ALIKE.get(base, base)


def fold(text: str) -> str:
    """Return a text in lower case without accents, character by character.

    >>> fold("Nausėda’s")
    "nauseda's"
    """
    if text.isascii():
        return text.lower()
    return "".join(map(fold_char, text))


@cached_by_files
def name_automaton(files: tuple[str, ...] = ()) -> Any:
    """Return an Aho-Corasick automaton from folded names to what is known under them.

    What actor files of the user say under a name stands in place of what the lexicons say.
    """
    import ahocorasick

    found: dict[str, list[Known]] = {}
    for known in _all_known():
        found.setdefault(fold(known.word), []).append(known)
    for word, known in _known_in_files(files):
        found[word] = [known]
    automaton = ahocorasick.Automaton()
    for word, entries in found.items():
        entries.sort(key=lambda known: PRIORITY.index(known.kind))
        automaton.add_word(word, (len(word), tuple(entries)))
    automaton.make_automaton()
    return automaton


@cache
def persons_by_surname() -> dict[str, tuple[tuple[Tenure, ...], ...]]:
    """Return the known persons under the last word of their name, folded."""
    found: dict[str, tuple[tuple[Tenure, ...], ...]] = {}
    for name, tenures in tenures_by_name().items():
        for surname in surnames_of(name, tuple(one for one in tenures[0].aliases if " " not in one)):
            found[surname] = (*found.get(surname, ()), tenures)
    return found


def surnames_of(name: str, aliases: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the folded short forms of a name and its aliases: their last words, without an article.

    >>> surnames_of("Bashar al-Assad"), surnames_of("Ada Holm, Jr.")
    (('al-assad', 'assad'), ('holm',))
    """
    lasts = [name_words(one)[-1] for one in (name, *aliases)]
    return tuple(dict.fromkeys(form for last in lasts for form in (last, re.sub("^[ae]l-", "", last))))


def name_words(name: str) -> list[str]:
    """Return the folded words of a person's name without what tells generations apart: `Jr.`, `III`."""
    words = fold(name).replace(",", " ").split()
    return [word for word in words if word.rstrip(".") not in GENERATIONS] or words


def _all_known() -> Iterator[Known]:
    for country in load_countries():
        yield from _known_country(country)
    for region in load_regions():
        yield Known("region", region.name, region.name, region.country)
    for name, rows in organizations_by_name().items():
        for word in dict.fromkeys((name, *(alias for row in rows for alias in row.aliases))):
            yield Known("organization", name, word, rows[0].country, organization=rows)
    for name, tenures in tenures_by_name().items():
        for word in dict.fromkeys((name, *tenures[0].aliases)):
            if " " in word or word == name:
                yield Known("person", name, word, tenures[0].country, person=tenures)


def _known_country(country: Country) -> Iterator[Known]:
    code = country.successor or country.alpha3
    for word in (country.name, *country.aliases):
        yield Known("country", country.name, word, code, place=country)
    for word in country.capital:
        yield Known("capital", country.name, word, code, place=country)
    for word in country.metonyms:
        yield Known("palace", country.name, word, code, place=country)
    for word in country.demonyms:
        plural = word not in country.adjectives
        yield Known("demonym", country.name, word, code, plural=plural, place=country)
    for word in country.adjectives:
        yield Known("adjective", country.name, word, code, place=country)


def _known_in_files(files: tuple[str, ...]) -> Iterator[tuple[str, Known]]:
    for file in files:
        for rows in load_actor_file(file):
            for word in (rows[0].name, *rows[0].aliases):
                yield (
                    fold(word),
                    Known("organization", rows[0].name, word, rows[0].country, organization=rows),
                )
