from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class MarkupCue:
    """What the class and id of an element can say about it."""

    name: str
    role: str
    pattern: str
    source: str


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((cue.role, re.compile(cue.pattern)) for cue in load("markup_cues", MarkupCue))


LABELS = re.compile(
    r"(?<!\S)(?:tag|category|type|status|format|comment-author)-\S+"
    r"|(?<!\S)\S*?(?:with|has|no|one|two|both)[-_]?side-?bars?\S*"
)
"""Classes that name what an article is about, who wrote it, or what else the page has: tag-advertising,
content-with-sidebar."""
READ = 1000
"""Characters of the names that are looked at; a class of 50,000 letters without a blank took 10 seconds."""


@lru_cache(maxsize=50_000)
def read_cues(names: str) -> frozenset[str]:
    """Return the roles that an element's class and id, in lower case, give it.

    >>> sorted(read_cues("comment-author vcard"))
    ['author', 'byline', 'comment']
    """
    if not names:
        return frozenset()
    head = LABELS.sub("", names[:READ])[:200]
    return frozenset(role for role, pattern in _cues() if pattern.search(head))
