"""Codebook patterns at a word: lemma, particle, object and context words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.clauses.arcs import is_verbal
from onrecord.grammar import child_with, children_with, subject_of, subtree
from onrecord.ontology.entries import Codebook, Entry, Pattern, Refinement
from onrecord.words import Token

CLAUSES = ("ccomp", "advcl", "relcl", "conj", "parataxis", "csubj")
OBJECT_PARTS = ("compound", "amod", "nmod", "nummod", "poss", "conj", "appos")
CIRCUMSTANCES = ("in", "by", "at", "after", "during")
"""Prepositions that bring no object of a verb."""
OTHERS = 3
"""So many entries that were passed over are named."""
PHRASAL = ("dobj", "nsubjpass", "pobj", "attr", "prep", "compound", "agent", "conj", "nsubj", "amod")
"""Labels through which a noun belongs to the clause of a verb."""
UNREFINED = Refinement("", "", 0, (), "", "onrecord")
"""Of an act whose entry says all: it changes neither code nor act."""


@dataclass(frozen=True, slots=True)
class Match:
    """A word that names an act, by which pattern of the codebook."""

    token: Token
    pattern: Pattern
    refinement: Refinement = UNREFINED
    others: tuple[str, ...] = ()
    """Entries that fit the word as well and were passed over, the nearest first."""

    @property
    def why(self) -> tuple[str, ...]:
        """Which entry reads the word, which words made its code finer, and what else was considered."""
        kind = "verb" if self.token.pos_ in ("VERB", "AUX") else "noun"
        lines = [f'"{self.token.text}": {kind} of entry {self.pattern.entry.key}']
        if self.refinement.key:
            lines.append(f"finer code {self.refinement.code}: {self.refinement.key}")
        if self.others:
            lines.append(f"also considered: {', '.join(self.others)}")
        return tuple(lines)

    @property
    def code(self) -> str:
        """CAMEO code of the act: the refinement's, else the entry's."""
        return self.refinement.code or self.pattern.entry.code

    @property
    def act(self) -> str:
        """PLOVER type, or type/mode, that refinement or entry give; empty where the code's own holds."""
        return self.refinement.act or self.pattern.entry.act


@cache
def plain_pattern(key: str, code: str, act: str = "", joint: bool = False) -> Pattern:
    """Return a pattern that asks for nothing beside its word: of cues, of acts that only the model reads."""
    none: frozenset[str] = frozenset()
    return Pattern(Entry(key, code, "onrecord", act, joint=joint), "", none, none, none, none)


def match_entries(sentence: list[Token], book: Codebook) -> Iterator[Match]:
    """Yield the acts that the words of a sentence name, in text order, at most one a word."""
    for token in sentence:
        pos = token.pos_
        if pos in ("VERB", "AUX"):
            patterns = book.verbs.get(token.lemma_.lower())
        elif pos in ("NOUN", "PROPN"):
            patterns = book.nouns.get(token.lemma_.lower())
        else:
            continue
        if patterns and not _is_label(token) and (match := _match_token(token, patterns, book)):
            yield match


def _is_label(token: Token) -> bool:
    """Return whether a word only describes ("the elected council"), belongs to a date or is a preposition."""
    return token.dep_ in ("amod", "prep") or token.ent_type_ in ("DATE", "TIME")


def drop_absorbed(matches: list[Match]) -> list[Match]:
    """Return matches without the nouns that are part of a verb's own pattern: talks in "held talks"."""
    taken = {noun.i for noun, _ in absorbed_nouns(matches)}
    return [match for match in matches if match.token.i not in taken]


def absorbed_nouns(matches: list[Match]) -> list[tuple[Token, str]]:
    """Return the nouns that are part of a verb's own pattern, with the entry that reads the verb."""
    return [
        (noun, match.pattern.entry.key)
        for match in matches
        if match.pattern.object
        for head in object_heads(match.token)
        for noun in (head, *head.conjuncts)
        if {noun.lemma_.lower(), noun.lower_} & match.pattern.object
    ]


def _match_token(token: Token, patterns: tuple[Pattern, ...], book: Codebook) -> Match | None:
    """Return the pattern that fits a word and asks for most; of the others that fit, their names."""
    words = _Surroundings(token)
    fitting = [pattern for pattern in patterns if _fits(token, pattern, words)]
    if not fitting:
        return None
    best = fitting[0]
    refinement = _refine(best, words.clause, book) if best.entry.refine else UNREFINED
    others = list(dict.fromkeys(pattern.entry.key for pattern in fitting))[1:]
    return Match(token, best, refinement, tuple(others[:OTHERS]))


class _Surroundings:
    """The words round an act that patterns ask for, read when the first pattern asks."""

    def __init__(self, token: Token) -> None:
        self.token = token

    @cached_property
    def object(self) -> set[str]:
        return object_words(self.token)

    @cached_property
    def clause(self) -> set[str]:
        return clause_words(self.token)


def _fits(token: Token, pattern: Pattern, words: _Surroundings) -> bool:
    if pattern.particle and not has_particle(token, pattern.particle):
        return False
    if pattern.entry.bare and has_object(token):
        return False
    if pattern.object and not pattern.object & words.object:
        return False
    if pattern.without & words.object:
        return False
    if pattern.near and not pattern.near & words.clause:
        return False
    return not pattern.far & words.clause - {token.lemma_.lower(), token.lower_}


def _refine(pattern: Pattern, clause: set[str], book: Codebook) -> Refinement:
    finer = (row for words, row in book.refinements[pattern.entry.refine] if words & clause)
    return next(finer, UNREFINED)


def has_particle(token: Token, particle: str) -> bool:
    """Return whether a word has a particle or preposition of its own.

    The second of two hangs on the word as well, or on the first: "stood up for", "pulled out of".
    """
    first, _, second = particle.partition(" ")
    return any(
        child.lower_ == first
        and not any(noun.ent_type_ in ("DATE", "TIME") for noun in child.children)
        and (not second or has_particle(child, second) or has_particle(token, second))
        for child in token.children
    )


def has_object(verb: Token) -> bool:
    """Return whether a verb has an object, or the subject of a passive."""
    return any(child.dep_ in ("dobj", "nsubjpass", "dative") for child in verb.children)


def object_words(token: Token) -> set[str]:
    """Return the lemmas of what an act is done to: of the object, or around the noun that names it."""
    found: set[str] = set()
    for head in object_heads(token):
        found |= phrase_words(head)
    found |= {child.lemma_.lower() for child in token.children if child.dep_ == "xcomp"}
    if token.pos_ in ("NOUN", "PROPN"):
        for child in token.children:
            if child.dep_ in ("compound", "amod", "nmod", "poss"):
                found |= {child.lemma_.lower(), child.lower_}
    return found


def object_heads(token: Token) -> list[Token]:
    """Return the heads of an act's object: direct object, passive subject, or what a noun takes with of."""
    if token.pos_ in ("NOUN", "PROPN"):
        return [
            noun for prep in children_with(token, "prep") for noun in children_with(prep, "pobj", "pcomp")
        ]
    heads = children_with(token, "dobj", "nsubjpass", "oprd", "attr", "acomp", "dative")
    for prep in children_with(token, "prep", "dative", "agent"):
        if prep.lower_ not in CIRCUMSTANCES:
            below = child_with(prep, "prep") if prep.lower_ == "out" else None
            heads += children_with(prep if below is None else below, "pobj")
    return heads or ([token.head] if token.dep_ in ("acl", "relcl") else [])


def phrase_words(head: Token) -> set[str]:
    """Return the lemmas of a noun phrase: head, modifiers, conjuncts, and what stands after of or for."""
    found = {head.lemma_.lower(), head.lower_}
    for child in head.children:
        if child.dep_ in OBJECT_PARTS:
            found |= phrase_words(child)
        elif child.lower_ in ("of", "for", "in", "on", "to"):
            for noun in child.children:
                found |= phrase_words(noun)
    return found


def clause_words(token: Token) -> set[str]:
    """Return the lemmas of the clause that an act stands in, its dependent clauses left out.

    The troops belong to it that are ordered to leave.
    """
    top = token
    while not is_verbal(top) and top.dep_ in PHRASAL:
        top = top.head
    near = list(subtree(top, CLAUSES))
    if token.dep_ == "xcomp" and (doer := subject_of(token)) is not None:
        near += subtree(doer, CLAUSES)
    said = subtree(token, ("ccomp", "parataxis"))
    return {word for item in near for word in (lemma_of(item), item.lower_)} | set(map(lemma_of, said))


def lemma_of(token: Token) -> str:
    """Return the lemma of a word in lower case; of a verb that stands as a preposition the word itself.

    "According to" names no accord.
    """
    return token.lower_ if token.dep_ == "prep" else token.lemma_.lower()
