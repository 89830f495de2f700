"""Each pattern of the codebook matches a sentence that holds just the words it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from onrecord.ontology.entries import Codebook, Pattern
from onrecord.ontology.read_codebook import read_codebook
from onrecord.stages.events.match_entries import match_entries
from onrecord.words import Doc, Token

BOOK = read_codebook()


def make_word(i: int, text: str, pos: str, dep: str, head: Token | None) -> Token:
    """Return a word that hangs on its head, the root if it has none."""
    word = Token()
    word.i = i
    word.text = word.lower_ = word.lemma_ = text
    word.pos_, word.dep_, word.tag_, word.ent_type_ = pos, dep, "", ""
    word.head = word if head is None else head
    word.children = word.lefts = word.rights = ()
    word.is_punct = word.is_space = False
    word.idx = 0
    if head is not None:
        head.children = (*head.children, word)
    return word


def say_pattern(lemma: str, pattern: Pattern, pos: str) -> list[Token]:
    """Return a sentence with what a pattern asks for: particles, object and a word of the clause."""
    top = make_word(0, lemma, pos, "ROOT", None)
    words = [top]
    for particle in pattern.particle.split():
        words.append(make_word(len(words), particle, "ADP", "prep", top))
    if pattern.object:
        wanted = min(pattern.object - pattern.without - pattern.far, default="")
        dep = "compound" if pos == "NOUN" else "xcomp" if pattern.entry.bare else "dobj"
        words.append(make_word(len(words), wanted, "NOUN", dep, top))
    if pattern.near:
        wanted = min(pattern.near - pattern.far, default="")
        words.append(make_word(len(words), wanted, "NOUN", "nsubj" if pos == "VERB" else "nmod", top))
    doc = Doc("", words)
    for word in words:
        word.doc = doc
    return words


def all_patterns(book: Codebook) -> Iterator[tuple[str, str, Pattern]]:
    """Yield each pattern with its lemma and the part of speech of the word that it reads."""
    for pos, table in (("VERB", book.verbs), ("NOUN", book.nouns)):
        for lemma, patterns in table.items():
            yield from ((pos, lemma, pattern) for pattern in patterns)


def test_every_pattern_matches_what_it_asks_for() -> None:
    dead = []
    for pos, lemma, pattern in all_patterns(BOOK):
        alone = replace(BOOK, verbs={lemma: (pattern,)}, nouns={lemma: (pattern,)})
        if not list(match_entries(say_pattern(lemma, pattern, pos), alone)):
            dead.append(f"{pattern.entry.key}: {lemma} {pattern.particle} {sorted(pattern.object)[:3]}")
    assert dead == []


@pytest.mark.parametrize("at", ["verb", "particle"])
def test_a_second_particle_hangs_on_the_verb_or_on_the_first(at: str) -> None:
    (pattern,) = (p for p in BOOK.verbs["stand"] if p.particle == "up for")
    verb = make_word(0, "stand", "VERB", "ROOT", None)
    up = make_word(1, "up", "ADP", "prt", verb)
    words = [verb, up, make_word(2, "for", "ADP", "prep", verb if at == "verb" else up)]
    assert [match.pattern for match in match_entries(words, BOOK)] == [pattern]
