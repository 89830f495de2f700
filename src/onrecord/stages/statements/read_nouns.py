from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from onrecord.clauses.arcs import mark_of
from onrecord.grammar import children_with, has_to
from onrecord.lexicons import load
from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.end_content import TIMES
from onrecord.stages.statements.find_speaker import find_owner, name_source
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between, trim_span
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token


@dataclass(frozen=True, slots=True)
class AttributionNoun:
    """Nouns and adjectives that attribute what follows them."""

    name: str
    lemmas: tuple[str, ...]
    frames: tuple[str, ...]
    """clause (`the claim that ...`), to (`an order to ...`), toward (`loyalty to ...`) or prepositions."""
    source: str
    attitude: str = "speech"


@cache
def nouns_by_lemma() -> dict[str, dict[str, AttributionNoun]]:
    """Return, for each lemma and frame, the entry that allows it."""
    table: dict[str, dict[str, AttributionNoun]] = {}
    for entry in load("attribution_nouns", AttributionNoun):
        for lemma in entry.lemmas:
            table.setdefault(lemma, {}).update(dict.fromkeys(entry.frames, entry))
    return table


def read_nouns(scene: Scene) -> Iterator[Attribution]:
    """Yield what nouns and adjectives of saying and thinking attribute, one attribution for each."""
    table = nouns_by_lemma()
    for token in scene.sentence.tokens:
        frames = table.get(token.lemma_.lower()) if token.pos_ in ("NOUN", "ADJ") else None
        if frames is not None and not (_is_purpose(token) or _is_kept_back(token) or _is_ensured(token)):
            yield from islice(_read_frames(scene, token, frames), 1)


def _read_frames(scene: Scene, noun: Token, frames: dict[str, AttributionNoun]) -> Iterator[Attribution]:
    completing = sorted((*noun.rights, *_beside(noun)), key=lambda child: _frame_of(child) == "of")
    for child in completing:  # "the claims of Chad that it won": whose they are stands before what they are
        frame = _frame_of(child)
        for span in _content_of(scene, noun, child) if frame in frames else ():
            yield name_source(
                scene,
                noun.head,
                find_owner(noun),
                Attribution(
                    scene.sentence,
                    (span,),
                    f"{noun.lemma_.lower()}:noun {frame}",
                    cue=place_of(scene, noun),
                    attitude=frames[frame].attitude,
                    entry=frames[frame].name,
                ),
            )


def _content_of(scene: Scene, noun: Token, child: Token) -> Iterator[Span]:
    """Yield the span of what completes a noun; none for a preposition that only announces a quotation."""
    is_phrase = child.dep_ == "prep"
    held = [c for c in children_with(child, "pobj", "pcomp") if c.ent_type_ not in TIMES]
    for first in held if is_phrase else [child]:  # not: "in comments on Monday"
        span = absorb_quotes(
            scene, span_between(scene, first.left_edge, child.right_edge), place_of(scene, noun)[0]
        )
        if not (is_phrase and _is_heading(scene, span)):
            yield from filter(None, [trim_span(scene.text, span)])


def _is_purpose(noun: Token) -> bool:
    """Return whether a noun is part of `in order to`."""
    return noun.lower_ == "order" and noun.doc[max(0, noun.i - 1)].lower_ == "in"


def _is_kept_back(noun: Token) -> bool:
    """Return whether somebody leaves words unsaid: `has avoided criticism of the union`."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in source_words("avoiding")


def _is_ensured(adjective: Token) -> bool:
    """Return whether an adjective tells what somebody brings about: `make sure that it is closed`."""
    return adjective.head.lemma_ == "make" and adjective.lower_ in source_words("ensured")


def _beside(noun: Token) -> list[Token]:
    """Return the clauses that the parse hung on the verb of an adjective: `made it clear that ...`"""
    return children_with(noun.head, "ccomp") if noun.dep_ in ("acomp", "oprd", "ccomp") else []


def _frame_of(child: Token) -> str:
    """Return how a dependent completes a noun; empty if it does not.

    `clause`, `to` (an infinitive), `toward` (`commitment to peace`) or its preposition.
    """
    if child.dep_ == "prep":
        return "toward" if child.lower_ == "to" else child.lower_
    if mark_of(child) == "that":
        return "clause"
    return "to" if has_to(child) else ""


def _is_heading(scene: Scene, span: Span) -> bool:
    """Return whether a quotation is what a noun announces: `had one wish for the town: “Let us fish.”`"""
    return any(":" in scene.text[span[0] : quote.start] for quote in scene.quotes)
