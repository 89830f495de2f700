"""The report as a whole: its sentences in order, and what earlier stages found in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.dates import find_dateline
from onrecord.mentions import MentionIndex, comment_parts, index_mentions, index_spans
from onrecord.records import Actor, Draft, Part, Place, Quantity, Sentence, Span, Statement, Time
from onrecord.stages.events.relate_words import function_of, word_at
from onrecord.words import Token

ALONE = 3
"""Texts of so many sentences are no story: the models have learned from whole reports what else is told."""
OFTEN = 3
"""So many actors are those whom a report names most."""


@dataclass(frozen=True)
class Story:
    """What a page tells, by where it stands."""

    draft: Draft
    sentences: tuple[Sentence, ...]
    """Of the report, or of one comment, which is a story of its own; in text order."""
    members: frozenset[str]
    """Ids of the parts that belong to it."""
    published: str | None
    """ISO day on which it was told."""
    times: MentionIndex[Time]
    places: MentionIndex[Place]
    actors: MentionIndex[Actor]
    known: dict[str, Actor]
    statements: tuple[tuple[Span, Statement], ...]
    spots: dict[Span, tuple[int, Token, str]] = field(default_factory=dict)
    """What `spot` has found."""
    standings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the page as a whole says of each place, by id, once it was asked for."""

    @cached_property
    def starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def parts(self) -> dict[str, Part]:
        return {part.id: part for part in self.draft.parts}

    @cached_property
    def dateline(self) -> Span | None:
        """Where the dateline stands that opens the report; None if it has none."""
        kinds = ((part.id in self.members and part.kind, part) for part in self.draft.parts)
        first = next((part for kind, part in kinds if kind == "paragraph"), None)
        if first is None:
            return None
        end, _ = find_dateline(self.draft.page.text, first.start, first.end)
        return (first.start, end) if end > first.start else None

    @cached_property
    def lead(self) -> int:
        """The place of the first sentence that is no title."""
        kinds = (self.parts[sentence.part].kind for sentence in self.sentences)
        return next((n for n, kind in enumerate(kinds) if kind != "title"), 0)

    @cached_property
    def by_lemma(self) -> dict[str, list[tuple[int, Token]]]:
        """The verbs and nouns of the report by lemma, with the place of their sentence."""
        found: dict[str, list[tuple[int, Token]]] = {}
        for n, sentence in enumerate(self.sentences):
            for token in sentence.tokens:
                if token.pos_ in ("VERB", "NOUN"):
                    found.setdefault(token.lemma_.lower(), []).append((n, token))
        return found

    @cached_property
    def often(self) -> list[Actor]:
        """The actors of the report with most mentions."""
        counted = sorted(self.draft.actors, key=lambda actor: -self.counts[actor.id])
        return [actor for actor in counted[:OFTEN] if self.counts[actor.id]]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often the story mentions each actor and place, by id; comments do not count in a report."""
        found: tuple[Actor | Place, ...] = (*self.draft.actors, *self.draft.places)
        return {one.id: sum(map(self.holds, one.mentions)) for one in found}

    def speaker_at(self, offset: int) -> str | None:
        """Return who says what stands at an offset, by the innermost statement; None if nobody does."""
        found = (statement for span, statement in self.statements if span[0] <= offset < span[1])
        return next((statement.speaker for statement in found), None)

    @cached_property
    def numbers(self) -> MentionIndex[Quantity]:
        """The numbers of the page by where they stand."""
        return index_spans(self.draft.quantities)

    def numbers_in(self, span: Span) -> list[Quantity]:
        """Return the numbers that stand in a span, in text order."""
        return [one for _, one in self.numbers.within(span)]

    def spot(self, span: Span) -> tuple[int, Token, str]:
        """Return the place of the sentence that holds a span, its head word, and what that is there."""
        if span not in self.spots:
            number = self.number_of(span[0])
            word = word_at(self.sentences[number], span)
            self.spots[span] = (number, word, function_of(word))
        return self.spots[span]

    def number_of(self, offset: int) -> int:
        """Return the place of the sentence that holds an offset of the page."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def holds(self, span: Span) -> bool:
        """Return whether a span stands in the story."""
        return self.draft.parts[bisect_right(self._part_starts, span[0]) - 1].id in self.members

    @cached_property
    def _part_starts(self) -> list[int]:
        return [part.start for part in self.draft.parts]


def index_stories(draft: Draft) -> Iterator[Story]:
    """Yield the story that a report tells, then that of each comment that was parsed."""
    voices = comment_parts(draft)
    told = {part.id: part.published for part in draft.parts}
    report = frozenset(told) - voices
    by_part: dict[str, list[Sentence]] = {"": []}
    for sentence in draft.sentences:
        by_part.setdefault(sentence.part if sentence.part in voices else "", []).append(sentence)
    finding = (index_spans(draft.times), index_mentions(draft.places), index_mentions(draft.actors))
    known = {actor.id: actor for actor in draft.actors}
    statements = index_statements(draft)
    for name, sentences in by_part.items():
        members = frozenset({name}) if name else report
        day = told.get(name) or draft.page.published
        yield Story(draft, tuple(sentences), members, day, *finding, known, statements)


def index_statements(draft: Draft) -> tuple[tuple[Span, Statement], ...]:
    """Return the content spans of the statements, the shortest first."""
    spans = [(span, statement) for statement in draft.statements for span in statement.content]
    return tuple(sorted(spans, key=lambda pair: (pair[0][1] - pair[0][0], pair[0])))
