from __future__ import annotations

from functools import cache

from onrecord.lexicons.words import words_by_kind


@cache
def clause_words(kind: str) -> frozenset[str]:
    """Return the words of a kind that make or colour a clause, in lower case.

    Modals by what they say (future, reported, duty, possible); verbs by how they take their complement
    (light, duty verb, future verb, experiencing, speech) or what they tell of it (forward, undergone);
    nouns that name an act (act noun).
    """
    return words_by_kind("clause_words")[kind]
