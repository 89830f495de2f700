from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.comment_words import comment_words
from onrecord.stages.parts.reply import Comment

OPENING = 200
"""Characters of a comment that say whom it speaks to."""
READ = 2500
"""Characters of a comment that are read for links."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
QUOTE = re.compile(
    r"[\"“„«]([^\"“”„»]{12,600})[\"”»]|(?:^|\n)\s*>+\s*([^\n]{12,600})|^'{1,2}([^'\n]{12,400})'"
)
VERDICT = re.compile(r"\s*(?P<words>[\w'’]+(?: [\w'’]+){0,3})(?:[.!?,;…]|$)")
"""Up to four words that stand alone at the head of a comment: 'Well said, '."""
RUN = 8
QUOTED_RUN = 4


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a comment, folded, and the runs of words that it quotes or opens with."""

    text: str
    words: tuple[str, ...]
    quoted: tuple[tuple[str, ...], ...]


def read_body(text: str, comment: Comment, is_compared: bool = True) -> Body:
    """Return the words of a comment that links are made from; only the first where none are compared."""
    body = text[comment.body : min(comment.end, comment.body + READ)].strip()
    if not is_compared:
        return Body(body, fold_words(body[:OPENING]), ())
    quoted = tuple(
        words
        for m in QUOTE.finditer(body)
        if len(words := fold_words(next(filter(None, m.groups())))) >= QUOTED_RUN
    )
    return Body(body, fold_words(body), quoted)


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case.

    >>> fold_words("The Bridge’s closed")
    ('the', "bridge's", 'closed')
    """
    return tuple(WORD.findall(text.replace("’", "'").lower()))


def is_verdict(text: str, answers: bool = False) -> bool:
    """Return whether a text opens with a verdict that stands alone; with `answers`, one upon another comment.

    >>> is_verdict("Nope. It was closed."), is_verdict("Exactly!", answers=True)
    (True, True)
    """
    match = VERDICT.match(text)
    words = match["words"].lower().replace("’", "'") if match else ""
    return words in _verdicts(answers)


@cache
def _verdicts(answers: bool) -> frozenset[str]:
    return frozenset(one.word for one in comment_words("verdict") if not answers or one.value == "reply")
