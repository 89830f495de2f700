"""Counts of persons in the title against those of the opening."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lexicons.figures import figure_cues
from onrecord.records import Check, Draft, Part, Quantity, Sentence
from onrecord.stages.checks.read_figures import show_number
from onrecord.words import Token


def check_counts(draft: Draft) -> Iterator[Check]:
    """Yield a check if the title counts persons of whom the opening says the same in another number.

    Only the first sentence that has the noun and the verb of the title is looked at, and only
    plain numbers: later ones tell of other events, or of what was known earlier.
    """
    title = next((part for part in draft.parts if part.kind == "title"), None)
    body = next((part for part in draft.parts if part.kind == "paragraph"), None)
    if title is None or body is None:
        return
    told = _counted(draft, title)
    opening = _counted(draft, body)
    for (noun, verb), quantity in told.items():
        other = opening.get((noun, verb))
        if other is not None and len(told) == 1:
            yield _check_count(draft, quantity, other, noun)


def _counted(draft: Draft, part: Part) -> dict[tuple[str, str], Quantity]:
    """Return the exact counts of persons in the first sentence of a part, by noun and verb."""
    sentence = next((item for item in draft.sentences if part.start <= item.start < part.end), None)
    if sentence is None:
        return {}
    found: dict[tuple[str, str], Quantity] = {}
    doubtful = set()
    for quantity in draft.quantities:
        if not sentence.start <= quantity.mention[0] < sentence.end or quantity.unit is not None:
            continue
        key = _governor(sentence, quantity)
        if key is None:
            continue
        if key in found or quantity.modifier is not None or quantity.value is None:
            doubtful.add(key)
        found[key] = quantity
    return {key: quantity for key, quantity in found.items() if key not in doubtful}


def _governor(sentence: Sentence, quantity: Quantity) -> tuple[str, str] | None:
    """Return (noun, verb) lemmas over a count of persons, None if it is not what a verb is done to."""
    token = next(
        (t for t in sentence.tokens if sentence.offset + t.idx + len(t.text) >= quantity.mention[1]), None
    )
    if token is None or token.dep_ != "nummod":
        return None
    noun: Token = token.head
    if noun.lower_ not in figure_cues("group") | figure_cues("person") or noun.dep_ not in (
        "nsubjpass",
        "dobj",
    ):
        return None
    return noun.lemma_.lower(), noun.head.lemma_.lower()


def _check_count(draft: Draft, title: Quantity, body: Quantity, noun: str) -> Check:
    text = draft.page.text
    agrees = title.value == body.value
    said, other = text[slice(*title.mention)], text[slice(*body.mention)]
    note = (
        f"Title and opening both say {said}."
        if agrees
        else f"The title says {said}, the opening {other} for {noun}."
    )
    return Check(
        id="",
        kind="count",
        verdict="consistent" if agrees else "inconsistent",
        stated=title.value,
        expected=body.value,
        spans=(title.mention, body.mention),
        note=note
        if agrees or not title.value or not body.value
        else f"{note[:-1]} ({show_number(title.value)} and {show_number(body.value)}).",
        rule="count:title",
    )
