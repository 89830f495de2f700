from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import child_with, has_to, subtree_span
from onrecord.records import Sentence
from onrecord.stages.commitments.find_complement import SUBJECTS
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.words import Token


def read_bare(sentence: Sentence) -> Iterator[Pledge]:
    """Yield what no word announces: imperatives (`Do not leave`) and headlines (`Norway to send troops`)."""
    for token in sentence.tokens:
        if token.tag_ != "VB":
            continue
        if token.dep_ == "ROOT" and has_to(token):
            subject = child_with(token, "nsubj", "nsubjpass")
            if subject is not None and child_with(token, "aux") is not None and not _has_modal(token):
                content = subtree_span(sentence, token)
                yield Pledge(sentence, "plan", token, content, token, "headline", subject)
        elif _is_imperative(sentence, token):
            content = subtree_span(sentence, token)
            yield Pledge(sentence, "demand", token, content, token, "imperative", voiced=True)


def _has_modal(verb: Token) -> bool:
    return any(child.tag_ == "MD" for child in verb.lefts)


def _is_imperative(sentence: Sentence, verb: Token) -> bool:
    """Return whether a bare verb opens its sentence, after `please`, `do not`, quotation marks and names."""
    subject = child_with(verb, *SUBJECTS)
    if (
        verb.dep_ not in ("ROOT", "ccomp")
        or has_to(verb)
        or not (subject is None or _is_called(subject, verb))
    ):
        return False
    if says(verb, "talking") or any(c.dep_ == "aux" and c.lower_ not in ("do", "does") for c in verb.lefts):
        return False
    before = [token for token in sentence.tokens if token.i < verb.i and not token.is_punct]
    return all(
        t.lower_ in commitment_words("opening") or t.dep_ == "nmod" or _is_called(t, verb) for t in before
    )


def _is_called(name: Token, verb: Token) -> bool:
    """Return whether a name before an imperative is whom it speaks to: `Senator Ortiz, do not leave`."""
    return name.pos_ == "PROPN" and any(token.text == "," for token in name.doc[name.i + 1 : verb.i])
