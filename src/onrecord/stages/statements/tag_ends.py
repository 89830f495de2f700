from __future__ import annotations

from onrecord.stages.statements.attribution import Scene
from onrecord.words import Token

TAG_PARTS = ("aux", "auxpass", "neg", "advmod", "nsubj", "nsubjpass", "prt")
SUBJECTS = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
MARKS = "\"'”’»"


LONGEST_INSERTED = 12
"""Words of an inserted tag: `say experts like Ana Ruiz, a geologist`"""


def tag_ends(verb: Token) -> tuple[Token, Token]:
    """Return the first and the last token of a verb with its subject and the adverbs beside it."""
    left = right = verb
    inverted = not any(child.dep_ in SUBJECTS for child in verb.lefts)
    for child in sorted(verb.lefts, key=lambda token: -token.i):
        if child.dep_ in SUBJECTS or (child.dep_ in TAG_PARTS and child.right_edge.i == left.i - 1):
            left = child.left_edge
            if child.dep_ in SUBJECTS:
                break
    for child in verb.rights:
        subject = child.dep_ in SUBJECTS and inverted
        if subject or (child.dep_ in TAG_PARTS and child.dep_ not in SUBJECTS and _is_beside(child, right)):
            right = child.right_edge
    return left, right


def _is_beside(child: Token, right: Token) -> bool:
    return child.i == right.i + 1 and child.left_edge.i == child.right_edge.i


def end_of_inserted(verb: Token) -> Token | None:
    """Return the comma that closes a tag with its speaker last: `The bridge, said Lind, is safe.`

    None for other tags.
    """
    if not verb.i or verb.doc[verb.i - 1].text != "," or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    words = verb.doc[verb.i + 1 : verb.i + LONGEST_INSERTED]
    comma = next((word for word in words if word.text == ","), None)
    if comma is None or comma.i == verb.i + 1 or comma.i + 1 >= len(verb.doc):
        return None
    named = verb.doc[verb.i + 1 : comma.i]
    is_name = named[0].pos_ != "ADP" and all(
        word.pos_ in ("PROPN", "NOUN", "DET", "ADJ", "ADP") for word in named
    )
    return comma if is_name and verb.doc[comma.i + 1].tag_ in FINITE else None


def tokens_between(scene: Scene, start: int, end: int) -> list[Token]:
    return [t for t in scene.sentence.tokens if start <= scene.sentence.offset + t.idx < end]
