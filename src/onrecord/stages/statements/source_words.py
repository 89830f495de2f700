from __future__ import annotations

from functools import cache

from onrecord.lexicons.words import words_by_kind


@cache
def source_words(kind: str) -> frozenset[str]:
    """Return the words of a kind that tell of a source, in lower case.

    Who speaks: critic, person, rank, voice (nouns that speak for what is named beside them, a spokesman
    for the ministry). Through what: figure (nouns for a poll), issuing (verbs that make a text), venue
    (`in an interview`), adverb (`reportedly`). Verbs: blow (`attack`, in words or not), recipient (of
    what another one says), seeming, word given (bind who says them). No source: measure (`according to
    plan`), avoiding (what is left unsaid), ensured (`make sure`). Hearers: address (`spoke before them`),
    contacting (`phoned them to say`). Objects: answered, attitude, criticised, dismissed, struck.
    """
    return words_by_kind("source_words")[kind]
