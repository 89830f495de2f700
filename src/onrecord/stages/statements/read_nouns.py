from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.grammar import child_with, has_to
from onrecord.lexicons import load
from onrecord.records import Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.find_speaker import find_owner, relative_of
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between, trim_span
from onrecord.words import Token


@dataclass(frozen=True, slots=True)
class AttributionNoun:
    """Nouns and adjectives that attribute what follows them."""

    name: str
    lemmas: tuple[str, ...]
    frames: tuple[str, ...]
    """clause (`the claim that ...`), to (`an order to ...`) or prepositions."""
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
    """Yield what nouns and adjectives of saying and thinking attribute."""
    table = nouns_by_lemma()
    for token in scene.sentence.tokens:
        if token.pos_ in ("NOUN", "ADJ"):
            frames = table.get(token.lemma_.lower())
            found = frames and _read_noun(scene, token, frames)
            if found:
                yield found


def _read_noun(scene: Scene, noun: Token, frames: dict[str, AttributionNoun]) -> Attribution | None:
    if _is_purpose(noun):
        return None
    for child in (*noun.rights, *_beside(noun)):
        frame = _frame_of(child)
        entry = frames.get(frame) if frame else None
        if frame is None or entry is None:
            continue
        first = child if child.dep_ != "prep" else child_with(child, "pobj", "pcomp")
        if first is None:
            continue
        span = span_between(scene, first.left_edge, child.right_edge)
        trimmed = trim_span(scene.text, absorb_quotes(scene, span, place_of(scene, noun)[0]))
        if trimmed and not (child.dep_ == "prep" and _is_heading(scene, trimmed)):
            cue = place_of(scene, noun)
            rule = f"{noun.lemma_.lower()}:noun {frame}"
            owner = find_owner(noun)
            source, path = (owner.token, owner.path) if owner is not None else (None, "")
            mention = _relative_mention(scene, noun, source)
            return Attribution(
                scene.sentence, (trimmed,), rule, source, mention, cue, entry.attitude, entry.name, path
            )
    return None


def _is_purpose(noun: Token) -> bool:
    """Return whether a noun is part of `in order to`."""
    return noun.lower_ == "order" and noun.i > 0 and noun.nbor(-1).lower_ == "in"


def _beside(noun: Token) -> list[Token]:
    """Return the clauses that the parse hung on the verb of an adjective: `made it clear that ...`"""
    if noun.pos_ != "ADJ" or noun.dep_ not in ("acomp", "oprd", "ccomp"):
        return []
    return [c for c in noun.head.rights if c.dep_ in ("ccomp", "advcl") and c.i > noun.i and c is not noun]


def _frame_of(child: Token) -> str | None:
    """Return how a dependent completes a noun; None if it is no complement of the kind that is read."""
    if child.dep_ in ("acl", "ccomp", "relcl", "xcomp"):
        if any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children):
            return "clause"
        if has_to(child):
            return "to"
        return None
    return child.lower_ if child.dep_ == "prep" else None


def _is_heading(scene: Scene, span: Span) -> bool:
    """Return whether a quotation is what a noun announces: `had one wish for the town: “Let us fish.”`"""
    return any(span[0] < quote.start and ":" in scene.text[span[0] : quote.start] for quote in scene.quotes)


def _relative_mention(scene: Scene, noun: Token, owner: Token | None) -> Span | None:
    """Return where the relative pronoun of an owner stands: `those who are loyal to the crown`."""
    if owner is None or owner.i > noun.i or noun.dep_ not in ("acomp", "attr", "dobj"):
        return None
    pronoun = relative_of(noun.head)
    return place_of(scene, pronoun) if pronoun is not None else None
