from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.review import Case, Review
from onrecord.review.measure_agreement import NONE, cohen_kappa
from onrecord.review.measure_precision import Share, rate_share
from onrecord.review.settle_cases import type_of


@dataclass(frozen=True, slots=True)
class Gain:
    """What would come of following a model's refusals, where persons have settled what is right."""

    reader: str
    agreed: int
    """Events on whose type model and persons agree, of all that both have judged."""
    kappa: float | None
    """Cohen (1960); None where chance explains all, or nothing was judged by both."""
    before: Share
    """Precision of the events that both judged."""
    after: Share
    """Precision of those that the model does not refuse."""
    held: Share
    """Of the right ones: those that the model does not refuse."""
    recall_before: Share
    """Of the events on pages that a person read in full: those that the coder finds."""
    recall_after: Share
    """Of the same: those that it finds and the model does not refuse."""


def list_readers(review: Review) -> tuple[str, ...]:
    """Return the names under which language models have judged, in alphabetical order."""
    return tuple(sorted({one.by for case in review.cases for one in case.opinions if one.by_model}))


def measure_reader(review: Review, name: str) -> Gain:
    """Return what following the refusals of a reviewer would change; persons alone say what is right."""
    both = [case for case in review.cases if case.is_settled and case.coded and _is_judged(case, name)]
    right = [case for case in both if _is_right(case)]
    kept = [case for case in both if _keeps(case, name)]
    held = [case for case in right if _keeps(case, name)]
    wanted = [
        case for case in review.cases
        if case.is_settled and not case.is_lost and case.account is not None and case.page in review.readers
    ]  # fmt: skip
    found = [case for case in wanted if case.coded is not None and _is_right(case)]
    stays = [case for case in found if _keeps(case, name)]
    labels = [_label(case, name) for case in both]
    return Gain(
        name,
        sum(one == other for one, other in labels),
        cohen_kappa(labels)[2] if labels else None,
        rate_share(len(right), len(both)),
        rate_share(len(held), len(kept)),
        rate_share(len(held), len(right)),
        rate_share(len(found), len(wanted)),
        rate_share(len(stays), len(wanted)),
    )


def tabulate_gains(gains: Iterable[Gain]) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """Return a row for each model: agreement with persons, and each share as it is and as it would be."""
    columns = (
        "reader", "judged", "agreed", "kappa", "precision now", "precision if followed",
        "right events held", "recall now", "recall if followed",
    )  # fmt: skip
    return columns, tuple(
        (
            one.reader, one.before.total, one.agreed, None if one.kappa is None else round(one.kappa, 3),
            *map(tell_share, (one.before, one.after, one.held, one.recall_before, one.recall_after)),
        )
        for one in gains
    )  # fmt: skip


def tell_share(share: Share) -> str | None:
    """Return a share with its interval and its counts; None where nothing was counted.

    >>> tell_share(rate_share(8, 10))
    '0.80 (0.49 to 0.94), 8 of 10'
    """
    if share.value is None:
        return None
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f}), {share.hits} of {share.total}"


def _is_judged(case: Case, name: str) -> bool:
    return any(one.by == name for one in case.opinions)


def _is_right(case: Case) -> bool:
    return type_of(case.coded) == type_of(case.account)


def _keeps(case: Case, name: str) -> bool:
    """Return whether a reviewer leaves the event with its type, or has not judged it."""
    return all(type_of(one.account) == type_of(case.coded) for one in case.opinions if one.by == name)


def _label(case: Case, name: str) -> tuple[str, str]:
    """Return the type that persons and a reviewer give an event."""
    said = next(one.account for one in case.opinions if one.by == name)
    return type_of(case.account) or NONE, type_of(said) or NONE
