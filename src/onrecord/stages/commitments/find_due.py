from __future__ import annotations

import re

from onrecord.dates import add_period, parse_iso
from onrecord.mentions import MentionIndex
from onrecord.records import Span, Time
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.words import Token

CLAUSES = ("relcl", "advcl", "acl", "ccomp")
HOURS = re.compile(r"PT(\d{1,4})H")
"""PT48H"""


def find_due(pledge: Pledge, times: MentionIndex[Time], published: str | None) -> tuple[Span, str] | None:
    """Return the first date in a content that is not past and no open bound (`until`), and its last day.

    A length of time counts from the day of publication: `within two weeks`, `gave them 48 hours to leave`.
    """
    for span, time in times.within(pledge.content):
        if not isinstance(time, Time) or published is None:
            continue
        end = time.end if time.type in ("DATE", "TIME") else _end_of(time, published)
        if end is not None and end >= published and _is_bound(pledge, span, time.type == "DURATION"):
            return span, end
    return None


def _end_of(time: Time, published: str) -> str | None:
    """Return the day a length of time after another day; None if it is vague."""
    day, hours = parse_iso(published), HOURS.fullmatch(time.value)
    if day is None or time.type != "DURATION":
        return None
    end = add_period(day, f"P{-(-int(hours[1]) // 24)}D" if hours else time.value)
    return end.isoformat() if end is not None else None


def _is_bound(pledge: Pledge, span: Span, is_length: bool) -> bool:
    """Return whether a time belongs to the act, and does not bound one side only: `until 2021`."""
    if pledge.deadline:
        return True
    sentence = pledge.sentence
    before = [t for t in sentence.tokens if sentence.offset + t.idx < span[0]][-3:]
    token = next((t for t in sentence.tokens if sentence.offset + t.idx >= span[0]), None)
    bound = next((word.lower_ for word in reversed(before) if word.pos_ in ("ADP", "SCONJ")), "")
    if (
        token is None
        or bound in commitment_words("open")
        or (is_length and bound not in commitment_words("reach"))
    ):
        return False
    for above in (token, *token.ancestors):
        if above is pledge.head or above is pledge.cue:
            return True
        if above.dep_ in CLAUSES and not _is_before(above):
            return False
    return False


def _is_before(clause: Token) -> bool:
    return any(child.lower_ == "before" for child in clause.lefts)
