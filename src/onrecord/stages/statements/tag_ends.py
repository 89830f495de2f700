from __future__ import annotations

from onrecord.stages.statements.attribution import Scene
from onrecord.words import Token

TAG_PARTS = ("aux", "auxpass", "neg", "advmod", "nsubj", "nsubjpass", "prt")
SUBJECTS = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP", "MD")
MARKS = "\"'”’»"


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


def tokens_between(scene: Scene, start: int, end: int) -> list[Token]:
    return [t for t in scene.sentence.tokens if start <= scene.sentence.offset + t.idx < end]
