from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.records import Part
from onrecord.stages.parts.find_addressed import Names, fold_name
from onrecord.stages.parts.find_quoted import Sayings
from onrecord.stages.parts.order_threads import Order, order_threads
from onrecord.stages.parts.read_body import Body, fold_words, read_body
from onrecord.stages.parts.reply import Comment

GREETING = 3
"""Words in which a comment says whom it speaks to."""
LEAST_NAME = 3
"""Letters of a name that is looked for."""
CELEBRATED = 4
"""Comments that speak to one name from which it is that of the page's writer."""
REPORT_READ = 200_000
"""Characters of a report whose words are known."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The comments of a page, read, with the indexes that links are looked up in."""

    comments: list[Comment]
    bodies: list[Body]
    names: Names
    said: Sayings
    known: frozenset[str]
    order: Order
    numbers: dict[int, int]
    hosts: frozenset[str]
    """Authors who answer under most threads: the writer of the page."""
    authors: tuple[str | None, ...]
    written: Counter[str]
    """How many comments each author wrote."""
    spoken_to: Counter[str]
    """How many comments speak to each first name."""
    nests: bool
    """Whether the markup of the page puts comments under others."""
    marks_replies: bool
    """Whether markup or headers show which comments are replies."""


def read_talk(text: str, parts: tuple[Part, ...], comments: list[Comment]) -> Talk:
    """Return the comments of a page with what links are looked up in; `text` is that of the page."""
    report = fold_words(
        " ".join(text[p.start : min(p.end, p.start + 20_000)] for p in parts if p.kind != "comment")[
            :REPORT_READ
        ]
    )
    nests = any(c.is_nested for c in comments)
    bodies = [read_body(text, c, not nests) for c in comments]
    numbers: dict[int, int] = {}
    for i, c in enumerate(comments):
        if c.number is not None:
            numbers.setdefault(c.number, i)
    counts: dict[str, int] = {}
    for c in comments:
        if c.is_reply and c.author:
            counts[c.author] = counts.get(c.author, 0) + 1
    hosts = frozenset(a for a, n in counts.items() if n >= 3 and n >= 0.3 * sum(counts.values()))
    return Talk(
        comments,
        bodies,
        Names(comments),
        Sayings((), []) if nests else Sayings(report, bodies),  # nesting says it: no words are compared
        frozenset(report),
        order_threads(comments),
        numbers,
        hosts,
        tuple(c.author for c in comments),
        Counter(c.author for c in comments if c.author),
        Counter(_spoken_names(comments, bodies)),
        nests,
        nests or any(c.is_reply or c.answers for c in comments),
    )


def _spoken_names(comments: list[Comment], bodies: list[Body]) -> list[str]:
    """Return the first name of a commenter that each comment says in its first words, where it says one."""
    firsts = {fold_name(c.author).split()[0] for c in comments if c.author and fold_name(c.author)}
    said = (
        next((w for w in body.words[:GREETING] if w in firsts and len(w) >= LEAST_NAME), None)
        for body in bodies
    )
    return [name for name in said if name]


def may_answer(talk: Talk, i: int, parent: int) -> bool:
    """Return whether a comment that says a name answers its bearer.

    Not if many comments speak to him, unless he spoke to its author.
    """
    author, name = talk.authors[i], fold_name(talk.authors[parent] or "").split()[0]
    if talk.spoken_to[name] < CELEBRATED:
        return True
    first = author.split()[0] if author else ""
    return len(first) >= LEAST_NAME and first in talk.bodies[parent].text
