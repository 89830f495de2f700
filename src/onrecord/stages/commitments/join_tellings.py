from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.grammar import is_negated, subtree
from onrecord.records import Commitment, Evidence
from onrecord.stages.commitments.pledge import Pledge

CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
STEM = 5
"""Letters by which words of one root are known: withdrawal, withdraw."""
SHARED = 2
"""Least number of roots that two tellings share."""
ALIKE = 0.6
"""Least share of the roots of the shorter telling that stand in the other."""
NEAR = 8
"""Commitments before one that may stand in its sentence."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A commitment as one place of the page tells it."""

    pledge: Pledge
    commitment: Commitment


def join_tellings(tellings: Sequence[Telling]) -> tuple[Commitment, ...]:
    """Return the commitments of a page in text order, each once, with every place that tells it.

    What is kept of several tellings is the longest one; what stands twice at one place is kept once.
    """
    groups: list[list[Telling]] = []
    for one in tellings:
        if any(_is_same_place(other, one) for group in groups[-NEAR:] for other in group):
            continue
        home = next((group for group in groups if any(_is_same_word(other, one) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return tuple(_close(f"m{number}", group) for number, group in enumerate(groups, 1))


def _close(name: str, group: Sequence[Telling]) -> Commitment:
    """Return the fullest telling of a commitment with the mentions of all."""
    best = max((one.commitment for one in group), key=lambda one: one.content[1] - one.content[0])
    mentions = tuple(sorted(one.commitment.content for one in group))
    again = tuple(Evidence("told again", "mention", span) for span in mentions if span != best.content)
    return replace(best, id=name, mentions=mentions, evidence=best.evidence + again)


def _is_same_place(one: Telling, other: Telling) -> bool:
    """Return whether two pledges are one: about the same act, or of a word and what completes it.

    `Will promise to go`, `announced plans to go`: one governs the other.
    """
    first, second = one.pledge, other.pledge
    if first.head is second.head or second.head is first.cue:
        return True
    if first.head is second.cue and one.commitment.kind == other.commitment.kind:
        return True
    chained = first.head.head is second.head
    return chained and one.commitment.by == other.commitment.by


def _is_same_word(one: Telling, other: Telling) -> bool:
    """Return whether two places of a page tell one commitment: same author, kind, act and things."""
    first, second = one.commitment, other.commitment
    if first.by != second.by or first.kind != second.kind:
        return False
    if one.pledge.sentence is other.pledge.sentence:
        return False
    if first.due and second.due and first.due != second.due:
        return False
    if is_negated(one.pledge.head) != is_negated(other.pledge.head):
        return False
    return _is_alike(one.pledge, other.pledge)


def _is_alike(one: Pledge, other: Pledge) -> bool:
    roots, others = _roots(one), _roots(other)
    if _numbers(one) != _numbers(other) and _numbers(one) and _numbers(other):
        return False
    shared = roots & others
    return len(shared) >= SHARED and len(shared) >= ALIKE * min(len(roots), len(others))


def _roots(pledge: Pledge) -> frozenset[str]:
    words = subtree(pledge.head, ("advcl", "nsubj", "nsubjpass"))
    return frozenset(_root(word.lemma_) for word in words if word.pos_ in CONTENT)


def _numbers(pledge: Pledge) -> frozenset[str]:
    return frozenset(word.lower_ for word in pledge.head.subtree if word.like_num)


def _root(lemma: str) -> str:
    return lemma.lower()[:STEM]
