from __future__ import annotations

from onrecord.mentions import index_spans
from onrecord.records import Draft, Span, Statement
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.chain_statements import chain_statements
from onrecord.stages.statements.describe_source import describe_source
from onrecord.stages.statements.resolve_speaker import Speakers

QUOTE_MARKS = "\"“”„«»‘’'`″"


DOUBLE_MARKS = ("''", *'"“”«»')


def close_statements(draft: Draft, found: list[Attribution], before: int) -> list[Statement]:
    """Return attributions as statements, numbered after those that came before."""
    speakers = Speakers(draft.actors)
    actors, quantities = {actor.id: actor for actor in draft.actors}, index_spans(draft.quantities)
    statements: list[Statement] = []
    for number, one in enumerate(found, before + 1):
        speaker = speakers.actor_of(one)
        statement = Statement(
            f"s{number}",
            speaker,
            speakers.mention_of(one),
            one.cue,
            one.content,
            kind_of(draft.page.text, one.content),
            via=None,
            within=None,
            part=one.sentence.part,
            rule=one.rule,
            attitude=one.attitude,
            unnamed=describe_source(one, actors.get(speaker or ""), quantities),
        )
        statements.append(statement)
    return chain_statements(statements)


def _is_quoted(words: str) -> bool:
    """Return whether words stand in quotation marks; the last mark is left out where the quote goes on."""
    return words[0] in QUOTE_MARKS and (
        words[-1] in QUOTE_MARKS or not any(mark in words[1:] for mark in DOUBLE_MARKS)
    )


def kind_of(text: str, content: tuple[Span, ...]) -> str:
    """Return direct if all of a content stands in quotation marks, mixed if some does, else indirect."""
    if all(_is_quoted(text[s:e]) for s, e in content):
        return "direct"
    if any(mark in text[s:e] for s, e in content for mark in DOUBLE_MARKS):
        return "mixed"
    return "indirect"
