from __future__ import annotations

from collections.abc import Iterator

from onrecord.grammar import agent_of, child_with, has_to, is_passive, subject_of, subtree_span, token_span
from onrecord.records import Sentence, Span
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import CommitmentCue, cues_by_word, words_of
from onrecord.words import Token

COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl", "relcl")
CLAUSES = ("ccomp", "acl", "relcl")
OWNERS = ("poss", "nmod")
UNTOLD = ("it", "there")
"""Subjects that stand for nobody: `it was agreed that`."""


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
        head = _complement(word, frame)
        if head is not None and head.pos_ != "PRON" and not (frame == "for" and _is_ownerless(word)):
            content = _content_of(sentence, word, head, frame)
            rule = f"{cue.name}:{frame}"
            return Pledge(sentence, cue.kind, head, content, word, rule, holder_of(word, frame))
    return None


def _is_ownerless(word: Token) -> bool:
    """Return whether a noun is nobody's: `demand for coal`."""
    return word.pos_ == "NOUN" and holder_of(word, "for") is None


def _content_of(sentence: Sentence, word: Token, head: Token, frame: str) -> Span:
    """Return the span of what is to happen, from who is told to do it, without `that`."""
    start, end = subtree_span(sentence, head)
    told = _told_by(word) if frame == "other" else None
    if told is not None and told.i < head.i:
        start = min(start, token_span(sentence, told.left_edge)[0])
    mark = child_with(head, "mark")
    if mark is not None and mark.lower_ == "that" and token_span(sentence, mark)[0] == start:
        start = token_span(sentence, mark.nbor(1))[0]
    return start, end


def _told_by(word: Token) -> Token | None:
    """Return who is told to act: `asked the firm to`, `called on the firm to`."""
    for child in word.rights:
        if child.dep_ in ("dobj", "dative"):
            return child
        if child.dep_ == "prep" and child.lower_ in ("on", "upon"):
            return child_with(child, "pobj")
    return None


def _complement(word: Token, frame: str) -> Token | None:
    """Return the head of what completes a word in one of the constructions; None if nothing does."""
    if frame == "see":
        return _wish_of(word)
    if frame in ("to", "other", "passive"):
        return _infinitive(word, frame) or (_gerund(word) if frame == "to" else None)
    if frame == "clause":
        return next((c for c in word.rights if c.dep_ in CLAUSES and _is_finite(c, word)), None)
    if frame == "object":
        return None if word.pos_ != "VERB" or is_passive(word) else child_with(word, "dobj")
    prep = next((c for c in word.rights if c.dep_ in ("prep", "dative") and c.lower_ == frame), None)
    inner = child_with(prep, "pobj", "pcomp") if prep is not None else None
    if inner is None or (frame in ("of", "on") and inner.tag_ != "VBG"):
        return None
    return inner


def _infinitive(word: Token, frame: str) -> Token | None:
    if word.dep_ == "pobj" and word.head.lower_ in ("in", "on") and word.i == word.head.i + 1:
        return None  # in order to
    passive = word.pos_ == "ADJ" or is_passive(word)
    if (frame == "passive") != passive and not (frame == "other" and passive):
        return None
    for child in word.rights:
        if child.dep_ not in COMPLEMENTS or not has_to(child):
            continue
        if child.dep_ == "advcl" and word.pos_ == "VERB" and frame == "to":
            continue
        other = child_with(child, "nsubj", "nsubjpass") is not None or _person_before(word, child)
        if frame == "passive" or other == (frame == "other") or (frame == "other" and passive):
            return child
    return None


def _gerund(word: Token) -> Token | None:
    """Return what someone is bound to: `committed to rebuilding it`."""
    for child in word.rights:
        if child.dep_ == "prep" and child.lower_ == "to":
            return next((c for c in child.rights if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
    return None


def _wish_of(word: Token) -> Token | None:
    """Return what someone wishes to see done: `we want to see him released`."""
    for child in word.rights:
        if child.dep_ == "xcomp" and has_to(child) and child.lemma_.lower() == "see":
            return next((c for c in child.rights if c.dep_ in ("ccomp", "xcomp")), None)
    return None


def _person_before(word: Token, infinitive: Token) -> bool:
    """Return whether someone else is told to act: `urged the firm to`, `called on the firm to`."""
    if word.pos_ != "VERB":
        return False
    for child in word.rights:
        if child.i >= infinitive.i:
            return False
        if child.dep_ in ("dobj", "dative") or (
            child.dep_ == "prep" and child.lower_ in ("on", "upon", "for")
        ):
            return True
    return False


def _is_finite(verb: Token, word: Token) -> bool:
    """Return whether a clause speaks of what is to come: `that it will`, `that he resign`."""
    if child_with(verb, "nsubj", "nsubjpass", "expl", "csubj") is None or has_to(verb):
        return False
    mark = child_with(verb, "mark")
    if mark is not None and mark.lower_ not in ("that", "whether"):
        return False
    future = words_of("future") | words_of("reported") | words_of("duty")
    if any(c.dep_ == "aux" and c.lower_ in future for c in verb.children):
        return True
    base = verb.tag_ in ("VB", "VBP") or any(c.tag_ == "VB" and c.lower_ == "be" for c in verb.children)
    return base and word.lemma_.lower() in words_of("subjunctive")


def holder_of(word: Token, frame: str) -> Token | None:
    """Return who gives the word: the subject of a verb, the owner of a noun, none in an open passive."""
    if word.pos_ == "NOUN":
        return _owner_of(word)
    if frame == "passive" and word.pos_ != "ADJ" and word.lemma_.lower() in words_of("impersonal"):
        return agent_of(word)
    if is_passive(word) and frame != "passive":
        return agent_of(word)
    verb = word.head if word.pos_ == "ADJ" and word.head.pos_ in ("AUX", "VERB") else word
    found = subject_of(verb)
    return None if found is not None and found.lower_ in UNTOLD and found.dep_ == "expl" else found


def _owner_of(noun: Token) -> Token | None:
    owner = child_with(noun, *OWNERS)
    if owner is not None:
        return owner
    for prep in noun.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("by", "from"):
            return child_with(prep, "pobj")
    if noun.dep_ in ("dobj", "attr"):
        return subject_of(noun.head)
    return None
