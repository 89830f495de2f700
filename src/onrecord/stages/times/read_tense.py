from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.records import Sentence
from onrecord.stages.times.split_words import known_words
from onrecord.words import Token

FUTURE = frozenset(
    {"will", "wo", "'ll", "’ll", "shall", "would", "may", "might", "can", "could", "should", "must"}
)
CLIMB = 12
"""How far up a parse the verb of a time is looked for."""


def token_at(sentences: Sequence[Sentence], starts: Sequence[int], offset: int) -> Token | None:
    """Return the token that covers an offset of the page."""
    at = bisect_right(starts, offset) - 1
    if at < 0 or offset >= sentences[at].end:
        return None
    tokens = sentences[at].tokens
    place = offset - sentences[at].offset
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].idx + len(tokens[middle].text) <= place:
            low = middle + 1
        else:
            high = middle
    return tokens[low] if low < len(tokens) else None


def read_tense(token: Token | None) -> str:
    """Return `past`, `future` or `present`: the tense of the verb that a word depends on."""
    for _ in range(CLIMB):
        if token is None:
            return "past"
        if token.pos_ in ("VERB", "AUX"):
            break
        if token.head is token:
            return "past"
        token = token.head
    else:
        return "past"
    helpers = [child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")]
    if any(word in FUTURE for word in helpers):
        return "past" if "have" in helpers else "future"
    if _looks_forward(token) or token.tag_ == "VB" or "to" in helpers:
        return "future"
    if token.tag_ == "VBD" or {"had", "have", "has", "was", "were", "did"} & set(helpers):
        return "past"
    if token.tag_ == "VBG" and {"is", "are", "'re", "’re", "am"} & set(helpers):
        return "future"
    if token.tag_ in ("VBN", "VBG") and token.head is not token and token.dep_ != "conj":
        return read_tense(token.head) if not helpers and token.head.i != token.i else "present"
    if token.tag_ not in ("VBP", "VBZ"):
        return "past"
    # "until the fair closes on Sunday"
    return "future" if token.dep_ == "advcl" else "present"


def _looks_forward(verb: Token) -> bool:
    """Return whether a verb, or the adjective after it, is about what is still to come: `is due`."""
    if verb.tag_ == "VBD":
        return False
    known = known_words()
    words = [verb, *(child for child in verb.children if child.dep_ in ("acomp", "oprd"))]
    return any("forward" in known.get(word.lemma_.lower(), ()) for word in words)
