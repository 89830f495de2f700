from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import Sentence, Span
from onrecord.stages.commitments.find_complement import find_complement, told_by
from onrecord.stages.commitments.find_holder import find_holder
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import CommitmentCue, cues_by_word
from onrecord.stages.commitments.trim_content import trim_content
from onrecord.words import Token


def read_cues(sentence: Sentence) -> Iterator[Pledge]:
    """Yield what the verbs, nouns and adjectives of a sentence order, promise, plan, demand or predict."""
    table = cues_by_word()
    for token in sentence.tokens:
        pos = "VERB" if token.pos_ in ("VERB", "AUX") and token.tag_ != "MD" else token.pos_
        for cue in table.get((pos, token.lemma_.lower()), ()):
            found = _read_cue(sentence, token, cue)
            if found is not None:
                yield found
                break


def _read_cue(sentence: Sentence, word: Token, cue: CommitmentCue) -> Pledge | None:
    for frame in cue.frames:
        head = find_complement(word, frame)
        if head is None:
            continue
        holder = None if cue.voiced else find_holder(word, frame)
        if word.pos_ == "NOUN" and frame in ("for", "thing") and holder is None:
            continue  # demand for coal
        content = _content_of(sentence, word, head, frame)
        return Pledge(
            sentence, cue.kind, head, content, word, f"{cue.name}:{frame}", holder, voiced=cue.voiced
        )
    return None


def _content_of(sentence: Sentence, word: Token, head: Token, frame: str) -> Span:
    """Return the span of what is to happen, from who is told to do it."""
    told = told_by(word) if frame == "other" else None
    persons = told.subtree if told is not None and told.i < head.i else ()
    return trim_content(sentence, {token.i: token for token in (*persons, *head.subtree)}.values())
