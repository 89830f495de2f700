from __future__ import annotations

from collections.abc import Iterator

from onrecord.clauses.arcs import children_with, prep_with
from onrecord.grammar import has_to, is_passive, subject_of, tokens_span
from onrecord.records import Sentence
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.words import Token

OPEN = ("until", "till")
TIMED = ("dobj", "npadvmod", "dative", "oprd")


def read_deadlines(sentence: Sentence) -> Iterator[Pledge]:
    """Yield the demands that a time limit makes: `gave them three days to go`, `have until Friday to go`."""
    limiting = commitment_words("limit")
    for verb in sentence.tokens:
        if verb.lemma_.lower() in limiting:
            limit, act = _limit_of(verb), _act_of(verb)
            if limit is not None and act is not None:
                content = tokens_span(sentence, [*limit.subtree, *act.subtree])
                gives = verb.lemma_.lower() == "give" and not is_passive(verb)
                holder = subject_of(verb) if gives else None
                yield Pledge(sentence, "demand", act, content, verb, "deadline", holder, deadline=True)


def _limit_of(verb: Token) -> Token | None:
    """Return the head of the time that a verb grants: `until Friday`, `three days`, `a deadline`."""
    timed = children_with(verb, *TIMED) if verb.lemma_ == "give" else ()
    spans = (child for child in timed if says(child, "span") and not _is_added(child))
    return prep_with(verb, *OPEN) or next(spans, None)


def _is_added(time: Token) -> bool:
    """Return whether time is granted and no limit set: `gave him an additional week to rest`."""
    return any(says(child, "added") for child in time.lefts)


def _act_of(verb: Token) -> Token | None:
    """Return what is to be done in that time."""
    for child in (*verb.rights, *(inner for timed in children_with(verb, *TIMED) for inner in timed.rights)):
        if has_to(child):
            return child
    return None
