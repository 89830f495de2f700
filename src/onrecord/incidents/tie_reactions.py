"""What a reaction is about: the act in `condemned the launch`, told by this page or by another one."""

from __future__ import annotations

from functools import cache

from onrecord.incidents.compare_events import compare_settings
from onrecord.incidents.sketch import EventSketch, PageSketch
from onrecord.incidents.weigh_pair import Hint, weigh_traits
from onrecord.incidents.weigh_words import compare_words, stem_word
from onrecord.ontology import read_codebook

REACTIONS = frozenset(("ACCUSE", "PROTEST", "REJECT", "REQUEST", "STATEMENT", "SUPPORT", "THREATEN"))
"""Types of acts that answer another one."""
SAME_PAGE = 0.35
"""What stands for the likeness of the pages if there is but one: most pages tell one story."""
TIE = 0.3
"""Sum of weights from which a reaction is about an act."""


def weigh_tie(
    reaction: EventSketch, act: EventSketch, first: PageSketch, second: PageSketch, likeness: float
) -> tuple[Hint, ...]:
    """Return what speaks for and against a reaction being about an act; nothing if it names no such act."""
    if reaction.act.type not in REACTIONS or act.act.type in REACTIONS or reaction.act.type == act.act.type:
        return ()
    named = _weigh_named(reaction, act)
    if named is None:
        return ()
    same = first.id == second.id
    story = SAME_PAGE if same else likeness
    return (
        named,
        Hint(story, "same page" if same else "pages {:.2f} alike", () if same else (likeness,)),
        *_weigh_sides(reaction, act),
        *weigh_traits(compare_settings(reaction, act, first, second)),
    )


def _weigh_named(reaction: EventSketch, act: EventSketch) -> Hint | None:
    """Return that the clause of a reaction names the act: by the same word, or by one for such acts."""
    words = reaction.words - {reaction.trigger}
    if act.trigger in words:
        return Hint(0.15, "its clause has the word: {}", (act.trigger,))
    named = sorted(word for word in words if act.act.type in act_words().get(word, ()))
    return Hint(0.05, "its clause names such an act: {}", (", ".join(named[:2]),)) if named else None


def _weigh_sides(reaction: EventSketch, act: EventSketch) -> tuple[Hint, ...]:
    """Return what those say who react, are reacted to, and take part in the act."""
    found: list[Hint] = []
    own = compare_words(reaction.own_names, act.own_names)
    if own:
        found.append(Hint(0.2 * own, "same actors"))
    blamed = reaction.target_countries & act.source_countries
    if blamed:
        found.append(Hint(0.1, "reacts to who acted: {}", (", ".join(sorted(blamed)),)))
    elif reaction.target_countries and act.source_countries:
        found.append(Hint(-0.1, "reacts to somebody else"))
    hurt = reaction.source_countries & act.target_countries
    if hurt:
        found.append(Hint(0.05, "who reacts was acted on: {}", (", ".join(sorted(hurt)),)))
    return tuple(found)


@cache
def act_words() -> dict[str, frozenset[str]]:
    """Return for the stem of each noun and verb of the codebook which types of act it names."""
    book = read_codebook()
    found: dict[str, set[str]] = {}
    for patterns in (book.nouns, book.verbs):
        for lemma, some in patterns.items():
            for pattern in some:
                entry = pattern.entry
                code = book.codes.get(entry.code)
                kind = entry.act.split("/")[0] or (code.type if code is not None else None)
                if kind and kind not in REACTIONS:
                    found.setdefault(stem_word(lemma), set()).add(kind)
    return {stem: frozenset(kinds) for stem, kinds in sorted(found.items())}
