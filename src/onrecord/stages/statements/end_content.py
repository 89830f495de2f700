from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import child_with
from onrecord.stages.statements.tag_ends import FINITE, MARKS, SUBJECTS
from onrecord.words import Token

ASIDES = ("which", "who", "whom", "whose")
ASIDE_AFTER = 4
"""What follows `, which` is more often the reporter's than the speaker's."""
REASONS = ("because", "if", "unless", "lest")


def end_of_siblings(verb: Token, high: Token, cues: frozenset[str]) -> Token:
    """Return the last token of what goes on with a content, where the parse hung that to the cue itself.

    `said it was safe, but that it would close`; `said it was "safe" because nobody used it`;
    `pledged to cut taxes, close the border`
    """
    for child in verb.rights:
        if child.left_edge.i <= high.i or _gap_of(high, child.left_edge) > 2:
            continue
        if _goes_on(child, cues):
            high = child.right_edge
    return high


def _gap_of(high: Token, low: Token) -> int:
    """Return how many words stand between two tokens, marks and `and` left out."""
    between = (high.doc[i] for i in range(high.i + 1, low.i))
    return sum(3 for token in between if not token.is_punct and token.dep_ != "cc")


def _goes_on(child: Token, cues: frozenset[str]) -> bool:
    mark = mark_of(child)
    if child.dep_ in ("conj", "ccomp") and mark == "that":
        return True
    if child.dep_ == "ccomp" and child.doc[child.left_edge.i - 1].head.dep_ not in ("punct", "cc"):
        # "said that the men detained | could be rebels": one clause that the parse made two
        return not child.doc[child.left_edge.i - 1].is_punct
    if child.dep_ == "advcl" and mark in REASONS:
        return True
    bare = child.tag_ == "VB" and child.dep_ in ("ccomp", "conj", "advcl", "dep")
    return bare and child_with(child, "aux", *SUBJECTS) is None and child.lemma_.lower() not in cues


def end_before_cue(tokens: list[Token], verb: Token, cues: frozenset[str]) -> Token:
    """Return the last token of a clause before a further cue of the same speaker.

    The parse often hangs `, adding that ...` and `and said ...` below the first thing said.
    """
    words = [token for token in tokens if token.text not in MARKS]
    for one, other in pairwise(words):
        if any(ends(one, other, verb, tokens[-1], cues) for ends in CONTENT_ENDS):
            return verb.doc[one.i - 1]
    return tokens[-1]


def _before_aside(one: Token, other: Token, verb: Token, last: Token, cues: frozenset[str]) -> bool:
    """`, which was built in 1970`, not right after the cue"""
    is_aside = one.text == "," and other.lower_ in ASIDES and one.i > verb.i + ASIDE_AFTER
    return is_aside and _closes(other, last)


def _before_participle(one: Token, other: Token, verb: Token, last: Token, cues: frozenset[str]) -> bool:
    """`, adding that ...`"""
    is_cue = other.tag_ == "VBG" and other.lemma_.lower() in cues
    return one.text == "," and is_cue and one.i > verb.i + 1


def _before_second(one: Token, other: Token, verb: Token, last: Token, cues: frozenset[str]) -> bool:
    """`and said ...`"""
    is_cue = other.tag_ in FINITE and other.lemma_.lower() in cues
    return one.lower_ in ("and", "but") and is_cue and one.i > verb.i + 1 and _lacks_subject(other)


def _before_speaker(one: Token, other: Token, verb: Token, last: Token, cues: frozenset[str]) -> bool:
    """`and one in four said ...`"""
    return one.dep_ == "cc" and one.i > verb.i + 1 and _begins_speech(other, cues)


CONTENT_ENDS: tuple[Callable[[Token, Token, Token, Token, frozenset[str]], bool], ...] = (
    _before_aside,
    _before_participle,
    _before_second,
    _before_speaker,
)
"""What ends a content at the first of two words: each takes both, the cue, the last word and further cues."""


def _begins_speech(first: Token, cues: frozenset[str]) -> bool:
    """Return whether another clause of speech begins at a word: `it is safe and one in four said that ...`"""
    subject = next((t for t in (first, *first.ancestors) if t.dep_ in SUBJECTS), None)
    if subject is None or subject.left_edge is not first:
        return False
    verb = subject.head
    return verb.i > subject.i and verb.tag_ in FINITE and verb.lemma_.lower() in cues


def _closes(aside: Token, last: Token) -> bool:
    """Return whether a relative clause runs to the end of what it stands in."""
    clause = next((t for t in (aside, *aside.ancestors) if t.dep_ == "relcl"), None)
    return clause is None or clause.right_edge.i >= last.i - 1


def _lacks_subject(verb: Token) -> bool:
    return child_with(verb, "nsubj", "nsubjpass", "expl") is None
