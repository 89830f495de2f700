from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.stages.parts.reply import Comment

READ = 2500
"""Characters of a comment that are read for links."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
QUOTE = re.compile(
    r"[\"“„«]([^\"“”„»]{12,600})[\"”»]|(?:^|\n)\s*>+\s*([^\n]{12,600})|^'{1,2}([^'\n]{12,400})'"
)
RUN = 8
QUOTED_RUN = 4


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a comment, folded, and the runs of words that it quotes or opens with."""

    text: str
    words: tuple[str, ...]
    quoted: tuple[tuple[str, ...], ...]


def read_body(text: str, comment: Comment) -> Body:
    """Return the words of a comment that links are made from."""
    body = text[comment.body : min(comment.end, comment.body + READ)].strip()
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
