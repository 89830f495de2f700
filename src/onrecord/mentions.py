"""What stands where: which actor, place, time or quantity has a mention at a span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from onrecord.records import Draft, Part, Span


class Mentioned(Protocol):
    @property
    def mentions(self) -> tuple[Span, ...]: ...


class Spanned(Protocol):
    @property
    def mention(self) -> Span: ...


M = TypeVar("M")
Many = TypeVar("Many", bound=Mentioned)
One = TypeVar("One", bound=Spanned)


class MentionIndex(Generic[M]):
    """Finds what is mentioned at a span; built once for a page."""

    def __init__(self, pairs: Iterable[tuple[Span, M]]) -> None:
        self._pairs = sorted(pairs, key=lambda pair: pair[0])
        self._starts = [span[0] for span, _ in self._pairs]
        self._longest = max((end - start for (start, end), _ in self._pairs), default=0)

    def within(self, span: Span) -> list[tuple[Span, M]]:
        """Return what is mentioned wholly inside `span`, in text order."""
        low, high = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return [pair for pair in self._pairs[low:high] if pair[0][1] <= span[1]]

    def touching(self, span: Span) -> list[tuple[Span, M]]:
        """Return what is mentioned at any character of `span`, in text order."""
        low = bisect_left(self._starts, span[0] - self._longest)
        high = bisect_left(self._starts, span[1])
        return [pair for pair in self._pairs[low:high] if pair[0][1] > span[0]]

    def at(self, span: Span) -> M | None:
        """Return what is mentioned at `span`, the mention that agrees with it best; None if nothing is."""
        best = max(self.touching(span), key=lambda pair: _agreement(pair[0], span), default=None)
        return best[1] if best else None

    def before(self, offset: int) -> list[tuple[Span, M]]:
        """Return what is mentioned before an offset, nearest first."""
        return self._pairs[: bisect_right(self._starts, offset - 1)][::-1]


def index_mentions(found: Iterable[Many]) -> MentionIndex[Many]:
    """Return an index over the mentions of actors or places."""
    return MentionIndex((span, item) for item in found for span in item.mentions)


def index_spans(found: Iterable[One]) -> MentionIndex[One]:
    """Return an index over times or quantities."""
    return MentionIndex((item.mention, item) for item in found)


def comment_parts(draft: Draft) -> frozenset[str]:
    """Return the ids of the parts that are reader comments."""
    return frozenset(part.id for part in draft.parts if is_comment(part))


def is_comment(part: Part) -> bool:
    """Return whether a part is a reader comment."""
    return part.kind == "comment"


def overlap(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _agreement(one: Span, other: Span) -> float:
    union = max(one[1], other[1]) - min(one[0], other[0])
    return overlap(one, other) / union if union else 0.0
