from __future__ import annotations

from dataclasses import dataclass

from onrecord.words import Token, Tokens

TAG_PARTS = ("nsubj", "nsubjpass", "advmod", "prt", "neg")
SUBJECTS = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
NAMING = ("PROPN", "NOUN", "DET", "ADJ", "ADP")
ASKING = ("WRB", "WP", "WDT")
"""What opens a content after its cue: `is not known how much it will cost`."""
SHORT_TAG = 60
"""Characters between a cue and the stop before a quotation that goes on."""
LONGEST_INSERTED = 12
"""Words of an inserted tag: `say experts like Ana Ruiz, a geologist`"""


def tag_ends(verb: Token) -> tuple[Token, Token]:
    """Return the first and the last token of a verb with its subject and the adverbs after it."""
    left = next((child.left_edge for child in reversed(verb.lefts) if child.dep_ in SUBJECTS), verb)
    right = verb
    for child in verb.rights:
        if (
            child.dep_ in TAG_PARTS
            and child.left_edge.i == right.i + 1
            and child.left_edge.tag_ not in ASKING
        ):
            right = child.right_edge
    return left, right


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
    is_named = all(word.pos_ in NAMING for word in doc[verb.i + 1 : comma])
    if verb.tag_ not in FINITE or doc[max(0, verb.i - 1)].text != "," or not is_named:
        return None
    resumed = doc[min(comma + 1, end) : end]
    if len(resumed) and resumed[0].tag_ in (*FINITE, "CC"):
        return InsertedTag(doc[comma - 1], resumed)
    has_subject = any(child.dep_ in SUBJECTS for child in verb.lefts)
    return None if has_subject else InsertedTag(doc[comma - 1], doc[end:end])
