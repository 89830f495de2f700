from __future__ import annotations

from collections.abc import Iterable

from onrecord.records import Refusal
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.find_quotes import Quote

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


def _is_quoted(offset: int, quotes: tuple[Quote, ...]) -> bool:
    return any(quote.start <= offset < quote.end for quote in quotes)


def _names_source(one: Attribution) -> bool:
    verb, _, frame = one.rule.partition(":")
    return (
        one.source is not None
        and one.source.pos_ in ("NOUN", "PROPN")
        and ((frame == "clause" and verb in REPORTED) or verb == "according to")
    )
