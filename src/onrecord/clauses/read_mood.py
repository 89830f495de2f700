"""Tense, modality and polarity of a verb, from its form and its auxiliaries."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from onrecord.clauses.arcs import child_with, children_with, has_to, is_negated
from onrecord.clauses.clause_words import clause_words
from onrecord.language.en import NEGATIVE, PERFECT, PROGRESSIVE, SUPPORT
from onrecord.words import Token

MODALITIES = ("future", "reported", "duty", "possible")


def read_tense(verb: Token) -> str:
    """Return `past`, `future` or `present`: when the text puts what a verb tells.

    An infinitive, a modal and the present progressive look forward, and so does a present in a clause
    of time: "until the fair closes on Sunday". A participle has the tense of the verb above it.
    """
    helpers = frozenset(child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass"))
    for rule in TENSES:
        found = rule(verb, helpers)
        if found is not None:
            return found
    if verb.tag_ not in ("VBP", "VBZ"):
        return "past"
    return "future" if verb.dep_ == "advcl" else "present"


Helpers = frozenset[str]


def _modal(verb: Token, helpers: Helpers) -> str | None:
    """`may meet`; `may have met`"""
    if not helpers & modalities().keys():
        return None
    return "past" if "have" in helpers else "future"


def _supported(verb: Token, helpers: Helpers) -> str | None:
    """`did not meet`: the infinitive has the tense of its auxiliary"""
    if not helpers & SUPPORT:
        return None
    return "past" if "did" in helpers else "present"


def _expected(verb: Token, helpers: Helpers) -> str | None:
    """`to meet`, `meets are planned`, `is due`"""
    return "future" if verb.tag_ == "VB" or "to" in helpers or _looks_forward(verb) else None


def _told(verb: Token, helpers: Helpers) -> str | None:
    """`has met`, `was met`"""
    return "past" if helpers & PERFECT else None


def _arranged(verb: Token, helpers: Helpers) -> str | None:
    """`is meeting on Friday`"""
    return "future" if verb.tag_ == "VBG" and helpers & PROGRESSIVE else None


def _shared(verb: Token, helpers: Helpers) -> str | None:
    """`It left, warning others`: a participle has the tense of the verb above it, `is met` its own."""
    if verb.tag_ not in ("VBN", "VBG") or verb.head is verb:
        return None
    return "present" if helpers & PROGRESSIVE else tense_above(verb.head)


TENSES: tuple[Callable[[Token, Helpers], str | None], ...] = (
    _modal,
    _supported,
    _expected,
    _told,
    _arranged,
    _shared,
)
"""The signs of tense in the order in which they are asked for."""

CLIMB = 12
"""How far up a parse the verb of a word is looked for."""


def tense_above(token: Token) -> str:
    """Return the tense of the verb that a word depends on, or is; `past` where there is none."""
    for _ in range(CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            return read_tense(token)
        token = token.head
    return "past"


@cache
def modalities() -> dict[str, str]:
    """Return what each modal says."""
    return {word: kind for kind in MODALITIES for word in clause_words(kind)}


def _looks_forward(verb: Token) -> bool:
    """Return whether a verb, or the adjective after it, is about what is still to come: `is due`."""
    if verb.tag_ == "VBD":
        return False
    forward = clause_words("forward")
    if verb.lemma_.lower() in forward:
        return True
    return any(child.lemma_.lower() in forward for child in children_with(verb, "acomp", "oprd"))


def read_modality(verb: Token) -> str | None:
    """Return future, reported, duty or possible: what a modal, or a verb that acts as one, says of a verb.

    `will act`, `is to act`, `is going to act`: future; `would act`: reported; `must act`, `needs to
    act`: duty; `may act`, `can act`: possible. None for a plain assertion.
    """
    for child in verb.children:
        if child.dep_ == "aux":
            kind = modalities().get(child.lower_)
            if kind is not None:
                return kind
    above = verb.head
    if _shares_modal(verb):
        return read_modality(above)
    if verb.dep_ != "xcomp" or not has_to(verb):
        return None
    if above.lemma_.lower() in clause_words("duty verb"):
        return "duty"
    return "future" if _is_semi_modal(above) else None


def _is_semi_modal(above: Token) -> bool:
    """Return whether a verb before an infinitive only says that it is to come: `is going to`, `is to`."""
    if above.lemma_.lower() == "be":
        return above.tag_ in ("VBZ", "VBP", "VBD")
    return above.lower_ in clause_words("future verb")


def _shares_modal(verb: Token) -> bool:
    """Return whether a coordinated verb stands under the modal of the first: `will close and sell it`."""
    return verb.dep_ == "conj" and verb.tag_ == "VB" and child_with(verb, "nsubj", "aux") is None


def read_polarity(verb: Token) -> str:
    """Return `negative` or `positive`; `no` before a subject or object and a bare `without` count as well."""
    if is_negated(verb) or verb.head.lower_ == "without":
        return "negative"
    for side in children_with(verb, "nsubj", "nsubjpass", "dobj", "attr"):
        if side.lower_ in NEGATIVE or any(child.lower_ in ("no", "neither") for child in side.lefts):
            return "negative"
    return read_polarity(verb.head) if _shares_modal(verb) else "positive"
