from __future__ import annotations

from onrecord.grammar import child_with, subtree_span
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
    while found[-1].dep_ in ("conj", "xcomp"):
        found.append(found[-1].head)
    return [*found, cue]


def _is_condition(clause: Token) -> bool:
    """Return whether a clause opens with `if`, `unless`, `as long as`, or with an inverted `should`."""
    opening = [token.lower_ for token in clause.subtree]
    if clause.dep_ == "advmod":  # "as long as two years" is a length of time
        return opening[1:3] == ["long", "as"] and any(t.pos_ in ("VERB", "AUX") for t in clause.subtree)
    mark = child_with(clause, "mark", "advmod") or clause
    return opening[0] == "should" or mark.lower_ in commitment_words("condition")
