"""Tense of the verb that a time expression modifies: which way `Friday` points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.clauses import tense_above
from onrecord.records import Sentence
from onrecord.words import Token

LIMITS, PERFECT = ("until", "till"), ("have", "has", "'ve", "’ve")


def token_at(sentences: Sequence[Sentence], starts: Sequence[int], offset: int) -> Token | None:
    """Return the token that covers an offset of the page."""
    at = bisect_right(starts, offset) - 1
    if at < 0 or offset >= sentences[at].end:
        return None
    tokens = sentences[at].tokens
    place = offset - sentences[at].offset
    found = max(tokens.start, bisect_right(tokens.doc.starts, place, tokens.start, tokens.end) - 1)
    token = tokens.doc.words[found]
    if place < token.idx + len(token.text):
        return token
    return tokens.doc.words[found + 1] if found + 1 < tokens.end else None  # a blank: the word after it


def read_tense(token: Token | None) -> str:
    """Return `past`, `future` or `present`: the tense of the clause that a word stands in.

    What has been put off until Monday is still to come, though its clause is in the perfect.
    """
    if token is None:
        return "past"
    return "future" if _ends_perfect(token) else tense_above(token)


def _ends_perfect(token: Token) -> bool:
    """Whether a word stands behind `until` under a verb with `have` or `has`."""
    limit = token.head
    if limit.lower_ not in LIMITS or limit.head.pos_ not in ("VERB", "AUX"):
        return False
    return any(child.dep_ == "aux" and child.lower_ in PERFECT for child in limit.head.children)
