from __future__ import annotations

from functools import cache

from onrecord.lexicons.words import words_by_kind


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind that tell of a source, in lower case.

    Adverbs (`reportedly`), figures (nouns for a poll), issuing (verbs that make a text), persons,
    recipients (verbs of who is told), seeming (verbs that say how sure something is), venues (`in an
    interview`), voices (nouns that speak for what is named beside them, a spokesman for the ministry) and
    words given (verbs that bind who says them).
    """
    return words_by_kind("source_words")[kind]
