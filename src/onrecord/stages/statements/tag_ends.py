from __future__ import annotations

from onrecord.words import Token

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


def inserted_tag(verb: Token) -> tuple[Token, ...]:
    """Return the words of a tag with its speaker last, after a comma: `said Lind` in `The bridge, said Lind, is safe.`

    Empty for other tags.
    """
    sentence = verb.sent
    words = verb.doc[verb.i + 1 : min(verb.i + LONGEST_INSERTED, sentence.end)]
    end = next((word.i for word in words if word.is_punct), sentence.end)
    named = verb.doc[verb.i + 1 : end]
    has_subject = any(child.dep_ in SUBJECTS for child in verb.lefts)
    is_tag = verb.tag_ in FINITE and not has_subject and verb.doc[max(0, verb.i - 1)].text == ","
    return (verb, *named) if is_tag and named and all(word.pos_ in NAMING for word in named) else ()
