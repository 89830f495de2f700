"""Codes that other data sets give to a country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.lexicons.countries import countries_by_code


@dataclass(frozen=True, slots=True)
class CountryCodes:
    alpha3: str
    fips: str
    """FIPS 10-4, as GDELT's places have it."""
    gdelt: str
    """GDELT's variant of the CAMEO country code."""
    cow: str
    """Correlates of War number."""
    gw: str
    """Gleditsch and Ward number; the same as `cow` but for a few states."""
    acled_region: str
    ucdp_region: str
    source: str


@cache
def codes_of(alpha3: str | None) -> CountryCodes | None:
    """Return the codes of a country by its alpha-3 code, or None."""
    return _all_codes().get(alpha3 or "")


@cache
def _all_codes() -> dict[str, CountryCodes]:
    return {row.alpha3: row for row in load("country_codes", CountryCodes)}


def country_name(alpha3: str | None) -> str:
    """Return the English name of a country, or an empty text."""
    country = countries_by_code().get(alpha3 or "")
    return country.name if country else ""
