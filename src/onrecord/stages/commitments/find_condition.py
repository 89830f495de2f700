from __future__ import annotations

from onrecord.grammar import subtree_span
from onrecord.records import Sentence, Span
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.words import Token


def find_condition(sentence: Sentence, head: Token, cue: Token) -> Span | None:
    """Return the clause that says on what condition something is to happen; None if there is none.

    It is looked for at the act, at what the act is coordinated with, and at the word that governs it.
    """
    for verb in _governors(head, cue):
        for child in verb.children:
            if child.dep_ in ("advcl", "prep", "advmod") and _is_condition(child):
                return subtree_span(sentence, child)
    return None


def _governors(head: Token, cue: Token) -> list[Token]:
    found = [head]
    while found[-1].dep_ in ("conj", "xcomp") and found[-1].head.pos_ in ("VERB", "AUX"):
        found.append(found[-1].head)
    return found if cue in found or cue.head == head else [*found, cue]


def _is_condition(clause: Token) -> bool:
    """Return whether a clause opens with `if`, `unless`, `as long as`, or with an inverted `should`."""
    opening = [token.lower_ for token in list(clause.subtree)[:4]]
    if clause.dep_ == "advcl" and opening[:1] == ["should"]:
        return True
    if clause.dep_ == "advmod":
        return opening[:3] in (["as", "long", "as"], ["so", "long", "as"])
    mark = next((c.lower_ for c in clause.lefts if c.dep_ in ("mark", "advmod")), clause.lower_)
    return mark in commitment_words("condition") or (
        clause.dep_ == "prep" and clause.lower_ in commitment_words("condition")
    )
