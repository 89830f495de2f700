from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.grammar import is_negated
from onrecord.records import Refusal
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.find_quotes import Quote
from onrecord.stages.statements.measure_spans import encloses
from onrecord.stages.statements.source_words import source_words

CARRYING = ("object", "to")
"""Constructions whose content may be another cue with its own content."""
LEADS = ("PART", "DET", "PRON", "ADJ", "ADV")
SLACK = 2
"""Characters by which two contents that end together may differ: a quotation mark, a comma."""
VOICED = ("clause", "quote", "according to")
"""Constructions in which somebody is heard, and not only said to hope or to plan."""
SOURCES = ("NOUN", "PROPN")
OPEN = ("label:colon", "according to")
"""Rules whose contents hold statements of their own: turns of an interview, and what a source relays."""


def refuse_inner(
    found: Iterable[Attribution], quotes: tuple[Quote, ...]
) -> tuple[list[Attribution], list[Refusal]]:
    """Return the attributions that hold, and refusals of those that only a quoted speaker makes.

    Inside a quotation, `I think` and `they want` are the speaker's own words. Only a named source
    that is quoted in turn (“the ministry has stated that ...”) is an attribution of its own.
    """
    kept, refused = [], []
    for one in found:
        if not _is_quoted(one.point[0], quotes) or _names_source(one):
            kept.append(one)
        else:
            refused.append(Refusal(one.point, "statements", "the words of a quoted speaker"))
    return kept, refused


def _is_quoted(offset: int, quotes: tuple[Quote, ...]) -> bool:
    return any(quote.start <= offset < quote.end for quote in quotes)


def _names_source(one: Attribution) -> bool:
    is_named = one.source is not None and one.source.pos_ in SOURCES
    return is_named and one.rule.partition(":")[0] in source_words("reporting") and not _is_denied(one)


def _is_denied(one: Attribution) -> bool:
    """Return whether somebody has not said something: `the rebels have not declared that they are done`."""
    at = one.point[0] - one.sentence.offset
    return any(token.idx == at and is_negated(token) for token in one.sentence.tokens)


def refuse_told(found: list[Attribution]) -> tuple[list[Attribution], list[Refusal]]:
    """Return the attributions that hold, and refusals of what is part of another one's content.

    In `The mayor said she hoped to keep her promise to rebuild`, hope and promise are what the mayor
    says. Only somebody who is reported to speak there has a statement of his own: `RT says that Ruiz
    said ...`, `Lind said that Ruiz had promised to pay`.
    """
    found, refused = _drop_carriers(found)
    outer = [one for one in found if one.rule not in OPEN and not _answers(one)]
    kept = [one for one in found if _is_voiced(one) or not any(encloses(other, one) for other in outer)]
    told = [
        Refusal(one.point, "statements", "part of what a speaker says") for one in found if one not in kept
    ]
    return kept, [*refused, *told]


def _answers(one: Attribution) -> bool:
    """Return whether a content is what somebody else said: `rejected the claim that ...`"""
    lemma, _, frame = one.rule.rpartition(":")
    return frame == "object" and lemma in source_words("recipient")


def _is_voiced(one: Attribution) -> bool:
    """Return whether a source is reported to speak: a chain of sources is worth more than one link."""
    lemma, _, frame = one.rule.rpartition(":")
    if one.source is None:
        return False
    if one.attitude == "order":
        return one.source.pos_ in SOURCES
    if frame == "to":
        return one.source.pos_ == "PROPN" and lemma in source_words("word given")
    return one.attitude in ("speech", "document") and frame in VOICED


def _drop_carriers(found: list[Attribution]) -> tuple[list[Attribution], list[Refusal]]:
    """Return attributions without those whose content is nothing but another cue with its content.

    `declined to criticise the army` and `reiterated his claim that ...` attribute one thing, and the
    inner word says how; the subject of the outer one speaks.
    """
    kept, refused = list(found), []
    for one in found:
        inner = next((other for other in kept if _fills(other, one)), None)
        if inner is None or one not in kept:
            continue
        kept.remove(one)
        refused.append(Refusal(one.point, "statements", "a verb that only carries the cue beside it"))
        kept[kept.index(inner)] = replace(
            inner,
            source=one.source or inner.source,
            mention=one.mention,
            cue=(min(one.point[0], inner.point[0]), inner.point[1]),
        )
    return kept, refused


def _fills(inner: Attribution, one: Attribution) -> bool:
    """Return whether a cue with its content is all that another attribution has for content."""
    lemma, _, frame = one.rule.rpartition(":")
    if frame not in CARRYING or lemma in source_words("recipient"):  # "rejected his claim": two statements
        return False
    start, end = one.content[-1]
    if not start <= inner.point[0] < inner.content[0][0] or abs(inner.content[-1][1] - end) > SLACK:
        return False
    lead = (t for t in one.sentence.tokens if start <= one.sentence.offset + t.idx < inner.point[0])
    return all(token.pos_ in LEADS for token in lead)
