from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.grammar import child_with
from onrecord.lexicons import load
from onrecord.words import Token, Tokens

KINDS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ", "ADV": "ADV"}
OTHERS = {"VERB": ("ADJ",), "ADJ": ("NOUN", "VERB"), "NOUN": ("ADJ",), "ADV": ()}
"""Where a word is looked up that is not listed as what the tagger takes it for."""
TURNED, CLEARED, STRONGER, WEAKER = -0.6, -0.2, 1.3, 0.7
"""What is left of a praise that is denied, and of a reproach that is; something of a reproach sticks."""
MOOD = 0.12
"""What a step of valence counts in a word of which no more is known."""
RAISED = ("acomp", "attr", "oprd", "xcomp", "ccomp", "dobj")
"""Relations through which a verb above an opinion word denies it."""
NONE_OF = ("neither", "no")
"""Words before a subject that deny what is said of it."""
HEADLINE = 0.6
"""Share of capitals from which a sentence is a headline, whose words are no names."""


@dataclass(frozen=True, slots=True)
class OpinionWord:
    """A word with its colour, and how it colours who does or has it, and whom it is done to or is about."""

    lemma: str
    pos: str
    polarity: float
    agent: float | None
    patient: float | None
    source: str


@dataclass(frozen=True, slots=True)
class ValenceWord:
    """A word with the mood that readers gave it, -4 to 4, without a part of speech or roles."""

    word: str
    valence: float
    source: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion word at its place in a sentence."""

    token: Token
    kind: str
    """VERB, NOUN, ADJ, ADV, PHRASE (a preposition with its noun: `under fire`) or MOOD (not known)."""
    polarity: float
    """With negation and degree counted in."""
    agent: float
    patient: float


def read_opinions(tokens: Tokens) -> list[Opinion]:
    """Return the opinion words of a parsed sentence in text order, negation and degree counted in."""
    is_headline = _is_headline(tokens)
    opinions = []
    for token in tokens:
        if token.ent_type_ and (token.pos_ == "PROPN" or token.ent_type_ in ("PERSON", "GPE")):
            continue
        if token.pos_ == "PROPN" and not is_headline and token.i > tokens.start:
            continue
        if token.dep_ == "pobj" and _phrase(token.head) is not None:
            continue
        entry = _entry(token)
        if entry is not None:
            opinions.append(_opinion(token, entry))
    return opinions


def is_kind(lemma: str, kind: str) -> bool:
    """Return whether a lemma is listed: as a word of speech (SAY), of reception (GET), a shifter (SHIFT)."""
    return (lemma, kind) in _words()


def _opinion(token: Token, entry: OpinionWord) -> Opinion:
    degree, is_denied = _surroundings(token)
    agent = entry.polarity if entry.agent is None else entry.agent
    patient = entry.polarity if entry.patient is None else entry.patient

    def weigh(value: float) -> float:
        return value * degree * ((TURNED if value > 0 else CLEARED) if is_denied else 1.0)

    return Opinion(token, entry.pos, weigh(entry.polarity), weigh(agent), weigh(patient))


def _is_headline(tokens: Tokens) -> bool:
    words = [token for token in tokens if token.text.isalpha() and len(token) > 3]
    return sum(token.text[0].isupper() for token in words) >= HEADLINE * len(words)


def _entry(token: Token) -> OpinionWord | None:
    words, lemma = _words(), token.lemma_.lower()
    if token.pos_ == "ADP":
        return _phrase(token)
    kind = KINDS.get(token.pos_)
    if kind is None:
        return None
    found = words.get((_compound(token, kind, lemma), kind))
    if found is not None:
        return found
    found = words.get((lemma, kind)) or words.get((token.lower_, kind))
    for other in OTHERS[kind]:
        found = found or words.get((token.lower_ if other != "VERB" else lemma, other))
    is_speech = kind == "VERB" and is_kind(lemma, "SAY")
    return found or (None if is_speech else _moods().get(token.lower_))


def _phrase(token: Token) -> OpinionWord | None:
    """Return a preposition with what it governs, if that is a set phrase: `in charge`, `out of touch`."""
    inner: Token | None = token
    while inner is not None:
        noun = child_with(inner, "pobj")
        if noun is not None:
            words = token.doc[token.i : noun.i + 1]
            return _words().get((" ".join(word.lower_ for word in words), "PHRASE"))
        inner = next((one for one in inner.children if one.dep_ == "prep" and one.i == inner.i + 1), None)
    return None


def _compound(token: Token, kind: str, lemma: str) -> str:
    """Return a verb with its particle (`step down`), a noun with the one before it (`role model`)."""
    if kind == "VERB":
        particle = child_with(token, "prt", "advmod")
        return f"{lemma} {particle.lower_}" if particle is not None else ""
    before = child_with(token, "compound")
    return f"{before.lower_} {lemma}" if before is not None else ""


def _surroundings(token: Token) -> tuple[float, bool]:
    """Return what the words around an opinion word make of its degree, and whether they deny it."""
    degree, denials = 1.0, 0
    near = list(token.children)
    if token.dep_ in ("acomp", "attr", "amod", "xcomp", "dobj", "pobj", "prep"):
        near += [child for child in token.head.children if child.dep_ in ("neg", "aux", "advmod", "det")]
        if token.dep_ != "amod" and is_kind(token.head.lemma_.lower(), "SHIFT"):
            denials += 1
    denials += _denials_above(token)
    for child in near:
        word = child.lower_
        if child.dep_ == "neg" or (child.dep_ in ("det", "advmod", "preconj") and is_kind(word, "SHIFT")):
            denials += 1
        elif is_kind(word, "MORE"):
            degree *= STRONGER
        elif is_kind(word, "LESS"):
            degree *= WEAKER
    return degree, denials % 2 == 1


def _denials_above(token: Token) -> int:
    """Return how often an opinion is denied from above: I don't think he is fit, not ready to support her."""
    denials, word = 0, token
    while word.head is not word and word.dep_ in RAISED:
        head = word.head
        is_thought = word.dep_ != "ccomp" or is_kind(head.lemma_.lower(), "THINK")
        if word.dep_ in ("xcomp", "ccomp") and is_thought and child_with(head, "neg") is not None:
            denials += 1
        if word.dep_ == "ccomp" and not is_thought:
            break
        word = head
    subject = child_with(word, "nsubj", "nsubjpass")
    pair = child_with(subject, "preconj", "det") if subject is not None else None
    return denials + (pair is not None and pair.lower_ in NONE_OF)


@cache
def _moods() -> dict[str, OpinionWord]:
    rows = load("valence_words", ValenceWord)
    return {
        row.word: OpinionWord(row.word, "MOOD", MOOD * row.valence, None, None, row.source) for row in rows
    }


@cache
def _words() -> dict[tuple[str, str], OpinionWord]:
    return {(entry.lemma, entry.pos): entry for entry in load("opinion_words", OpinionWord)}
