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
    """Return whether a verb has a passive auxiliary or subject, or is a participle that describes a noun."""
    if child_with(verb, "auxpass", "nsubjpass") is not None:
        return True
    if verb.tag_ != "VBN" or child_with(verb, "nsubj", "aux") is not None:
        return False
    if verb.dep_ == "advcl":  # "Backed by the union, she ran"
        return child_with(verb, "agent") is not None and child_with(verb, "dobj") is None
    return verb.dep_ == "acl"


def _is_undergone(verb: Token) -> bool:
    """Return whether a past form without an object is one of a headline: `Sergeant charged with fraud`."""
    return (
        verb.tag_ in ("VBD", "VBN")
        and verb.lemma_.lower() in clause_words("undergone")
        and child_with(verb, "nsubj") is not None
        and child_with(verb, "aux", "dobj", "ccomp", "xcomp", "dative", "oprd", "prt") is None
    )
