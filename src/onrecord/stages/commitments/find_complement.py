from __future__ import annotations

from collections.abc import Callable

from onrecord.grammar import child_with, has_to, is_passive
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.words import Token

COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl", "relcl")
CLAUSES = ("ccomp", "acl", "relcl")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
CUTS = (",", ";", ":")
QUOTES = ("“", '"', "‘", "'", "``")
TOWARD_PERSONS = ("on", "upon", "for")


def find_complement(word: Token, frame: str) -> Token | None:
    """Return the head of what completes a word in one of the constructions; None if nothing does.

    A frame without a function of its own is a preposition: `for`, `of`, `on`, `against`.
    """
    if says(word, "naming") and child_with(word, "dobj", "prt") is not None:
        return None  # called an election for May, called off a meeting to
    found = FRAMES[frame](word) if frame in FRAMES else _after_preposition(word, frame)
    return None if found is None or found.pos_ == "PRON" else found


def told_by(word: Token) -> Token | None:
    """Return who is told to act: `asked the firm to`, `called on the firm to`, `pushed for the bill to`."""
    for child in word.rights:
        if child.dep_ in ("dobj", "dative"):
            return child
        if child.dep_ == "prep" and child.lower_ in TOWARD_PERSONS:
            return child_with(child, "pobj")
    return None


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
        if _is_cut_off(child):
            continue
        other = child_with(child, "nsubj", "nsubjpass") is not None or _person_before(word, child)
        if frame == "passive" or other == (frame == "other") or (frame == "other" and passive):
            return child
    return None


def _is_cut_off(infinitive: Token) -> bool:
    """Return whether a comma or colon stands before an infinitive: `told the press, "to show that"`."""
    before = infinitive.left_edge.i - 1
    while before > 0 and infinitive.doc[before].text in QUOTES:
        before -= 1
    return before >= 0 and infinitive.doc[before].text in CUTS


def _person_before(word: Token, infinitive: Token) -> bool:
    """Return whether someone else is told to act: `urged the firm to`, `called on the firm to`."""
    if word.pos_ != "VERB":
        return False
    for child in word.rights:
        if child.i >= infinitive.i:
            return False
        if child.dep_ in ("dobj", "dative") or (child.dep_ == "prep" and child.lower_ in TOWARD_PERSONS):
            return True
    return False


def _own_act(word: Token) -> Token | None:
    """Return what someone is to do: `pledged to go`, `committed to rebuilding it`."""
    found = _infinitive(word, "to")
    if found is not None:
        return found
    for child in word.rights:
        if child.dep_ == "prep" and child.lower_ == "to":
            return next((c for c in child.rights if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
    return None


def _acting(word: Token) -> Token | None:
    """Return what a document does: `signed an order closing the mine`."""
    return next((c for c in word.rights if c.dep_ == "acl" and c.tag_ == "VBG"), None)


def _toward(word: Token) -> Token | None:
    """Return the noun that someone is bound to: `committed to the security of the strait`."""
    prep = next((c for c in word.rights if c.dep_ == "prep" and c.lower_ == "to"), None)
    return child_with(prep, "pobj") if prep is not None else None


def _clause(word: Token) -> Token | None:
    return next((c for c in word.rights if c.dep_ in CLAUSES and _is_finite(c, word)), None)


def _is_finite(verb: Token, word: Token) -> bool:
    """Return whether a clause speaks of what is to come: `that it will`, `that he resign`."""
    if child_with(verb, *SUBJECTS) is None or has_to(verb) or verb.left_edge.tag_ in ("WP", "WDT", "WRB"):
        return False
    mark = child_with(verb, "mark")
    if mark is not None and mark.lower_ != "that":
        return False
    future = commitment_words("future") | commitment_words("reported") | commitment_words("duty")
    if any(c.dep_ == "aux" and c.lower_ in future for c in verb.children):
        return True
    return says(word, "subjunctive") and _is_subjunctive(verb)


def _is_subjunctive(verb: Token) -> bool:
    """Return whether a verb stands bare under `that`: `that he resign`, `that it be closed`."""
    return verb.tag_ in ("VB", "VBP") or any(c.tag_ == "VB" and c.lower_ == "be" for c in verb.children)


def _object(word: Token) -> Token | None:
    used = word.pos_ != "VERB" or _is_modifier(word) or is_passive(word)
    return None if used else child_with(word, "dobj")


def _is_modifier(verb: Token) -> bool:
    """Return whether a participle only describes: `1,217 pledged delegates`."""
    return verb.tag_ == "VBN" and child_with(verb, "aux", "nsubj") is None


def _thing(word: Token) -> Token | None:
    """Return what is given or needed: `promised them 30 lamps`, `an offer of two million euros`."""
    if word.pos_ == "VERB" and says(word, "awaited") and is_passive(word):
        found = child_with(word, "nsubjpass")
    elif word.pos_ == "VERB":
        given = (c for c in word.rights if c.dep_ in ("dobj", "ccomp") and c.pos_ in ("NOUN", "PROPN"))
        found = next(given, None) if not is_passive(word) and not _is_modifier(word) else None
    else:
        prep = next((c for c in word.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
        found = child_with(prep, "pobj") if prep is not None else None
    return found if found is not None and found.pos_ in ("NOUN", "PROPN") else None


def _wish(word: Token) -> Token | None:
    """Return what someone wishes to see done: `we want to see him released`."""
    for child in word.rights:
        if child.dep_ == "xcomp" and has_to(child) and child.lemma_.lower() == "see":
            return next((c for c in child.rights if c.dep_ in ("ccomp", "xcomp")), None)
    return None


def _equated(word: Token) -> Token | None:
    """Return what a noun is said to be: `the aim is to win`, `the demand is that it be closed`."""
    verb = word.head
    if word.dep_ != "nsubj" or verb.lemma_.lower() != "be":
        return None
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp") and (has_to(child) or _is_wanted(child)):
            return child if has_to(child) == (child_with(child, *SUBJECTS) is None) else None
    return None


def _is_wanted(verb: Token) -> bool:
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.lefts)
    return marked and _is_subjunctive(verb) and child_with(verb, *SUBJECTS) is not None


def _needful(word: Token) -> Token | None:
    """Return what is called necessary: `it is vital to act`, `for the state to act`, `that it act`."""
    verb = word.head if word.pos_ == "ADJ" else word
    subject = child_with(verb, *SUBJECTS)
    if subject is None or subject.lower_ != "it":
        return None
    for child in (*word.rights, *verb.rights):
        if child.dep_ in COMPLEMENTS and child.i > word.i and (has_to(child) or _is_wanted(child)):
            return child
    return None


def _after_preposition(word: Token, preposition: str) -> Token | None:
    prep = next((c for c in word.rights if c.dep_ in ("prep", "dative") and c.lower_ == preposition), None)
    inner = child_with(prep, "pobj", "pcomp") if prep is not None else None
    if inner is None or (preposition != "for" and inner.tag_ != "VBG"):
        return None
    return inner


FRAMES: dict[str, Callable[[Token], Token | None]] = {
    "acting": _acting,
    "clause": _clause,
    "equated": _equated,
    "needful": _needful,
    "object": _object,
    "other": lambda word: _infinitive(word, "other"),
    "passive": lambda word: _infinitive(word, "passive"),
    "see": _wish,
    "thing": _thing,
    "to": _own_act,
    "toward": _toward,
}
"""The constructions that are no bare preposition, each with what finds its head."""
