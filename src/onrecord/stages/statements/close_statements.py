from __future__ import annotations

from spacy.tokens import Token

from onrecord.mentions import Mentioned, MentionIndex, index_mentions
from onrecord.records import Actor, Draft, Span, Statement
from onrecord.stages.statements.attribution import Attribution

QUOTE_MARKS = "\"“”„«»‘’'`″"


def close_statements(draft: Draft, found: list[Attribution], before: int) -> list[Statement]:
    """Return attributions as statements, numbered after those that came before."""
    index = index_mentions(draft.actors)
    text = draft.page.text
    statements: list[Statement] = []
    running: str | None = None
    for number, one in enumerate(found, before + 1):
        mention = mention_of(one)
        speaker = actor_at(index, one) if mention else (running if one.alone else None)
        statements.append(
            Statement(
                f"s{number}",
                speaker,
                mention,
                one.cue,
                one.content,
                kind_of(text, one.content),
                None,
                None,
                one.sentence.part,
                one.rule,
                one.attitude,
            )
        )
        if (speaker and kind_of(text, one.content) != "indirect") or one.attitude == "speech":
            running = speaker or running
    return statements


def mention_of(one: Attribution) -> Span | None:
    """Return the span of the noun phrase that names who speaks, relative clauses left out."""
    head = one.source
    if head is None:
        return None
    tokens = [
        head,
        *(
            t
            for c in head.children
            if c.dep_ not in ("relcl", "punct", "acl", "cc", "conj")
            for t in c.subtree
        ),
    ]
    first = min(tokens, key=lambda t: t.i)
    last = max(tokens, key=lambda t: t.i)
    offset = one.sentence.offset
    return offset + first.idx, offset + last.idx + len(last.text)


def actor_at(index: MentionIndex[Mentioned], one: Attribution) -> str | None:
    """Return the id of the actor who speaks, None if the one who speaks is no known actor."""
    head: Token | None = one.source
    if head is None:
        return None
    start = one.sentence.offset + head.idx
    actor = index.at((start, start + len(head.text)))
    return actor.id if isinstance(actor, Actor) else None


def kind_of(text: str, content: tuple[Span, ...]) -> str:
    """Return direct if all of a content stands in quotation marks, mixed if some does, else indirect."""
    quoted = [text[s] in QUOTE_MARKS and text[e - 1] in QUOTE_MARKS for s, e in content]
    if all(quoted):
        return "direct"
    if any(mark in text[s:e] for s, e in content for mark in '"“”«»'):
        return "mixed"
    return "indirect"
