from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.grammar import child_with, has_to, subject_of
from onrecord.lexicons import load
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.measure_spans import absorb_quotes, place_of, span_between, trim_span
from onrecord.stages.statements.source_words import words_of
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
    for child in noun.rights:
        frame = _frame_of(child)
        entry = frames.get(frame) if frame else None
        if frame is None or entry is None:
            continue
        first = child if child.dep_ != "prep" else child_with(child, "pobj", "pcomp")
        if first is None:
            continue
        span = span_between(scene, first.left_edge, child.right_edge)
        trimmed = trim_span(scene.text, absorb_quotes(scene, span, place_of(scene, noun)[0]))
        if trimmed:
            cue = place_of(scene, noun)
            rule = f"{noun.lemma_.lower()}:noun {frame}"
            return Attribution(scene.sentence, (trimmed,), rule, owner_of(noun), None, cue, entry.attitude)
    return None


def _is_purpose(noun: Token) -> bool:
    """Return whether a noun is part of `in order to`."""
    return noun.lower_ == "order" and noun.i > 0 and noun.nbor(-1).lower_ == "in"


def _frame_of(child: Token) -> str | None:
    """Return how a dependent completes a noun; None if it is no complement of the kind that is read."""
    if child.dep_ in ("acl", "ccomp", "relcl", "xcomp"):
        if any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children):
            return "clause"
        if has_to(child):
            return "to"
        return None
    return child.lower_ if child.dep_ == "prep" else None


def owner_of(noun: Token) -> Token | None:
    """Return who a noun attributes its content to: `her claim`, `a claim by X`, `X made the claim`."""
    owner = child_with(noun, "poss")
    if owner is not None:
        return owner
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "from"):
            return child_with(prep, "pobj")
    is_given = noun.dep_ == "dobj" and noun.head.lemma_.lower() not in words_of("recipient")
    if noun.pos_ == "ADJ" or noun.dep_ == "attr" or is_given:
        return subject_of(noun.head)
    return None
