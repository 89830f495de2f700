from __future__ import annotations

from dataclasses import dataclass

from onrecord.words import Token, Tokens

TAG_PARTS = ("aux", "auxpass", "neg", "advmod", "prt")
SUBJECTS = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
NAMING = ("PROPN", "NOUN", "DET", "ADJ", "ADP")
SHORT_TAG = 60
"""Characters between a cue and the stop before a quotation that goes on."""
LONGEST_INSERTED = 12
"""Words of an inserted tag: `say experts like Ana Ruiz, a geologist`"""


def tag_ends(verb: Token) -> tuple[Token, Token]:
    """Return the first and the last token of a verb with its subject and the adverbs beside it."""
    right = verb
    for child in verb.rights:
        if child.dep_ in (*SUBJECTS, *TAG_PARTS) and child.left_edge.i == right.i + 1:
            right = child.right_edge
    return _first_of(verb), right


def _first_of(verb: Token) -> Token:
    left = verb
    for child in reversed(verb.lefts):
        if child.dep_ in SUBJECTS:
            return child.left_edge
        if child.dep_ in TAG_PARTS:
            left = child.left_edge
    return left


@dataclass(frozen=True, slots=True)
class InsertedTag:
    """A tag with its speaker last, after a comma: `said Lind` in `The bridge, said Lind, is safe.`"""

    last: Token
    resumed: Tokens
    """Words after it that go on with what it interrupts."""


def inserted_tag(verb: Token) -> InsertedTag | None:
    """Return the tag of a verb with its speaker last; None if the verb stands in no such tag."""
    doc, end = verb.doc, verb.sent.end
    words = doc[verb.i + 1 : min(verb.i + LONGEST_INSERTED, end)]
    comma = next((word.i for word in words if word.is_punct), end)
    named = doc[verb.i + 1 : comma]
    is_tag = verb.tag_ in FINITE and doc[max(0, verb.i - 1)].text == ","
    if not is_tag or not named or any(word.pos_ not in NAMING for word in named):
        return None
    resumed = doc[min(comma + 1, end) : end]
    if resumed and resumed[0].tag_ in FINITE:
        return InsertedTag(named[-1], resumed)
    has_subject = any(child.dep_ in SUBJECTS for child in verb.lefts)
    is_mistaken = any(child.dep_ == "ccomp" and child.left_edge in named for child in verb.rights)
    return InsertedTag(named[-1], doc[end:end]) if is_mistaken and not has_subject else None
