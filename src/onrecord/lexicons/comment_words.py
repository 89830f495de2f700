"""Words of the lines that stand over comments, and of comments themselves, by role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.load import load


@dataclass(frozen=True, slots=True)
class CommentWord:
    """A word of a comment or of the line over it: a month, a verb of saying, a word for reply, slang."""

    word: str
    role: str
    value: str
    source: str


@cache
def comment_words(role: str) -> tuple[CommentWord, ...]:
    """Return the comment words of a role."""
    return tuple(word for word in load("comment_words", CommentWord) if word.role == role)


@cache
def match_words(*roles: str) -> str:
    """Return a pattern that matches any comment word of some roles, the longest first."""
    words = {word.word for role in roles for word in comment_words(role)}
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def find_words(*roles: str) -> re.Pattern[str]:
    """Return a pattern that finds any comment word of some roles as a whole word, in any case."""
    return re.compile(rf"\b(?:{match_words(*roles)})\b", re.IGNORECASE)
