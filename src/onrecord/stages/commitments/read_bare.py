from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import child_with, has_to, subtree_span
from onrecord.records import Sentence
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.stages.commitments.trim_content import trim_content
from onrecord.words import Token


def read_bare(sentence: Sentence) -> Iterator[Pledge]:
    """Yield what no word announces: imperatives (`Do not leave`) and headlines (`Norway to send troops`)."""
    for token in sentence.tokens:
        if token.tag_ != "VB":
            continue
        if token.dep_ == "ROOT" and has_to(token):
            content = subtree_span(sentence, token)
            yield Pledge(sentence, "plan", token, content, token, "headline", child_with(token, "nsubj"))
        elif _is_imperative(sentence, token):
            content = trim_content(sentence, token.subtree)
            yield Pledge(sentence, "demand", token, content, token, "imperative", voiced=True)


def _is_imperative(sentence: Sentence, verb: Token) -> bool:
    """Return whether a bare verb opens its sentence, after `please`, `do not`, quotation marks and names."""
    if verb.dep_ not in ("ROOT", "ccomp") or says(verb, "talking"):
        return False
    before = (token for token in sentence.tokens if token.i < verb.i)
    opening = commitment_words("opening")
    return all(token.is_punct or token.pos_ == "PROPN" or token.lower_ in opening for token in before)
