from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import child_with, is_passive, subject_of, tokens_span
from onrecord.records import Sentence
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.words import Token

OPEN = ("until", "till")
TIMED = ("dobj", "npadvmod", "dative", "oprd")
ACTS = ("xcomp", "advcl", "acl", "ccomp", "relcl")


def read_deadlines(sentence: Sentence) -> Iterator[Pledge]:
    """Yield the demands that a time limit makes: `gave them three days to go`, `have until Friday to go`."""
    for verb in sentence.tokens:
        if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in commitment_words("limit"):
            limit, act = _limit_of(verb), _act_of(verb)
            if limit is not None and act is not None and limit.i < act.i:
                content = tokens_span(sentence, [*limit.subtree, *act.subtree])
                gives = verb.lemma_.lower() == "give" and not is_passive(verb)
                holder = subject_of(verb) if gives else None
                yield Pledge(sentence, "demand", act, content, verb, "deadline", holder, deadline=True)


def _limit_of(verb: Token) -> Token | None:
    """Return the head of the time that a verb grants: `until Friday`, `three days`, `a deadline`."""
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in OPEN:
            return child
        granted = verb.lemma_.lower() == "give"
        if granted and child.dep_ in TIMED and child.lemma_.lower() in commitment_words("span"):
            return child
    return None


def _act_of(verb: Token) -> Token | None:
    """Return what is to be done in that time."""
    for child in (*verb.rights, *(inner for c in verb.rights if c.dep_ in TIMED for inner in c.rights)):
        if child.dep_ in ACTS and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts):
            return child if child_with(child, "nsubj") is None else None
    return None
