"""What a model may know of a word that might name an event: traits, short texts that a person can read.

A trait is `kind value`, as in "object agreement" or "after on GPE". Names of persons, places and bodies,
dates and figures stand under their entity type, so that no weight is learned about anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.words import Token

MASKED = frozenset(
    {
        "PERSON", "GPE", "ORG", "NORP", "DATE", "TIME", "MONEY", "CARDINAL", "PERCENT", "LOC", "FAC",
        "QUANTITY", "ORDINAL",
    }
)  # fmt: skip
"""Entity types that stand for the word itself."""
SHORT = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
OBJECTS = ("dobj", "nsubjpass", "attr", "oprd", "acomp")
ARGUMENTS = frozenset(
    {
        *OBJECTS, "nsubj", "prep", "agent", "prt", "aux", "neg", "xcomp", "ccomp", "compound", "poss", "amod",
        "dative",
    }
)  # fmt: skip
FRAME = ("agent", "aux", "auxpass", "ccomp", "dobj", "neg", "nsubj", "nsubjpass", "poss", "prep", "xcomp")
CORE_FRAME = ("agent", "ccomp", "dobj", "neg", "nsubj", "nsubjpass", "xcomp")
CLIMB = 4
"""Heads that are looked at above a word for the verb that governs it."""
FIRST = 6
"""Sentences of a page are told apart up to this one."""
NEAR = (-2, -1, 1, 2)
QUOTED = "inside a quotation"
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "ADP", "AUX"})


def is_candidate(token: Token) -> bool:
    """Return whether a word could name an event: a verb, a noun that is no name or measure, a predicate."""
    pos, dep, entity = token.pos_, token.dep_, token.ent_type_
    if pos == "VERB":
        return True
    if pos == "NOUN":
        return entity not in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL")
    if pos == "ADJ":
        return dep in ("acomp", "amod", "ROOT", "conj", "oprd", "ccomp", "attr")
    if pos == "PROPN":
        return entity in ("", "EVENT", "LAW") and dep != "compound"
    return pos == "AUX" and dep in ("ROOT", "conj", "ccomp", "relcl")


def mask(token: Token) -> str:
    """Return the lemma of a word, or its entity type where it belongs to a name or a figure."""
    return token.ent_type_ if token.ent_type_ in MASKED else token.lemma_.lower()


def kind_of(token: Token) -> str:
    """Return the entity type of a word, or its part of speech."""
    return token.ent_type_ or token.pos_


def sentence_traits(words: Iterable[Token]) -> list[str]:
    """Return the traits that all words of a sentence share: its content words, in alphabetical order."""
    found = {mask(word) for word in words if word.pos_ in CONTENT or word.ent_type_}
    return [f"sentence {word}" for word in sorted(found)]


def name_traits(token: Token, words: list[Token]) -> list[str]:
    """Return the traits of a word in its sentence `words`, repeats left in.

    The word and its forms; its head and what governs it; its dependents, one and two steps down; its
    neighbours.
    """
    word = f"{token.lemma_.lower()}/{SHORT.get(token.pos_, 'x')}"
    return [
        *_own_traits(token, word),
        *_head_traits(token, word),
        *_argument_traits(token, word),
        *_neighbour_traits(token, word, words),
        *_governor_traits(token, words),
    ]


def _own_traits(token: Token, word: str) -> Iterator[str]:
    yield f"word {word}"
    yield f"part of speech {token.pos_}"
    yield f"tag {token.tag_}"
    yield f"label {token.dep_}"
    yield f"word {word} as {token.dep_}"
    yield f"tag {token.tag_} as {token.dep_}"
    yield f"ending {token.lower_[-3:]}"
    yield f"beginning {token.lemma_.lower()[:4]}"


def _head_traits(token: Token, word: str) -> Iterator[str]:
    head = token.head
    if head is token:
        return
    lemma = head.lemma_.lower()
    yield f"head {lemma}"
    yield f"{token.dep_} of {lemma}"
    yield f"word {word} under {lemma}"
    yield f"{token.dep_} of a {head.pos_}"
    if head.pos_ == "ADP":
        yield f"preposition {lemma}"
        yield f"{lemma} of {head.head.lemma_.lower()}"


def _argument_traits(token: Token, word: str) -> Iterator[str]:
    labels = set()
    for child in token.children:
        label = child.dep_
        if label == "punct":
            continue
        labels.add(label)
        value, kind = mask(child), kind_of(child)
        yield f"{label} {value}"
        yield f"{label} a {kind}"
        yield f"word {word} with {label} a {kind}"
        if label in ARGUMENTS:
            yield f"word {word} with {label} {value}"
        if label in ("prep", "agent", "dative"):
            yield from _prepositional_traits(child, word)
        if label in ("dobj", "nsubjpass", "nsubj"):
            yield from _inner_traits(child)
    yield "frame " + ",".join(label for label in FRAME if label in labels)
    yield f"word {word} in frame " + ",".join(label for label in CORE_FRAME if label in labels)


def _prepositional_traits(prep: Token, word: str) -> Iterator[str]:
    first = prep.lemma_.lower()
    for noun in prep.children:
        if noun.dep_ in ("pobj", "pcomp"):
            yield f"after {first} {mask(noun)}"
            yield f"after {first} a {kind_of(noun)}"
            yield f"word {word} with {first} a {kind_of(noun)}"


def _inner_traits(noun: Token) -> Iterator[str]:
    label = noun.dep_
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "prep", "poss"):
            yield f"in its {label} {mask(child)}"
        if child.dep_ == "prep":
            for inner in child.children:
                yield f"in its {label} {child.lemma_.lower()} {mask(inner)}"


def _neighbour_traits(token: Token, word: str, words: list[Token]) -> Iterator[str]:
    at = token.i - words[0].i
    for step in NEAR:
        if 0 <= at + step < len(words):
            yield f"{step:+d} {mask(words[at + step])}"
    if at + 1 < len(words):
        yield f"word {word} before {mask(words[at + 1])}"
    if at:
        yield f"word {word} behind {mask(words[at - 1])}"


def _governor_traits(token: Token, words: list[Token]) -> Iterator[str]:
    """Yield the nearest verb above a word, by which path, with its subject and its auxiliaries."""
    path: list[str] = []
    current = token
    for _ in range(CLIMB):
        if current.head is current or not words[0].i <= current.head.i <= words[-1].i:
            break
        path.append(current.dep_)
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            lemma = current.lemma_.lower()
            yield f"governed by {lemma}"
            yield f"governed by {lemma} through {'>'.join(path)}"
            for child in current.children:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    yield f"governor's subject {mask(child)}"
                if child.dep_ in ("aux", "neg"):
                    yield f"governor's {child.lemma_.lower()}"
            break
    yield "path " + ">".join(path)


def place_traits(kind: str, number: int) -> tuple[str, str]:
    """Return where a sentence stands: the kind of its part, its number in the story."""
    return f"in a {kind}", f"sentence number {min(number, FIRST)}"
