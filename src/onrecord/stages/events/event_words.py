"""Small classes of verbs and nouns that the rules of this stage ask for."""

from __future__ import annotations

from functools import cache

from onrecord.lexicons.words import words_by_kind


@cache
def event_words(kind: str) -> frozenset[str]:
    """Return the lemmas of a kind that acts are read by.

    blows: attacks, named by a noun; both sides: names of two parties together; calling: done to say
    something, "called to congratulate"; carrying out: whose agent does what the noun before names, "a
    raid conducted by the army"; costing lives: "claimed nine lives"; crowd: "thousands marched"; deadly:
    "shot him dead"; deaths; dying; ending; felling: that kill with `down`; harming: told beside the attack
    that did it; injuries; injuring; killing; leading: whose doer acts, "US-led strikes"; preparing: that an
    attack is being made ready, a posture and not yet a threat; tolls: whose number their
    verb tells, "the toll was 12".
    """
    return words_by_kind("event_words")[kind]
