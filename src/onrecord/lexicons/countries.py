"""Countries by their names, adjectives, inhabitants, capitals and palaces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.load import load


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or a former one with the country that its acts are filed under today."""

    alpha3: str
    """ISO 3166-1 (XKX for Kosovo; ISO 3166-3 for a state that is no more)."""
    alpha2: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    """Words for inhabitants, singular and plural."""
    capital: tuple[str, ...]
    """Capital first, then other seats of government and other spellings, as news writes them."""
    metonyms: tuple[str, ...]
    """Palaces and the like that stand for the government."""
    cameo: str
    """Country code of CAMEO and PLOVER."""
    successor: str | None
    """Of a state that is no more: the country that its acts are filed under."""
    source: str


@cache
def load_countries() -> tuple[Country, ...]:
    """Return all countries in order of their alpha-3 code."""
    return load("countries", Country)


@cache
def countries_by_code() -> dict[str, Country]:
    """Return each country under its alpha-3 code."""
    return {country.alpha3: country for country in load_countries()}


@cache
def countries_by_word() -> dict[str, Country]:
    """Return each country under its name, aliases, adjectives and demonyms, in lower case.

    Where two countries share a word (Congolese, Dominican) the one listed first has it,
    but a name goes before an alias, and an alias before an adjective.
    """
    found: dict[str, Country] = {}
    for words in (
        lambda c: (c.name,),
        lambda c: c.aliases,
        lambda c: c.adjectives,
        lambda c: c.demonyms,
    ):
        for country in load_countries():
            for word in words(country):
                found.setdefault(word.lower(), country)
    return found
