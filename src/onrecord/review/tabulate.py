"""The review as tables: the same columns in the browser, in JSON, in CSV and in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.review.decisions import Decision
from onrecord.review.measure_agreement import Agreement
from onrecord.review.measure_precision import Score, Share
from onrecord.review.settle_cases import Case, Opinion, type_of

Table = tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]
"""Columns and rows."""


def tabulate_cases(cases: Iterable[Case]) -> Table:
    """Return a row for each judged event, those where coder and person differ first."""
    columns = ("standing", "coder", "person", "differs", "words", "by", "note", "page", "event")
    ordered = sorted(cases, key=lambda case: (case.standing != "disputed", not case.differences))
    return columns, tuple(
        (
            case.standing,
            type_of(case.coded),
            _tell_person(case),
            "; ".join(map(str, case.differences)) or None,
            case.words,
            ", ".join(dict.fromkeys(opinion.by for opinion in case.opinions)),
            " / ".join(opinion.note for opinion in case.opinions if opinion.note) or None,
            case.page,
            case.event,
        )
        for case in ordered
    )


def _tell_person(case: Case) -> str | None:
    """Return what persons hold an event to be: each one's word where they differ."""
    if case.is_settled:
        return type_of(case.account) or "no event"
    return " / ".join(f"{one.by}: {type_of(one.account) or 'no event'}" for one in case.opinions)


def tabulate_readers(cases: Iterable[Case]) -> Table:
    """Return a row for each judged event with what each reviewer said of it; those that differ come first."""
    found = list(cases)
    names = sorted({opinion.by for case in found for opinion in case.opinions})
    rows = []
    for case in found:
        said = {opinion.by: opinion for opinion in case.opinions}
        told = [_tell_opinion(said[name], case) if name in said else None for name in names]
        differing = len({one for one in told if one is not None}) > 1
        rows.append((differing, case.sentence, case.words, *told, case.standing, case.page, case.event))
    rows.sort(key=lambda row: not row[0])
    shown = tuple(("yes" if row[0] else "no", *row[1:]) for row in rows)
    said_by = (f"said by {name}" for name in names)
    return ("differ", "sentence", "words", *said_by, "standing", "page", "event"), shown


def _tell_opinion(opinion: Opinion, case: Case) -> str:
    """Return what a reviewer holds an event to be: type, status, who and whom; `no event` if none."""
    account = opinion.account or (case.coded if opinion.verdict == "accept" else None)
    if account is None:
        return "no event"
    sides = " → ".join(", ".join(side.name for side in sides) for sides in (account.sources, account.targets))
    return f"{account.type}{'/' + account.mode if account.mode else ''} {account.status}: {sides}"


def tabulate_decisions(decisions: Iterable[Decision]) -> Table:
    """Return a row for each line of the log, the last one first."""
    columns = ("number", "made", "by", "verdict", "words", "final", "note", "page")
    rows = [
        (
            one.number,
            one.made,
            one.by,
            one.verdict,
            one.anchor.words if one.anchor else " + ".join(report.words for report in one.reports) or None,
            "yes" if one.final else None,
            one.note or None,
            one.page,
        )
        for one in decisions
    ]
    return columns, tuple(reversed(rows))


def tabulate_agreement(found: Iterable[Agreement]) -> Table:
    """Return a row for each two persons and type."""
    columns = ("first person", "second person", "type", "events", "agreed", "observed", "expected", "kappa")
    return columns, tuple(
        (
            one.first, one.second, one.type, one.events, one.agreed, round(one.observed, 3),
            round(one.expected, 3), None if one.kappa is None else round(one.kappa, 3),
        )
        for one in found
    )  # fmt: skip


def tabulate_precision(scores: Iterable[Score]) -> Table:
    """Return a row for each type: shares with the ends of their intervals."""
    columns = (
        "type", "judged", "right", "precision", "precision low", "precision high", "exact", "exact low",
        "exact high", "wanted", "found", "recall", "recall low", "recall high", "disputed",
    )  # fmt: skip
    return columns, tuple(
        (
            one.type, one.precision.total, one.precision.hits, one.precision.value, one.precision.low,
            one.precision.high, one.exact.value, one.exact.low, one.exact.high, one.recall.total,
            one.recall.hits, one.recall.value, one.recall.low, one.recall.high, one.disputed,
        )
        for one in scores
    )  # fmt: skip


def tell_precision(scores: Iterable[Score]) -> Table:
    """Return a row for each type for people: `8 of 10: 0.80 (0.49-0.94)`."""
    columns = ("type", "precision", "right in every field", "recall", "disputed")
    return columns, tuple(
        (one.type, *map(_tell_share, (one.precision, one.exact, one.recall)), one.disputed) for one in scores
    )


def _tell_share(share: Share) -> str | None:
    if share.value is None:
        return None
    return f"{share.hits} of {share.total}: {share.value:.2f} ({share.low:.2f}-{share.high:.2f})"
