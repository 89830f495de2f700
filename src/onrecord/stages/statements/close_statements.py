from __future__ import annotations

from collections.abc import Iterator

from onrecord.mentions import MentionIndex
from onrecord.records import Actor, Draft, Evidence, Span, Statement
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.chain_statements import chain_statements
from onrecord.stages.statements.describe_source import describe_source
from onrecord.stages.statements.resolve_speaker import Speakers

QUOTE_MARKS = "\"“”„«»‘’'`″"


DOUBLE_MARKS = ("''", *'"“”«»')


def close_statements(draft: Draft, found: list[Attribution], before: int) -> list[Statement]:
    """Return attributions as statements, numbered after those that came before."""
    speakers = Speakers(draft.actors)
    counts = MentionIndex(
        (one.mention, int(one.value)) for one in draft.quantities if one.value and one.value % 1 == 0
    )
    statements: list[Statement] = []
    for number, one in enumerate(found, before + 1):
        actor, how = speakers.actor_of(one)
        mention = speakers.mention_of(one)
        statement = Statement(
            f"s{number}",
            actor.id if actor is not None else None,
            mention,
            one.cue,
            one.content,
            kind_of(draft.page.text, one.content),
            via=None,
            within=None,
            part=one.sentence.part,
            rule=one.rule,
            attitude=one.attitude,
            unnamed=describe_source(one, actor, counts),
            evidence=tuple(_list_evidence(one, mention, actor, how)),
        )
        statements.append(statement)
    return chain_statements(statements)


def _list_evidence(
    one: Attribution, mention: Span | None, actor: Actor | None, how: str
) -> Iterator[Evidence]:
    """Yield what decided a statement: the cue's entry, the path to the speaker, actor, construction."""
    if one.cue is not None:
        yield Evidence(one.entry or one.rule, "cue", one.cue)
    if mention is not None:
        yield Evidence(one.path or one.rule, "speaker", mention)
    if actor is not None:
        yield Evidence(how, "actor", mention, actor.id)
    frame = one.rule.rpartition(":")[2]
    for span in one.content:
        yield Evidence(frame, "content", span)


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
