from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

from onrecord.dates import Stamp
from onrecord.lexicons.comment_words import comment_words, find_words, match_words
from onrecord.lines import YOU
from onrecord.stages.parts.find_quoted import Sayings, fillers, find_quoted
from onrecord.stages.parts.read_body import Body
from onrecord.stages.parts.reply import Comment

LIKELY = 0.5
"""Log odds that a comment later than the one above it answers in its thread, before it is looked at."""

USUAL_SIZE, USUAL_TALK = 240, 45
"""Characters of a comment, comments of a page, that say nothing either way."""
EARLY = 80
"""Characters in which a comment says whom it speaks to."""
DAYS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def weigh_answer(
    comments: Sequence[Comment],
    bodies: Sequence[Body],
    said: Sayings,
    opener: int,
    i: int,
    known: frozenset[str],
    written: int,
) -> float:
    """Return the odds (log; above 0 is for) that a comment answers in the thread above it.

    `known` are the words of the report, `written` is how many comments of the page are by its author.
    """
    body = bodies[i]
    weight = LIKELY + _weigh_gap(comments[i - 1].stamp, comments[i].stamp)
    later = comments[i + 1].stamp if i + 1 < len(comments) else None
    now = comments[i].stamp
    weight += 0.1 if later and now and later.at > now.at else -0.1
    weight -= 0.75 * math.log((1 + len(body.text)) / USUAL_SIZE)
    weight += 0.5 * math.log(len(comments) / USUAL_TALK)
    weight += 0.4 if YOU.search(body.text) else -0.2
    weight += 0.6 if YOU.search(body.text[:EARLY]) else -0.2
    weight += 0.6 if comments[i].author and comments[i].author in _authors(comments, opener, i) else 0.0
    weight += 0.12 * min(10, written) - 0.4  # who writes often answers often
    weight += 0.4 if i - opener > 1 else -0.2
    weight += 0.4 if takes_up(body) or opens_as_answer(body) else -0.1
    weight += 1.4 if body.text.startswith("@") else 0.0
    weight -= 0.7 if _about_page().search(body.text) else 0.0
    quoted = find_quoted(said, i, False)
    weight += (1.4 if quoted[0] >= opener else -1.4) if quoted else 0.0
    return weight + weigh_shared(bodies, said, opener, i, known)


def _authors(comments: Sequence[Comment], opener: int, i: int) -> set[str | None]:
    return {c.author for c in comments[max(opener, i - 30) : i]}


def _weigh_gap(before: Stamp | None, after: Stamp | None) -> float:
    """Return what the time since the comment above says: answers come soon."""
    hours = _hours(after) - _hours(before) if before and after else 6.0
    for limit, weight in ((0.5, 0.5), (2.0, 0.2), (6.0, 0.0), (24.0, -0.2)):
        if hours < limit:
            return weight
    return -0.6


def _hours(stamp: Stamp) -> float:
    if stamp.scale == "ago":
        return stamp.at[0] / 60
    year, month, day, hour, minute, second = stamp.at
    return (year * 365.25 + DAYS[month - 1] + day) * 24 + hour + minute / 60 + second / 3600


def takes_up(body: Body) -> bool:
    """Return whether a comment opens with a word that leans on what was said before."""
    return find_words("takes up").match(body.text) is not None


@cache
def _about_page() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{match_words('about page')})s?\b", re.IGNORECASE)


def opens_as_answer(body: Body) -> bool:
    """Return whether a comment opens with a word of answer: `exactly`, `not so`."""
    head = " ".join(body.words[:4]) + " "
    return head.startswith(_answers())


@cache
def _answers() -> tuple[str, ...]:
    return tuple(f"{w.word} " for role in ("verdict", "discourse") for w in comment_words(role))


def weigh_shared(bodies: Sequence[Body], said: Sayings, opener: int, i: int, known: frozenset[str]) -> float:
    """Return the weight of rare words that a comment shares with the thread above it, at most 2."""
    total = len(bodies)
    own = {w for w in bodies[i].words if len(w) > 3 and w not in fillers() and w not in known}
    thread = {w for body in (bodies[opener], bodies[i - 1]) for w in body.words}
    weight = sum(math.log(total / len(said.where[w])) for w in sorted(own & thread))
    return min(2.0, 0.3 * weight)
