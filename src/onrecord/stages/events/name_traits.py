"""What a model may know of a word that might name an event: traits, short texts that a person can read.

A trait is `kind value`, as in "object agreement" or "after on GPE". Names of persons, places and bodies,
dates and figures stand under their entity type, so that no weight is learned about anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

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
PREPOSED = ("prep", "agent", "dative")
CENTRAL = ("dobj", "nsubjpass", "nsubj")
INNER = ("compound", "amod", "prep", "poss")
VERBAL = ("VERB", "AUX")
CORE_FRAME = ("agent", "ccomp", "dobj", "neg", "nsubj", "nsubjpass", "xcomp")
CLIMB = 4
"""Heads that are looked at above a word for the verb that governs it."""
FIRST = 6
"""Sentences of a page are told apart up to this one."""
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


def sentence_traits(words: Sequence[Token], masks: Sequence[str]) -> list[str]:
    """Return the traits that all words of a sentence share: its content words, in alphabetical order."""
    found = {
        masked for word, masked in zip(words, masks, strict=True) if word.pos_ in CONTENT or word.ent_type_
    }
    return [f"sentence {word}" for word in sorted(found)]


def name_traits(token: Token, words: Sequence[Token], masks: Sequence[str]) -> list[str]:
    """Return the traits of a word in its sentence `words`, repeats left in; `masks` are those of the words.

    The word and its forms; its head and what governs it; its dependents, one and two steps down; its
    neighbours.
    """
    lemma, tag, label = token.lemma_.lower(), token.tag_, token.dep_
    word = f"word {lemma}/{SHORT.get(token.pos_, 'x')}"
    found = [
        word,
        f"part of speech {token.pos_}",
        f"tag {tag}",
        f"label {label}",
        f"{word} as {label}",
        f"tag {tag} as {label}",
        f"ending {token.lower_[-3:]}",
        f"beginning {lemma[:4]}",
    ]
    _add_head(found, token, word)
    _add_arguments(found, token, word)
    _add_neighbours(found, token.i - words[0].i, word, masks)
    _add_governor(found, token, words[0].i, words[-1].i)
    return found


def _add_head(found: list[str], token: Token, word: str) -> None:
    head, label = token.head, token.dep_
    if head is token:
        return
    lemma = head.lemma_.lower()
    found += (f"head {lemma}", f"{label} of {lemma}", f"{word} under {lemma}", f"{label} of a {head.pos_}")
    if head.pos_ == "ADP":
        found += (f"preposition {lemma}", f"{lemma} of {head.head.lemma_.lower()}")


def _add_arguments(found: list[str], token: Token, word: str) -> None:
    labels = set()
    for child in token.children:
        label = child.dep_
        if label == "punct":
            continue
        labels.add(label)
        value, kind = mask(child), child.ent_type_ or child.pos_
        found += (f"{label} {value}", f"{label} a {kind}", f"{word} with {label} a {kind}")
        if label in ARGUMENTS:
            found.append(f"{word} with {label} {value}")
        if label in PREPOSED:
            _add_governed(found, child, word)
        elif label in CENTRAL:
            _add_inner(found, child)
    found.append("frame " + ",".join([label for label in FRAME if label in labels]))
    found.append(f"{word} in frame " + ",".join([label for label in CORE_FRAME if label in labels]))


def _add_governed(found: list[str], prep: Token, word: str) -> None:
    first = prep.lemma_.lower()
    for noun in prep.children:
        if noun.dep_ in ("pobj", "pcomp"):
            kind = noun.ent_type_ or noun.pos_
            found += (
                f"after {first} {mask(noun)}",
                f"after {first} a {kind}",
                f"{word} with {first} a {kind}",
            )


def _add_inner(found: list[str], noun: Token) -> None:
    start = f"in its {noun.dep_} "
    for child in noun.children:
        label = child.dep_
        if label in INNER:
            found.append(start + mask(child))
        if label == "prep":
            found += [f"{start}{child.lemma_.lower()} {mask(inner)}" for inner in child.children]


def _add_neighbours(found: list[str], at: int, word: str, masks: Sequence[str]) -> None:
    last = len(masks) - 1
    if at > 1:
        found.append(f"-2 {masks[at - 2]}")
    if at:
        found += (f"-1 {masks[at - 1]}", f"{word} behind {masks[at - 1]}")
    if at < last:
        found += (f"+1 {masks[at + 1]}", f"{word} before {masks[at + 1]}")
    if at + 1 < last:
        found.append(f"+2 {masks[at + 2]}")


def _add_governor(found: list[str], token: Token, first: int, last: int) -> None:
    """Add the nearest verb above a word, by which path, with its subject and its auxiliaries."""
    path: list[str] = []
    current = token
    for _ in range(CLIMB):
        head = current.head
        if head is current or not first <= head.i <= last:
            break
        path.append(current.dep_)
        current = head
        if current.pos_ in VERBAL:
            lemma = current.lemma_.lower()
            found += (f"governed by {lemma}", f"governed by {lemma} through {'>'.join(path)}")
            for child in current.children:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    found.append(f"governor's subject {mask(child)}")
                elif child.dep_ in ("aux", "neg"):
                    found.append(f"governor's {child.lemma_.lower()}")
            break
    found.append("path " + ">".join(path))


def place_traits(kind: str, number: int) -> tuple[str, str]:
    """Return where a sentence stands: the kind of its part, its number in the story."""
    return f"in a {kind}", f"sentence number {min(number, FIRST)}"
