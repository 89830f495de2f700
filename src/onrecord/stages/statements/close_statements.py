from __future__ import annotations

from onrecord.records import Draft, Span, Statement
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.chain_statements import chain_statements
from onrecord.stages.statements.resolve_speaker import Speakers, mention_of

QUOTE_MARKS = "\"“”„«»‘’'`″"


def close_statements(draft: Draft, found: list[Attribution], before: int) -> list[Statement]:
    """Return attributions as statements, numbered after those that came before."""
    speakers = Speakers(draft.actors)
    statements: list[Statement] = []
    for number, one in enumerate(found, before + 1):
        statement = Statement(
            f"s{number}",
            speakers.actor_of(one),
            mention_of(one),
            one.cue,
            one.content,
            kind_of(draft.page.text, one.content),
            via=None,
            within=None,
            part=one.sentence.part,
            rule=one.rule,
            attitude=one.attitude,
        )
        statements.append(statement)
    return chain_statements(statements)


def kind_of(text: str, content: tuple[Span, ...]) -> str:
    """Return direct if all of a content stands in quotation marks, mixed if some does, else indirect."""
    if all(text[s] in QUOTE_MARKS and text[e - 1] in QUOTE_MARKS for s, e in content):
        return "direct"
    if any(mark in text[s:e] for s, e in content for mark in ("''", *'"“”«»')):
        return "mixed"
    return "indirect"
