"""A person's account of an event, from the words and names that were filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.errors import ReviewError
from onrecord.lexicons import load
from onrecord.ontology import Code
from onrecord.records import STATUSES, Actor, Event, Record, Span
from onrecord.review.decisions import LONGEST_NAME, Account, Side
from onrecord.review.describe_event import name_side

STATEMENT = "STATEMENT"
MODE = re.compile(r"[a-z][a-z-]{1,30}")


@cache
def known_codes() -> dict[str, Code]:
    """Return the CAMEO codes with their names and types."""
    return {code.code: code for code in load("cameo_codes", Code)}


@cache
def known_types() -> tuple[str, ...]:
    """Return the types of act; a code without one is that of a statement."""
    return tuple(sorted({code.type or STATEMENT for code in known_codes().values()}))


@cache
def known_modes() -> tuple[str, ...]:
    """Return the modes that codes give, to choose from; others are taken too."""
    return tuple(sorted({code.mode for code in known_codes().values() if code.mode}))


def write_account(
    record: Record, form: Mapping[str, str], sources: Sequence[str], targets: Sequence[str]
) -> Account:
    """Return the event that a form tells; raises ReviewError saying what was expected.

    The form has `type`, `mode`, `status`, `plover`, `cameo`, `trigger_start`, `trigger_end`,
    `span_start` and `span_end`; `sources` and `targets` are ids of actors of the page, or names.
    """
    trigger, span = _read_span(record, form, "trigger"), _read_span(record, form, "span")
    if not (span[0] <= trigger[0] and trigger[1] <= span[1]):
        raise ReviewError("the words of the act must stand inside the sentence")
    return Account(
        type=_choose(form, "type", known_types()),
        mode=_read_mode(form.get("mode", "")),
        status=_choose(form, "status", STATUSES),
        plover=_read_plover(form.get("plover", "").strip()),
        cameo=_choose(form, "cameo", tuple(known_codes())) if form.get("cameo", "").strip() else None,
        sources=_name_sides(record, sources, span),
        targets=_name_sides(record, targets, span),
        trigger=trigger,
        span=span,
        rule=form.get("rule") or None,
    )


def actors_in(record: Record, span: Span) -> tuple[list[Actor], list[Actor]]:
    """Return the actors that a sentence names, and all others."""
    inside = [one for one in record.actors if any(span[0] <= m[0] < span[1] for m in one.mentions)]
    return inside, [one for one in record.actors if one not in inside]


def fill_form(account: Account) -> dict[str, str]:
    """Return an account as the values of a form."""
    return {
        "type": account.type,
        "mode": account.mode or "",
        "status": account.status,
        "plover": account.plover or "",
        "cameo": account.cameo or "",
        "rule": account.rule or "",
        "trigger_start": str(account.trigger[0]),
        "trigger_end": str(account.trigger[1]),
        "span_start": str(account.span[0]),
        "span_end": str(account.span[1]),
    }


def find_target(record: Record, event: str, at: Span) -> Event:
    """Return an event that a form was made for; raises ReviewError if the page was coded anew since."""
    for one in record.events:
        if one.id == event and one.trigger == at:
            return one
    raise ReviewError(f"page {record.page.id!r} has been coded anew since it was shown: look at it again")


def _read_span(record: Record, form: Mapping[str, str], name: str) -> Span:
    try:
        start, end = int(form.get(f"{name}_start", "")), int(form.get(f"{name}_end", ""))
    except ValueError as error:
        raise ReviewError(f"{name}: expected two whole numbers, characters of the page") from error
    if not 0 <= start < end <= len(record.page.text):
        raise ReviewError(f"{name} {start}-{end}: expected characters of 0 to {len(record.page.text)}")
    return start, end


def _choose(form: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    value = form.get(name, "").strip()
    if value not in known:
        shown = ", ".join(known) if len(known) < 30 else f"a code such as {known[0]} or {known[-1]}"
        raise ReviewError(f"{name} {value!r}: expected {shown}")
    return value


def _read_mode(value: str) -> str | None:
    mode = value.strip()
    if mode and not MODE.fullmatch(mode):
        raise ReviewError(f"mode {mode!r}: expected a word in small letters, or nothing")
    return mode or None


def _read_plover(value: str) -> str | None:
    kind, _, mode = value.partition("/")
    if value and (kind not in known_types() or kind == STATEMENT):
        raise ReviewError(f"PLOVER {value!r}: expected a type, or TYPE/mode, of {', '.join(known_types())}")
    _read_mode(mode)
    return value or None


def _name_sides(record: Record, chosen: Sequence[str], span: Span) -> tuple[Side, ...]:
    """Return those who were chosen by id, or by a name that may be one of the page's actors."""
    known = {actor.id: actor for actor in record.actors} | {
        actor.name.lower(): actor for actor in reversed(record.actors)
    }
    sides: dict[str, Side] = {}
    for one in (name.strip() for name in chosen):
        if len(one) > LONGEST_NAME:
            raise ReviewError(f"a name of {len(one)} characters: {LONGEST_NAME} are taken at most")
        if one:
            actor = known.get(one) or known.get(one.lower())
            side = name_side(actor, span) if actor else Side(one)
            sides[side.name] = side
    return tuple(sides.values())
