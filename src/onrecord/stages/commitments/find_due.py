from __future__ import annotations

from onrecord.mentions import MentionIndex
from onrecord.records import Quantity, Span, Time
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import words_of

CLAUSES = ("relcl", "advcl", "acl", "ccomp")


def find_due(pledge: Pledge, times: MentionIndex[Time | Quantity], published: str | None) -> str | None:
    """Return the last day of the first date in a content that is not past and no open bound (`until`)."""
    for span, time in times.within(pledge.content):
        if not isinstance(time, Time) or time.end is None or time.type not in ("DATE", "TIME"):
            continue
        if published is not None and time.end >= published and _is_bound(pledge, span):
            return time.end
    return None


def _is_bound(pledge: Pledge, span: Span) -> bool:
    """Return whether a date belongs to the act, and does not bound one side only: `until 2021`."""
    sentence = pledge.sentence
    before = [t for t in sentence.tokens if sentence.offset + t.idx < span[0]][-3:]
    token = next((t for t in sentence.tokens if sentence.offset + t.idx >= span[0]), None)
    bound = next((word.lower_ for word in reversed(before) if word.pos_ in ("ADP", "SCONJ")), "")
    if token is None or bound in words_of("open"):
        return False
    for above in (token, *token.ancestors):
        if above == pledge.head:
            return True
        if above.dep_ in CLAUSES and not any(c.lower_ == "before" for c in above.lefts):
            return False
    return False
