"""Whether a paragraph sounds like a reader or like a reporter."""

from __future__ import annotations

import re

from onrecord.lexicons.comment_words import find_words

SAMPLE = 600
"""Characters of a paragraph that are looked at."""

QUOTED = re.compile(r"[\"“„][^\"“”]{0,400}[\"”]")
SELF = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|me|mine|myself|IMHO|IMO)\b")
YOU = re.compile(r"\b(?:you|your|you['’]re|u|ur|yours|yourself)\b", re.IGNORECASE)
LOUD = re.compile(r"!!|\?\?|!\?|\?!|[:;]-?[)(DP](?=\s|$)|\b[A-Z]{4,}(?:\s+[A-Z]{2,}){2,}")
GLUED = re.compile(r"[a-z]{2}[.!?][\"”']?[A-Z][a-z]|\xa0")


def weigh_voice(text: str) -> float:
    """Return how much a paragraph sounds like a reader (above 0) or like a reporter (below 0)."""
    sample = text[:SAMPLE]
    bare = QUOTED.sub(" ", sample)
    score = 0.0
    score += 1.5 * bool(re.match(r"[\s\"'“]*@\w", sample))
    score += 1.0 * sample[:1].islower()
    score += 1.0 * bool(SELF.search(bare)) + 0.8 * bool(YOU.search(bare))
    score += 1.0 * bool(LOUD.search(bare)) + 0.7 * bool(find_words("slang").search(bare))
    score += 0.6 * bool(GLUED.search(sample)) + 0.4 * bare.rstrip().endswith(("!", "?"))
    score += 0.4 * (len(text) < 80)
    score -= 1.2 * bool(find_words("report").search(bare)) + 0.3 * (len(bare) < len(sample) - 30)
    return score
