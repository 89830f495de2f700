from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import child_with, is_negated, subject_of
from onrecord.records import Sentence, Span
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.stages.commitments.scene import is_self
from onrecord.stages.commitments.trim_content import trim_content
from onrecord.words import Token

KINDS = ("future", "reported", "duty", "possible")
RELATIVES = ("WDT", "WP", "DT", "EX")
GOVERNING = ("MD", "VBD", "VBG", "VBP", "VBZ")
"""Tags of the words that may govern such a clause: modals, and forms of `be`, `go`, `need`."""


def read_modals(sentence: Sentence) -> Iterator[Pledge]:
    """Yield the clauses that `will`, `would`, `should`, `need to`, `is to` or `going to` governs.

    What each of them is (a promise, a threat, a prediction, a demand) only who speaks can tell.
    """
    for token in sentence.tokens:
        found = _governed(token) if token.tag_ in GOVERNING else None
        if found is None:
            continue
        kind, head = found
        content = _content_of(sentence, head if token.tag_ == "MD" else token)
        rule = f"modal:{kind}:{token.lower_}"
        yield Pledge(sentence, kind, head, content, token, rule, subject_of(head), modal=True)


def _content_of(sentence: Sentence, verb: Token) -> Span:
    """Return the clause of a verb, with what is coordinated under the same subject, without `that`."""
    kept = [token for child in verb.children if _is_inside(child) for token in child.subtree]
    return trim_content(sentence, [verb, *kept])


def _is_inside(child: Token) -> bool:
    if child.dep_ in ("cc", "punct"):
        return False
    return child.dep_ != "conj" or child_with(child, "nsubj", "nsubjpass", "expl") is None


def _governed(token: Token) -> tuple[str, Token] | None:
    """Return the kind of a modal, and the verb that it governs."""
    if token.tag_ == "MD":
        if _is_warned_of(token.head):
            return "reported", token.head
        if _is_refused(token.head):
            return "future", token.head
        kind = next((kind for kind in KINDS if token.lower_ in commitment_words(kind)), None)
        return (kind, token.head) if kind else None
    if token.lemma_ == "go" and token.tag_ == "VBG":
        head = _infinitive_of(token)
        return ("future", head) if head is not None else None
    if token.lemma_.lower() == "be" and (token.tag_ in ("VBZ", "VBP") or _is_shifted(token)):
        head = _infinitive_of(token)
        return ("future", head) if head is not None and _is_arranged(token, head) else None
    if says(token, "need") and token.tag_ in ("VBZ", "VBP", "VBD"):
        owned = child_with(token, "dobj")  # have votes to spare
        return ("duty", token) if owned is None and _infinitive_of(token) is not None else None
    return None


def _is_shifted(verb: Token) -> bool:
    """Return whether reported speech moved a verb to the past: `said that he was to stand trial`."""
    return verb.tag_ == "VBD" and verb.dep_ == "ccomp"


def _is_warned_of(act: Token) -> bool:
    """Return whether an act is what somebody warns of: `He warned that he could cut off gas`."""
    return says(act.head, "warning")


def _is_refused(act: Token) -> bool:
    """Return whether a speaker will not have something: `we cannot allow this`."""
    return says(act, "tolerating") and is_negated(act) and is_self(child_with(act, "nsubj"))


def _is_arranged(verb: Token, act: Token) -> bool:
    """Return whether `is to` tells of what will be done; that the subject is somebody is seen later."""
    subject = child_with(verb, "nsubj")
    to = child_with(act, "aux")
    if subject is None or subject.tag_ in RELATIVES or to is None:
        return False
    return to.i == verb.i + 1 and not says(act, "idiom")


def _infinitive_of(verb: Token) -> Token | None:
    head = child_with(verb, "xcomp")
    return head if head is not None and head.tag_ == "VB" else None
