"""The words of a story that might name events, each with what the codebook makes of it and its traits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from onrecord.ontology.entries import Codebook
from onrecord.records import Sentence
from onrecord.stages.events.name_traits import (
    QUOTED,
    is_candidate,
    mask,
    name_traits,
    place_traits,
    sentence_traits,
)
from onrecord.stages.events.propose_events import Outcome, propose_events
from onrecord.stages.events.refuse_acts import read_report
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.story import Story
from onrecord.stages.events.write_event import Coded, plover_told
from onrecord.words import Token

REASON = 40
"""Characters of a refusal's reason that make a trait; what follows names the page's own words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that might name an event."""

    token: Token
    outcomes: tuple[Outcome, ...]
    """What the codebook proposes or turns down at this word."""
    traits: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scan:
    """A sentence, the finder of its actors and its candidates in text order."""

    sentence: Sentence
    finder: ActorFinder
    candidates: tuple[Candidate, ...]
    shared: tuple[str, ...]
    """Traits of all its candidates."""


def list_candidates(story: Story, book: Codebook) -> list[Scan]:
    """Return the sentences of a story with their candidates, in text order."""
    direct = (one for one in story.draft.statements if one.kind != "indirect")
    quoted = {place for one in direct for span in one.content for place in range(*span)}
    report = read_report(story.sentences, book)
    scans = []
    for number, sentence in enumerate(story.sentences):
        finder = ActorFinder(sentence, story.actors, story.known)
        outcomes = list(propose_events(sentence, finder, book, report))
        kind = story.parts[sentence.part].kind
        masks = [mask(token) for token in sentence.tokens]
        candidates = _read_words(sentence, outcomes, book, masks, quoted)
        shared = (*_shared_traits(sentence, outcomes, book, masks), *place_traits(kind, number))
        scans.append(Scan(sentence, finder, tuple(candidates), shared))
    return scans


def _read_words(
    sentence: Sentence, outcomes: Sequence[Outcome], book: Codebook, masks: Sequence[str], quoted: Set[int]
) -> Iterator[Candidate]:
    """Yield the candidates of a sentence; `quoted` are the offsets of the page inside quotations."""
    words = list(sentence.tokens)
    at: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        at.setdefault(outcome.at, []).append(outcome)
    for token in words:
        own = at.get(token.i, [])
        if own or is_candidate(token):
            traits = name_traits(token, words, masks)
            if sentence.offset + token.idx in quoted:
                traits.append(QUOTED)
            traits += codebook_traits(own, book)
            yield Candidate(token, tuple(own), traits)


def _shared_traits(
    sentence: Sentence, outcomes: Sequence[Outcome], book: Codebook, masks: Sequence[str]
) -> Iterator[str]:
    """Yield what all candidates of a sentence share: its content words, the types that the codebook has."""
    yield from sentence_traits(list(sentence.tokens), masks)
    types = {type_of(one.coded, book) for one in outcomes if one.coded is not None}
    yield from (f"codebook has {name} in the sentence" for name in sorted(types))


def codebook_traits(outcomes: Sequence[Outcome], book: Codebook) -> Iterator[str]:
    """Yield what the codebook proposes at a word, or why it turned the word down."""
    if not outcomes:
        yield "not in the codebook"
    for outcome in outcomes:
        if outcome.refusal is not None:
            yield f"codebook refuses: {outcome.refusal.reason[:REASON]}"
        if outcome.coded is not None:
            yield from _coded_traits(outcome.coded, book)


def _coded_traits(item: Coded, book: Codebook) -> Iterator[str]:
    name = type_of(item, book)
    sides = f"{'a' if item.by else 'no'} source and {'a' if item.to else 'no'} target"
    yield f"codebook {name}"
    yield f"codebook entry {item.rule}"
    yield f"codebook code {item.code[:3]}"
    yield f"codebook status {item.status}"
    yield f"codebook {name}, {item.status}"
    yield f"codebook with {sides}"
    yield f"codebook {name} with {sides}"
    yield f"source by {item.slots[0] or 'nothing'}"
    yield f"target by {item.slots[1] or 'nothing'}"


def type_of(item: Coded, book: Codebook) -> str:
    """Return the PLOVER type, with its mode, that the codebook gives; STATEMENT where it has none."""
    if not item.coded:
        return "without a type"
    plover = plover_told(item, book)
    return plover.type if plover else "STATEMENT"
