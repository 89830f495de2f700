"""The codebook as the stage uses it: entries, word classes, refinements, cues and code tables."""

from __future__ import annotations

from onrecord.errors import LexiconError
from onrecord.lexicons import find_stray, load, load_codebook, load_user_entries, user_file
from onrecord.lexicons.cache_files import cached_by_files
from onrecord.ontology.codes import load_codes
from onrecord.ontology.entries import Codebook, Cue, Entry, Pattern, Refinement, WordClass
from onrecord.ontology.find_faults import find_faults

KIND_ORDER = (
    "ultimatum", "order", "demand", "ask", "refuse", "reject", "stop", "threaten", "promise", "plan", "deny",
    "accuse", "attempt", "fail", "prevent", "accept", "announce", "allow", "must", "want", "predict",
    "conditional", "possible", "light", "report", "neutral",
)  # fmt: skip
"""When a word is a cue in two ways with the same complement, the earlier kind is taken."""


@cached_by_files
def read_codebook(extra: tuple[str, ...] = ()) -> Codebook:
    """Return the built-in codebook with the entries of extra files added or put in place of its own.

    Raises LexiconError naming file and entry, and what mends it, if an extra file is at fault.
    """
    for stray in filter(None, (find_stray(user_file(name)) for name in extra)):
        raise LexiconError(stray)
    classes = read_classes(extra)
    refinements = _read_refinements(classes)
    codes = load_codes()
    added = [pair for name in extra for pair in load_user_entries(name, Entry)]
    own = frozenset(entry.key for _, entry in added)
    for place, entry in added:
        for fault in find_faults(entry, classes, refinements, codes):
            raise LexiconError(f"{place}: {fault}")
    verbs: dict[str, list[Pattern]] = {}
    nouns: dict[str, list[Pattern]] = {}
    for entry in load_codebook(Entry, extra):
        for text in entry.verbs:
            lemma, pattern = _compile(text, entry, classes, entry.key in own)
            verbs.setdefault(lemma, []).append(pattern)
        for text in entry.nouns:
            lemma, pattern = _compile(text, entry, classes, entry.key in own)
            nouns.setdefault(lemma, []).append(pattern)
    return Codebook(
        verbs=_ranked(verbs),
        nouns=_ranked(nouns),
        refinements=refinements,
        cues=_read_cues(),
        codes=codes,
        classes=classes,
    )


def read_classes(extra: tuple[str, ...] = ()) -> dict[str, frozenset[str]]:
    """Return the word classes by name, the `[[class]]` tables of extra files added or put in place."""
    classes = {row.key: frozenset(row.words) for row in load("codebook/word_classes", WordClass)}
    for name in extra:
        classes |= {row.key: frozenset(row.words) for _, row in load_user_entries(name, WordClass, "class")}
    return classes


def expand(words: tuple[str, ...], classes: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return words with the members of each @class in its place."""
    found: set[str] = set()
    for word in words:
        found |= classes[word[1:]] if word.startswith("@") else {word}
    return frozenset(found)


def _compile(text: str, entry: Entry, classes: dict[str, frozenset[str]], own: bool) -> tuple[str, Pattern]:
    head, _, objects = text.partition(":")
    lemma, _, particle = head.strip().partition(" ")
    needed = tuple(objects.split()) or entry.object
    return lemma, Pattern(
        entry,
        particle,
        expand(needed, classes),
        expand(entry.without, classes),
        expand(entry.near, classes),
        expand(entry.far, classes),
        own,
    )


def _ranked(patterns: dict[str, list[Pattern]]) -> dict[str, tuple[Pattern, ...]]:
    return {
        lemma: tuple(sorted(found, key=lambda p: (*(-x for x in p.rank), p.entry.key)))
        for lemma, found in patterns.items()
    }


def _read_refinements(
    classes: dict[str, frozenset[str]],
) -> dict[str, tuple[tuple[frozenset[str], Refinement], ...]]:
    groups: dict[str, list[Refinement]] = {}
    for row in load("codebook/refinements", Refinement):
        groups.setdefault(row.group, []).append(row)
    return {
        group: tuple((expand(row.words, classes), row) for row in sorted(rows, key=lambda row: row.rank))
        for group, rows in groups.items()
    }


def _read_cues() -> dict[tuple[str, str, str], tuple[tuple[str, Cue], ...]]:
    found: dict[tuple[str, str, str], list[tuple[str, Cue]]] = {}
    for cue in load("status_cues", Cue):
        for pos, words in (("verb", cue.verbs), ("noun", cue.nouns), ("adj", cue.adjectives)):
            for word in words:
                lemma, _, particle = word.partition(" ")
                for form in cue.takes:
                    found.setdefault((pos, lemma, form), []).append((particle, cue))
    return {
        key: tuple(sorted(pairs, key=lambda pair: (not pair[0], KIND_ORDER.index(pair[1].kind))))
        for key, pairs in found.items()
    }
