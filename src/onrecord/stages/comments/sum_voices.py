from __future__ import annotations

import math
from collections.abc import Sequence

from onrecord.records import Commitment, Leaning, Voice, Voices

RUDE = 0.5
"""Abuse from which a comment counts as abusive."""
LEANS = 0.15
"""Sum of a comment's stances toward an actor from which it is for or against it."""
CHECKABLE = ("actual", "ongoing", "denied")
"""Statuses of what a commenter presents as a fact."""


def sum_voices(comments: Sequence[Voice], commitments: Sequence[Commitment]) -> Voices | None:
    """Return what the comments of a page say together: whom they support and attack, predict and claim."""
    if not comments:
        return None
    parts = {voice.part for voice in comments}
    return Voices(
        len(comments),
        tuple(voice.part for voice in comments if voice.abuse >= RUDE),
        _leanings(comments),
        tuple(one.id for one in commitments if one.kind == "prediction" and one.by in parts),
        tuple(v.part for v in comments if any(claim.status in CHECKABLE for claim in v.claims)),
    )


def _leanings(comments: Sequence[Voice]) -> tuple[Leaning, ...]:
    """Return the leaning toward each actor that a comment takes sides on, by most comments first."""
    scores: dict[str, dict[str, float]] = {}
    for voice in comments:
        for stance in voice.stances:
            of_actor = scores.setdefault(stance.actor, {})
            of_actor[voice.part] = of_actor.get(voice.part, 0.0) + stance.score
    leanings = []
    for actor, said in scores.items():
        kept = {part: score for part, score in said.items() if abs(score) >= LEANS}
        if kept:
            supported = tuple(part for part, score in kept.items() if score > 0)
            attacked = tuple(part for part, score in kept.items() if score < 0)
            mean = round(math.fsum(kept.values()) / len(kept), 3)
            leanings.append(Leaning(actor, supported, attacked, mean))
    return tuple(sorted(leanings, key=lambda one: -len(one.supported) - len(one.attacked)))
