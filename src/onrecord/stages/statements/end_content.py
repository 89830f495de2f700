from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import children_with
from onrecord.language.en import NONRESTRICTIVE
from onrecord.stages.statements.attribution_verb import speech_lemmas
from onrecord.stages.statements.find_quotes import MARKS
from onrecord.stages.statements.source_words import source_words
from onrecord.stages.statements.tag_ends import FINITE, SUBJECTS
from onrecord.words import Token

RELATIVE_TAGS = ("WDT", "WP", "WP$", "WRB")
VENUE_PREPS = ("in", "on", "at", "during")
CONTINUING = ("that", "because", "if", "unless", "lest")
"""Marks of clauses that go on with what is said."""
TIMES = ("DATE", "TIME")
GAP = 4
"""Tokens to the next part of a content over a comma and a conjunction."""

End = Callable[[Token, Token, Token], bool]
"""Whether a content ends before two words, given its last word in the parse."""


def end_clause(low: Token, high: Token) -> Token:
    """Return the last token of a clause that is told between two tokens, by the first of CLAUSE_ENDS."""
    return _cut(low, high, CLAUSE_ENDS)


def end_phrase(low: Token, high: Token) -> Token:
    """Return the last token of an object or infinitive that is told, by the first of PHRASE_ENDS."""
    return _cut(low, high, PHRASE_ENDS)


def _cut(low: Token, high: Token, ends: dict[str, tuple[End, ...]]) -> Token:
    words = [token for token in high.doc[low.i + 1 : high.i + 1] if token.text not in MARKS]
    for one, other in pairwise(words):
        if any(end(one, other, high) for end in ends.get(one.dep_, ())):
            return high.doc[one.i - 1]
    return high


def _before_aside(one: Token, other: Token, last: Token) -> bool:
    """`, which was built in 1970`: what only the reporter adds"""
    return one.text == "," and closes_with_relative(other, last)


def _before_venue(one: Token, other: Token, last: Token) -> bool:
    """`backed the plan | in an interview`"""
    return is_venue(one) and one.right_edge.i >= last.i - 1


def _before_participle(one: Token, other: Token, last: Token) -> bool:
    """`, adding that ...`"""
    return one.text == "," and other.tag_ == "VBG" and _is_cue(other)


def _before_second(one: Token, other: Token, last: Token) -> bool:
    """`and said ...`"""
    return other.tag_ in FINITE and _is_cue(other)


def _before_speaker(one: Token, other: Token, last: Token) -> bool:
    """`and one in four said ...`"""
    subject = next((token for token in (other, *other.ancestors) if token.dep_ in SUBJECTS), None)
    if subject is None or subject.left_edge is not other:
        return False
    return subject.head.tag_ in FINITE and _is_cue(subject.head)


def _is_cue(verb: Token) -> bool:
    return verb.lemma_.lower() in speech_lemmas("clause", "object")


CLAUSE_ENDS: dict[str, tuple[End, ...]] = {
    "punct": (_before_aside, _before_participle),
    "cc": (_before_second, _before_speaker),
}
"""What ends a clause, by the label of the word before which it ends."""
PHRASE_ENDS = {**CLAUSE_ENDS, "prep": (_before_venue,)}
"""The same of objects and infinitives, after which the venue of the words may stand."""


def closes_with_relative(first: Token, last: Token) -> bool:
    """Return whether a relative clause begins at a token, or its preposition there, and runs to another."""
    word = next(iter(children_with(first, "pobj")), first)
    clause = next((token for token in word.ancestors if token.dep_ == "relcl"), None)
    return word.lower_ in NONRESTRICTIVE and (clause is None or clause.right_edge.i >= last.i - 1)


def is_venue(prep: Token) -> bool:
    """Return whether a preposition introduces where words were said: `in an interview`, `on Twitter`."""
    nouns = children_with(prep, "pobj") if prep.lower_ in VENUE_PREPS else []
    return any(noun.lemma_.lower() in source_words("venue") for noun in nouns)


def is_day(prep: Token) -> bool:
    """Return whether a preposition introduces a time: `said on Friday the road would close`."""
    return any(noun.ent_type_ in TIMES for noun in children_with(prep, "pobj"))


def end_of_siblings(verb: Token, high: Token) -> Token:
    """Return the last token of what goes on with a content, where the parse hung that to the cue itself.

    `said it was safe, but that it would close`; `said it was "safe" because nobody used it`;
    `pledged to cut taxes, close the border`
    """
    for child in verb.rights:
        if child.left_edge.i <= high.i + GAP and _goes_on(child):
            high = max(high, child.right_edge, key=lambda token: token.i)
    return high


def _goes_on(child: Token) -> bool:
    is_rest = child.dep_ == "ccomp" and not child.doc[child.left_edge.i - 1].is_punct
    return is_rest or child.tag_ == "VB" or mark_of(child) in CONTINUING
