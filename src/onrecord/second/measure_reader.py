from __future__ import annotations

from dataclasses import dataclass

from onrecord.review import Case, Review
from onrecord.review.measure_precision import Share, rate_share
from onrecord.review.settle_cases import type_of


@dataclass(frozen=True, slots=True)
class Gain:
    """What would come of following a model's refusals, where persons have settled what is right."""

    before: Share
    """Precision of the events that both judged."""
    after: Share
    """Precision of those that the model does not refuse."""
    held: Share
    """Of the right ones: those that the model does not refuse; recall falls to this share of itself."""


def measure_reader(review: Review, name: str) -> Gain:
    """Return what following the refusals of a reviewer would change; persons alone say what is right."""
    pairs = [(_is_right(case), _keeps(case, name)) for case in review.cases if _is_settled(case, name)]
    right, kept = [kept for right, kept in pairs if right], [right for right, kept in pairs if kept]
    return Gain(
        rate_share(len(right), len(pairs)),
        rate_share(sum(kept), len(kept)),
        rate_share(sum(right), len(right)),
    )


def _is_settled(case: Case, name: str) -> bool:
    judged = any(one.by == name for one in case.opinions)
    return judged and case.is_settled and case.coded is not None


def _is_right(case: Case) -> bool:
    return type_of(case.coded) == type_of(case.account)


def _keeps(case: Case, name: str) -> bool:
    """Return whether a reviewer leaves the event with its type."""
    (said,) = [one for one in case.opinions if one.by == name]
    return type_of(said.account) == type_of(case.coded)
