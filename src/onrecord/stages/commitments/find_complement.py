from __future__ import annotations

from collections.abc import Callable

from onrecord.clauses.arcs import children_with, has_aux, mark_of, prep_with
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
    person = child_with(word, "dobj", "dative")
    toward = prep_with(word, *TOWARD_PERSONS)
    return person or (child_with(toward, "pobj") if toward is not None else None)


def _infinitive(word: Token, frame: str) -> Token | None:
    """Return the infinitive of a frame: someone's own act (`to`), another's (`other`), or after a passive."""
    passive = word.pos_ == "ADJ" or is_passive(word)
    if passive != (frame == "passive") and frame != "other":
        return None
    for child in word.rights:
        if child.dep_ not in COMPLEMENTS or not has_to(child) or _is_cut_off(child) or _is_order_to(word):
            continue
        if passive or (frame == "other") == _is_anothers(word, child):
            return child
    return None


def _is_order_to(word: Token) -> bool:
    """Return whether an infinitive only says what for: `in order to go`."""
    return word.lower_ == "order" and word.head.lower_ == "in"


def _is_anothers(word: Token, act: Token) -> bool:
    """Return whether someone else is told to act: `urged the firm to`, `called on the firm to`."""
    person = told_by(word)
    before = person is not None and person.i < act.i
    return before or child_with(act, "nsubj", "nsubjpass") is not None


def _is_cut_off(infinitive: Token) -> bool:
    """Return whether a comma or colon stands before an infinitive: `told the press, "to show that"`."""
    before = max(infinitive.left_edge.i - 1, 0)
    while before and infinitive.doc[before].text in QUOTES:
        before -= 1
    return infinitive.doc[before].text in CUTS


def _own_act(word: Token) -> Token | None:
    """Return what someone is to do: `pledged to go`, `committed to rebuilding it`."""
    found = _infinitive(word, "to")
    if found is not None:
        return found
    toward = prep_with(word, "to")
    return child_with(toward, "pcomp") if toward is not None else None


def _acting(word: Token) -> Token | None:
    """Return what a document does: `signed an order closing the mine`."""
    return next((c for c in children_with(word, "acl") if c.tag_ == "VBG"), None)


def _toward(word: Token) -> Token | None:
    """Return the noun that someone is bound to: `committed to the security of the strait`."""
    prep = prep_with(word, "to")
    return child_with(prep, "pobj") if prep is not None else None


def _clause(word: Token) -> Token | None:
    return next((clause for clause in children_with(word, *CLAUSES) if _is_finite(clause, word)), None)


def _is_finite(verb: Token, word: Token) -> bool:
    """Return whether a clause speaks of what is to come: `that it will`, `that he resign`."""
    if mark_of(verb) not in ("", "that") or verb.left_edge.tag_ in ("WP", "WDT", "WRB"):
        return False
    told = commitment_words("future") | commitment_words("reported")
    if has_aux(verb, commitment_words("duty")) or (has_aux(verb, told) and not says(word, "insisting")):
        return True
    return says(word, "subjunctive") and _is_subjunctive(verb)


def _is_subjunctive(verb: Token) -> bool:
    """Return whether a verb stands bare under `that`: `that he resign`, `that it be closed`."""
    auxiliary = child_with(verb, "auxpass") or verb
    is_modal = any(child.tag_ == "MD" for child in verb.lefts)  # "insists that it can not accept it"
    return auxiliary.tag_ in ("VB", "VBP") and not has_to(verb) and not is_modal


def _object(word: Token) -> Token | None:
    return child_with(word, "dobj")


def _thing(word: Token) -> Token | None:
    """Return what is given or needed: `promised them 30 lamps`, `an offer of two million euros`."""
    if word.pos_ == "VERB":
        found = _given(word)
    else:
        prep = prep_with(word, "of")
        found = child_with(prep, "pobj") if prep is not None else None
    return found if found is not None and found.pos_ in ("NOUN", "PROPN") else None


def _given(verb: Token) -> Token | None:
    """Return what a verb gives or awaits: `promised lamps`, `promised the town a clinic`."""
    if is_passive(verb):
        return child_with(verb, "nsubjpass") if says(verb, "awaited") else None
    return child_with(verb, "dobj", "ccomp")


def _drawn(word: Token) -> Token | None:
    """Return plans that somebody makes, whatever they hold: `has drawn up plans for the winter`."""
    return word if says(word.head, "making") else None


def _wish(word: Token) -> Token | None:
    """Return what someone wishes to see done: `we want to see him released`."""
    seen = child_with(word, "xcomp")
    return child_with(seen, "ccomp", "xcomp") if seen is not None and seen.lemma_ == "see" else None


def _equated(word: Token) -> Token | None:
    """Return what a noun is said to be: `the aim is to win`, `the demand is that it be closed`."""
    if word.head.lemma_ != "be":
        return None
    said = children_with(word.head, "xcomp", "ccomp")
    return next((child for child in said if has_to(child) or _is_wanted(child)), None)


def _is_wanted(verb: Token) -> bool:
    return mark_of(verb) == "that" and _is_subjunctive(verb)


def _needful(word: Token) -> Token | None:
    """Return what is called necessary: `it is vital to act`, `for the state to act`, `that it act`."""
    verb = word.head if word.pos_ == "ADJ" else word
    subject = child_with(verb, *SUBJECTS)
    if subject is None or subject.lower_ != "it":
        return None
    below = (*children_with(word, *COMPLEMENTS), *children_with(verb, *COMPLEMENTS))
    return next((child for child in below if has_to(child) or _is_wanted(child)), None)


def _after_preposition(word: Token, preposition: str) -> Token | None:
    prep = prep_with(word, preposition)
    inner = child_with(prep, "pobj", "pcomp") if prep is not None else None
    if inner is None or not (preposition == "for" or inner.tag_ == "VBG" or says(word, "warning")):
        return None
    return inner


FRAMES: dict[str, Callable[[Token], Token | None]] = {
    "acting": _acting,
    "clause": _clause,
    "drawn": _drawn,
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
