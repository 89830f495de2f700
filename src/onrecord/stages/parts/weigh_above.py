"""Whether a comment of a plain list answers the one above it, by reasons with weights.

The weights are our own judgement in steps of a half; four of five answers in such lists stand right under
what they answer.
"""

from __future__ import annotations

import math

from onrecord.lexicons.comment_words import comment_words, find_words
from onrecord.lexicons.weights import feature_weights
from onrecord.lines import YOU
from onrecord.stages.parts.find_quoted import find_echoed
from onrecord.stages.parts.read_body import is_verdict
from onrecord.stages.parts.read_talk import LEAST_NAME, Talk, may_answer
from onrecord.stages.parts.weigh_answer import opens_as_answer, takes_up, weigh_shared

ADDED, NAMED_IN, EARLY = 6, 160, 80
"""Words that may say that a comment adds to its author's last one; characters that may name who is
answered, and that may say `you`."""
OFTEN, RECENT = 3, 12
"""Comments of one author that are many; comments back to where an author is still in the talk."""
USUAL_WORDS = 40
"""Words of a comment whose length says nothing either way."""
SHOWN, LEAST_SHOWN = 3, 0.2
"""Reasons that are told, and the weight from which one is."""


def weigh_above(talk: Talk, i: int) -> tuple[float, tuple[str, ...]]:
    """Return the log odds, above those needed, that comment `i` answers the one before it, and reasons."""
    weights = feature_weights("reply_weights")
    terms = {name: weights.get(name, 0.0) * value for name, value in describe_above(talk, i).items()}
    told = sorted((name for name in terms if terms[name] >= LEAST_SHOWN), key=lambda name: -terms[name])
    reasons = tuple(f"{name} +{terms[name]:.1f}" for name in told[:SHOWN])
    return round(math.fsum(terms.values()), 4), reasons


def describe_above(talk: Talk, i: int) -> dict[str, float]:
    """Return the traits of comment `i` and the one before it by name, most of them 0 or 1."""
    body, above = talk.bodies[i], talk.bodies[i - 1]
    echoed = find_echoed(talk.said, i, False)
    return {
        "always": 1.0,
        "says you at once": float(bool(YOU.search(body.text[:EARLY]))),
        "under a question": float(above.text.endswith("?")),
        "the one above asks": float("?" in above.text),
        "is brief": -_size(body.words),
        "takes up what was said": float(bool(takes_up(body))),
        "opens with an answer": float(opens_as_answer(body)),
        "agrees or contradicts": float(is_verdict(body.text, answers=True)),
        "thanks": float(bool(find_words("thanks").search(body.text[:EARLY]))),
        "shares rare words": weigh_shared(talk.bodies, talk.said, i - 1, i, talk.known),
        "echoes it": float(echoed is not None and echoed[0] == i - 1),
        "few words": float(len(body.words) <= ADDED),
        **_describe_authors(talk, i),
    }


def _size(words: tuple[str, ...]) -> float:
    return max(-2.0, min(2.0, math.log((len(words) + 3) / USUAL_WORDS)))


def _describe_authors(talk: Talk, i: int) -> dict[str, float]:
    """Return what the names over two comments say; all nothing where the page shows no names."""
    authors, author, above = talk.authors, talk.authors[i], talk.authors[i - 1]
    is_same = author is not None and author == above
    after = authors[i + 1] if i + 1 < len(authors) else None
    return {
        "no names": float(not any(authors)),
        "another thing by the same author": float(is_same and not _adds(talk.bodies[i].words)),
        "adds to the own words": float(is_same and _adds(talk.bodies[i].words)),
        "back after the one above": float(i > 1 and author is not None and author == authors[i - 2] != above),
        "the one above is back": float(above is not None and above == after != author),
        "spoke before": float(author is not None and author in authors[max(0, i - RECENT) : i - 1]),
        "wrote often": float(author is not None and talk.written[author] >= OFTEN),
        "the one above wrote often": float(above is not None and talk.written[above] >= OFTEN),
        "names the one above": float(_names(talk, i, above)),
    }


def _adds(words: tuple[str, ...]) -> bool:
    opening = " ".join(words[:ADDED])
    return any(f"{one.word} " in f"{opening} " for one in comment_words("addendum"))


def _names(talk: Talk, i: int, author: str | None) -> bool:
    """Whether a comment says the first name of the author above it, as somebody who is spoken to."""
    first = author.split()[0] if author and author.split() else ""
    is_name = first[:1].isupper() and len(first) >= LEAST_NAME and first.lower() not in talk.known
    return is_name and first in talk.bodies[i].text[:NAMED_IN] and may_answer(talk, i, i - 1)
