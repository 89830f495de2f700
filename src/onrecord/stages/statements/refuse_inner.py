from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.records import Refusal
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.find_quotes import Quote
from onrecord.stages.statements.source_words import source_words

CARRYING = ("object", "to")
"""Constructions whose content may be another cue with its own content."""
ORDERING = ("order", "command")
LEADS = ("PART", "DET", "PRON", "ADJ", "ADV")
LONGEST_LEAD = 3
SLACK = 2
"""Characters by which two contents that end together may differ: a quotation mark, a comma."""
VOICED = ("clause", "quote", "according to")
"""Constructions in which somebody is heard, and not only said to hope or to plan."""
REPORTED = ("say", "tell", "state", "declare", "announce", "claim", "report", "insist", "testify", "write")


def refuse_inner(
    found: Iterable[Attribution], quotes: tuple[Quote, ...]
) -> tuple[list[Attribution], list[Refusal]]:
    """Return the attributions that hold, and refusals of those that only a quoted speaker makes.

    Inside a quotation, `I think` and `they want` are the speaker's own words. Only a named source
    that is quoted in turn (“the ministry has stated that ...”) is an attribution of its own.
    """
    kept, refused = [], []
    for one in found:
        if one.cue is None or not _is_quoted(one.cue[0], quotes) or _names_source(one):
            kept.append(one)
        else:
            refused.append(Refusal(one.cue, "statements", "the words of a quoted speaker"))
    return kept, refused


def refuse_told(found: list[Attribution]) -> tuple[list[Attribution], list[Refusal]]:
    """Return the attributions that hold, and refusals of what is part of another one's content.

    In `The mayor said she hoped to keep her promise to rebuild`, hope and promise are what the mayor
    says. Only somebody who is reported to speak there has a statement of his own: `RT says that Ruiz
    said ...`, `Lind said that Ruiz had promised to pay`; and whatever a source only passes on: `Ruiz
    hopes to win, according to RT`. Turns of an interview hold whole stories, and are no outer statement.
    """
    kept: list[Attribution] = []
    found, refused = _drop_frames(found)
    outer = [one for one in found if one.rule not in ("label:colon", "according to") and not _answers(one)]
    for one in found:
        if _is_voiced(one) or one.cue is None or not any(_holds(other, one) for other in outer):
            kept.append(one)
        else:
            refused.append(Refusal(one.cue, "statements", "part of what a speaker says"))
    return kept, refused


def _answers(one: Attribution) -> bool:
    """Return whether a content is what somebody else said: `rejected the claim that ...`"""
    lemma, _, frame = one.rule.rpartition(":")
    return frame == "object" and lemma in source_words("recipient")


def _drop_frames(found: list[Attribution]) -> tuple[list[Attribution], list[Refusal]]:
    """Return attributions without those whose content is nothing but another cue with its content.

    `declined to criticise the army` and `reiterated his claim that ...` attribute one thing, and the
    inner word says how; the subject of the outer one speaks.
    """
    kept, refused = list(found), []
    for one in found:
        inner = next((other for other in kept if other is not one and _fills(other, one)), None)
        if inner is None or one.cue is None or one not in kept:
            continue
        kept.remove(one)
        refused.append(Refusal(one.cue, "statements", "a verb that only carries the cue beside it"))
        source = one.source or inner.source
        whole = (min(one.cue[0], inner.cue[0]), inner.cue[1]) if inner.cue else one.cue
        kept[kept.index(inner)] = replace(
            inner, source=source, mention=inner.mention or one.mention, cue=whole
        )
    return kept, refused


def _fills(inner: Attribution, one: Attribution) -> bool:
    """Return whether a cue with its content is all that another attribution has for content."""
    lemma, _, frame = one.rule.rpartition(":")
    if inner.cue is None or inner.sentence is not one.sentence or frame not in CARRYING:
        return False
    if lemma in source_words("recipient"):  # "rejected his claim": two people, two statements
        return False
    start, end = one.content[-1]
    gap = [t for t in one.sentence.tokens if start <= one.sentence.offset + t.idx < inner.cue[0]]
    return (
        start <= inner.cue[0]
        and len(gap) <= LONGEST_LEAD
        and all(token.pos_ in LEADS for token in gap)
        and abs(inner.content[-1][1] - end) <= SLACK
        and inner.content[0][0] > start
    )


def _is_voiced(one: Attribution) -> bool:
    """Return whether a source is reported to speak: a chain of sources is worth more than one link."""
    lemma, _, frame = one.rule.rpartition(":")
    if one.source is None:
        return False
    if one.attitude == "order" or lemma in ORDERING:
        return one.source.pos_ in ("NOUN", "PROPN")
    if frame == "to":
        return one.source.pos_ == "PROPN" and lemma in source_words("word given")
    return one.attitude in ("speech", "document") and frame in VOICED


def _holds(other: Attribution, one: Attribution) -> bool:
    """Return whether the content of one attribution holds the cue and the content of another."""
    if other is one or other.sentence.part != one.sentence.part or _size(other) <= _size(one):
        return False
    spans = (*([one.cue] if one.cue else ()), *one.content)
    return all(any(s <= span[0] and span[1] <= e for s, e in other.content) for span in spans)


def _size(one: Attribution) -> int:
    return sum(end - start for start, end in one.content)


def _is_quoted(offset: int, quotes: tuple[Quote, ...]) -> bool:
    return any(quote.start <= offset < quote.end for quote in quotes)


def _names_source(one: Attribution) -> bool:
    verb, _, frame = one.rule.partition(":")
    return (
        one.source is not None
        and one.source.pos_ in ("NOUN", "PROPN")
        and ((frame == "clause" and verb in REPORTED) or verb == "according to")
    )
