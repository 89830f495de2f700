"""Who is who: roles, persons with their offices by date, organisations, indexed by their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.load import load
from onrecord.lexicons.words import words_by_kind


@dataclass(frozen=True, slots=True)
class Role:
    """A word for what somebody is, in the singular, or for a body of people."""

    word: str
    kind: str
    """title (before a name), person, body, or weak (its sector comes from what stands beside it)."""
    sector: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RoleModifier:
    """A word that gives a weak role its sector: military, opposition, gang."""

    word: str
    sector: str
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """Words for one and the same office: premier and prime minister."""

    word: str
    office: str
    source: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """What a person is known as between two days; an empty end is open."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    office: str
    sector: str | None
    start: str | None
    end: str | None
    wikidata: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A body, armed group, party or firm; several rows of one name differ by their days."""

    name: str
    aliases: tuple[str, ...]
    type: str
    country: str | None
    sector: str | None
    cameo: str | None
    start: str | None
    end: str | None
    wikidata: str | None
    source: str


@dataclass(frozen=True, slots=True)
class BodyWord:
    """A word that stands for a body named before, and the sectors of such bodies."""

    word: str
    sectors: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A state, province or large city by which news tells the country of whoever is named beside it."""

    name: str
    country: str
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """What an official was between two months; without a sector, a member of the elite of a country."""

    name: str
    country: str
    sector: str | None
    start: str | None
    end: str | None
    source: str


@cache
def roster_by_name() -> dict[str, tuple[Term, ...]]:
    """Return the terms of officials under the first and last word of their name, in lower case."""
    found: dict[str, tuple[Term, ...]] = {}
    for term in load("roster", Term):
        words = term.name.lower().split()
        key = f"{words[0]} {words[-1]}"
        found[key] = (*found.get(key, ()), term)
    return found


@cache
def load_regions() -> tuple[Region, ...]:
    """Return all regions, sorted by name."""
    return load("regions", Region)


@cache
def actor_words(kind: str) -> frozenset[str]:
    """Return the words of a kind that phrases about actors are read by."""
    return words_by_kind("actor_words")[kind]


@cache
def sectors_by_body_word() -> dict[str, tuple[str, ...]]:
    """Return the sectors of the bodies that each word may stand for: "the agency", "the force"."""
    return {row.word: row.sectors for row in load("body_words", BodyWord)}


@cache
def roles_by_word() -> dict[str, Role]:
    """Return each role under its word, in lower case."""
    return {role.word: role for role in load("roles", Role)}


@cache
def modifiers_by_word() -> dict[str, str]:
    """Return the sector that each modifier gives."""
    return {modifier.word: modifier.sector for modifier in load("role_modifiers", RoleModifier)}


@cache
def offices_by_word() -> dict[str, str]:
    """Return the office that each word stands for."""
    return {office.word: office.office for office in load("offices", Office)}


@cache
def tenures_by_name() -> dict[str, tuple[Tenure, ...]]:
    """Return all that each known person was, by canonical name."""
    found: dict[str, tuple[Tenure, ...]] = {}
    for tenure in load("leaders", Tenure):
        found[tenure.name] = (*found.get(tenure.name, ()), tenure)
    return found


@cache
def organizations_by_name() -> dict[str, tuple[Organization, ...]]:
    """Return the rows of each organisation, by canonical name."""
    found: dict[str, tuple[Organization, ...]] = {}
    for row in load("organizations", Organization):
        found[row.name] = (*found.get(row.name, ()), row)
    return found
