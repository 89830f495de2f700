from __future__ import annotations

from collections.abc import Iterator

from onrecord.mentions import MentionIndex, is_comment
from onrecord.records import Actor, Draft, Part, Span

PRONOUN = "pronoun"
SHE, HE = frozenset(("she", "her", "hers", "herself")), frozenset(("he", "him", "his", "himself"))


def index_meant(draft: Draft) -> MentionIndex[Actor]:
    """Return who is meant at each mention: `he` in an answer is the last person of what it answers."""
    pairs = [(span, actor) for actor in draft.actors for span in actor.mentions]
    known = MentionIndex(pairs)
    parts = {part.id: part for part in draft.parts if is_comment(part)}
    meant: dict[Span, Actor] = {}
    for part in parts.values():
        if part.reply_to is None:
            continue
        for span, actor in known.within((part.start, part.end)):
            if _is_nobody(actor) and (person := _find_person(draft, part, parts, known, actor)):
                meant[span] = person
    return MentionIndex((span, meant.get(span, actor)) for span, actor in pairs)


def _is_nobody(actor: Actor) -> bool:
    """Whether an actor is known by pronouns alone."""
    return actor.type == "person" and all(how == PRONOUN for how in actor.resolved)


def _find_person(
    draft: Draft, part: Part, parts: dict[str, Part], known: MentionIndex[Actor], actor: Actor
) -> Actor | None:
    """Return the last person of the nearest comment above in the thread that names one of that sex."""
    wanted = _read_sex(draft, actor)
    for above in _climb(part, parts):
        people = [one for _, one in known.within((above.start, above.end)) if one.type == "person"]
        fitting = [one for one in people if not _is_nobody(one) and _read_sex(draft, one) in (wanted, None)]
        if fitting:
            return fitting[-1]
    return None


def _climb(part: Part, parts: dict[str, Part]) -> Iterator[Part]:
    seen = {part.id}
    while part.reply_to in parts and part.reply_to not in seen:
        part = parts[part.reply_to]
        seen.add(part.id)
        yield part


def _read_sex(draft: Draft, actor: Actor) -> str | None:
    """Return `she` or `he` by the pronouns that stand for an actor, None if none does or both do."""
    said = {
        draft.page.text[start:end].lower()
        for (start, end), how in zip(actor.mentions, actor.resolved, strict=False)
        if how == PRONOUN
    }
    found = [name for name, forms in (("she", SHE), ("he", HE)) if said & forms]
    return found[0] if len(found) == 1 else None
