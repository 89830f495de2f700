from __future__ import annotations

from onrecord.clauses.arcs import child_with
from onrecord.clauses.clause_words import clause_words
from onrecord.words import Token


def read_voice(verb: Token) -> str:
    """Return `passive` or `active`; reduced passives count, of a noun as well as of a headline.

    Passive: `two men were charged`, `men charged with theft`, `Sergeant charged with fraud`.
    """
    return "passive" if has_passive_form(verb) or _is_undergone(verb) else "active"


def has_passive_form(verb: Token) -> bool:
    """Return whether a verb has a passive auxiliary, subject or agent, or is a reduced passive.

    Reduced: `the editors arrested there`, `Backed by the union, she ran`.
    """
    if child_with(verb, "auxpass", "nsubjpass", "agent") is not None:
        return True
    is_reduced = verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")
    return is_reduced and child_with(verb, "nsubj", "aux") is None


def _is_undergone(verb: Token) -> bool:
    """Return whether a past form without an object is one of a headline: `Sergeant charged with fraud`."""
    return (
        verb.tag_ in ("VBD", "VBN")
        and verb.lemma_.lower() in clause_words("undergone")
        and child_with(verb, "aux", "dobj", "ccomp", "xcomp", "dative", "oprd", "prt") is None
    )
