"""What happened in one line, as a person would head it: `Chad shelled a village in Niger, 15 Sep 2024`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.dates import find_unit, parse_iso
from onrecord.lexicons import load
from onrecord.records import Act, Figure, Party, Spot

AHEAD = {
    "ordered": "is ordered to", "planned": "plans to", "promised": "promises to",
    "threatened": "threatens to",
    "demanded": "is asked to", "predicted": "is expected to", "possible": "may", "conditional": "may",
}  # fmt: skip
"""What stands between who acts and the act, by status."""
SHOWN = 2
"""Names that are given of each side."""
JOINT = ("CONSULT", "COOPERATE")
"""Types of act of which all who take part may stand on one side."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How sure it is that an act was done: what its reports say of it, and on whose word."""

    status: str
    """`denied` if most reports deny it and none tells it as done."""
    is_disputed: bool = False
    """Whether some report denies what others tell."""
    by: str | None = None
    """Who denies it; of an act that nobody denies, the one who takes part in it and alone says so."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How an act reads in a headline, by its codebook entry or its type."""

    act: str
    did: str
    base: str
    link: str
    """Between the verb and whom it is done to."""
    noun: str
    of: str
    """Between the noun and whom it is done to."""
    source: str


@cache
def wordings() -> dict[str, Wording]:
    """Return the wording of each act that has one."""
    return {row.act: row for row in load("headline_acts", Wording)}


def write_headline(
    rule: str,
    act: Act,
    standing: Standing,
    sources: Sequence[Party],
    targets: Sequence[Party],
    place: Spot | None,
    day: str | None,
    values: Sequence[Figure],
) -> str:
    """Return the headline of an incident from what most of its reports say; nobody acts on themselves.

    `day` says when it was, as `tell_stretch` or `tell_first_report` has it; None where nothing is known.
    """
    wording = wordings().get(rule) or wordings()[act.type]
    doers = {party.name for party in sources}
    who, whom = tell_names(sources), tell_names([one for one in targets if one.name not in doers])
    if who and not whom and act.type in JOINT and len(sources) > 1:
        who, whom = tell_names(sources[:1]), tell_names(sources[1:])
    if standing.status == "denied":
        told = _tell_denial(wording, standing.by, who, whom)
    else:
        told = _tell_act(wording, _tell_ahead(standing.status, is_many=_are_many(who)), who, whom)
    dead = next((f for f in values if f.of == "dead" and f.unit is None and f.best), None)
    killed = f", {_tell_range(dead)} dead" if dead and act.type in ("ASSAULT", "PROTEST", "COERCE") else ""
    where = f" in {place.name}" if place and place.name not in told else ""
    when = f", {day}" if day else ""
    line = f"{told}{where}{killed}{when}{_tell_word(standing)}"
    return line[:1].upper() + line[1:]


def _tell_denial(wording: Wording, by: str | None, who: str, whom: str) -> str:
    """Return a denied act as what somebody denies: `Chad denies that it shelled a village`."""
    if by is None:
        return f"Denied: {_tell_act(wording, '', who, whom)}"
    if not who:
        return f"{by} {_deny(by)} {_tell_act(wording, '', who, whom)}"
    own = "they" if _deny(by) == "deny" else "it"
    return f"{by} {_deny(by)} that {_tell_act(wording, '', own if who == by else who, whom)}"


def _deny(by: str) -> str:
    """Return the verb that agrees with a party: "officials deny", "United States denies"."""
    return "deny" if _are_many(by) else "denies"


def _are_many(who: str) -> bool:
    """Return whether several are named: `Chad and Sudan`, `Norwegian officials`; not `United States`."""
    last = who.split()[-1:]
    return " and " in who or any(word.islower() and word.endswith("s") for word in last)


def _tell_word(standing: Standing) -> str:
    """Return on whose word it stands, or who disputes it."""
    if standing.status == "denied":
        return ""
    if standing.is_disputed:
        return f"; {standing.by} {_deny(standing.by)} it" if standing.by else "; denied"
    return f", according to {standing.by}" if standing.by else ""


def _tell_ahead(status: str, is_many: bool) -> str:
    """Return what stands before an act that is not done: `plans to`, `plan to` of several."""
    ahead = AHEAD.get(status, "")
    first, _, rest = ahead.partition(" ")
    if not is_many or not rest:
        return ahead
    return f"{'are' if first == 'is' else first.removesuffix('s')} {rest}"


def _tell_act(wording: Wording, ahead: str, who: str, whom: str) -> str:
    """Return who did what to whom; the act as a noun if it is not known who acted."""
    if not who:
        noun = f"{wording.noun} {wording.of} {whom}" if whom else wording.noun
        return f"{noun} ahead" if ahead else noun
    verb = f"{ahead} {wording.base}" if ahead else wording.did
    if not whom:
        return f"{who} {verb}"
    return " ".join(filter(None, (who, verb, wording.link, whom)))


def tell_names(parties: Sequence[Party]) -> str:
    """Return the names of a side, the most named ones: `Kenya and Uganda`, `Kenya, Uganda and others`."""
    names = [" ".join(party.name.split()) for party in parties]
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} and others"
    return " and ".join(names)


def _tell_range(figure: Figure) -> str:
    """Return a number, or the span that reports give: `7 to 9`."""
    low, high = figure.low, figure.high
    if low is None or high is None or low == high:
        return f"{figure.best:,g}"
    return f"{low:,g} to {high:,g}"


def tell_stretch(start: str, end: str | None) -> str:
    """Return the day of an incident, or the month or the year if that is all that was told.

    >>> tell_stretch("2024-03-11", None), tell_stretch("2024-03-01", "2024-03-31")
    ('11 Mar 2024', 'Mar 2024')
    >>> tell_stretch("1947-01-01", "1947-12-31")
    '1947'
    """
    first, last = parse_iso(start[:10]), parse_iso((end or start)[:10])
    if first is None or last is None:
        return start
    unit = find_unit(first, last)
    if unit == "year":
        return str(first.year)
    month = f"{first:%b} {first.year}"
    return month if unit == "month" else f"{first.day} {month}"


def tell_first_report(published: str | None) -> str:
    """Return when an incident without a day of its own was first reported; empty if that is not known."""
    return f"reported {tell_stretch(published, None)}" if published else ""
