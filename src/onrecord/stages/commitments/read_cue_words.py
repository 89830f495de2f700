from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import subject_of
from onrecord.records import Sentence, Span
from onrecord.stages.commitments.find_complement import find_complement, told_by
from onrecord.stages.commitments.find_holder import find_holder
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import CommitmentCue, cues_by_word
from onrecord.stages.commitments.trim_content import trim_content
from onrecord.words import Token

LIMITS = ("by", "before", "within")
"""Prepositions of a time limit that the parser gives to the cue, not to the act."""


def read_cue_words(sentence: Sentence) -> Iterator[Pledge]:
    """Yield what the verbs, nouns and adjectives of a sentence order, promise, plan, demand or predict."""
    table = cues_by_word()
    for token in sentence.tokens:
        for cue in table.get((token.pos_, token.lemma_.lower()), ()):
            found = _read_cue(sentence, token, cue)
            if found is not None:
                yield found
                break


def _read_cue(sentence: Sentence, word: Token, cue: CommitmentCue) -> Pledge | None:
    for frame in cue.frames:
        head = find_complement(word, frame)
        if head is None:
            continue
        holder = find_holder(word, frame, cue.kind)
        if word.pos_ == "NOUN" and frame in ("for", "thing") and holder is None:
            continue  # demand for coal
        content = _content_of(sentence, word, head, frame)
        return Pledge(
            sentence, cue.kind, head, content, word, f"{cue.name}:{frame}", holder, voiced=cue.voiced
        )
    return None


def _content_of(sentence: Sentence, word: Token, head: Token, frame: str) -> Span:
    """Return the span of what is to happen, from the noun that announces it or from who is to do it."""
    first = word.left_edge if word.pos_ == "NOUN" else None
    if frame == "other":
        person = told_by(word)
        first = person.left_edge if person is not None else first
    elif frame == "passive":
        subject = subject_of(word.head if word.pos_ == "ADJ" else word)
        first = subject.left_edge if subject is not None else word
    limits = (child for child in word.rights if child.lower_ in LIMITS and child.i > head.i)
    begun = (first,) if first is not None else ()
    told = (*begun, *head.subtree, *(token for prep in limits for token in prep.subtree))
    return trim_content(sentence, {token.i: token for token in told}.values())
