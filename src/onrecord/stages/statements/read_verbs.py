from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.clauses import agent_in, subject_in
from onrecord.grammar import agent_of, child_with, children_with, is_passive, prepositional, subject_of
from onrecord.lexicons import load
from onrecord.records import Clause, Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.describe_source import is_person
from onrecord.stages.statements.measure_spans import merge_spans, place_of, span_between, trim_span
from onrecord.stages.statements.read_clauses import read_bare, read_clause, read_quote
from onrecord.stages.statements.read_complements import (
    read_gerund,
    read_infinitive,
    read_named,
    read_object,
    read_preposition,
    read_raised,
)
from onrecord.stages.statements.source_words import words_of
from onrecord.words import Token

READERS = {
    "quote": read_quote,
    "clause": read_clause,
    "to": read_infinitive,
    "gerund": read_gerund,
    "raised": read_raised,
    "object": read_object,
    "named": read_named,
    "prep": read_preposition,
    "bare": read_bare,
}
"""The constructions in the order in which they are tried: what reads the content of each."""

INNER = ("det", "compound", "amod", "poss", "nummod", "nmod")
OWN_PATHS = ("nsubj", "nsubjpass", "csubj")
"""A subject of its own speaks, be it a text: `the letter says`."""
RELATIVES = ("who", "which", "that")
RAISED_PRONOUNS = ("it", "there", "this", "that")


@dataclass(frozen=True, slots=True)
class AttributionVerb:
    """Verbs that attribute something, and the constructions that they do it in."""

    name: str
    lemmas: tuple[str, ...]
    frames: tuple[str, ...]
    source: str
    attitude: str = "speech"
    preps: tuple[str, ...] = ()
    """Prepositions that introduce the content."""
    completers: tuple[str, ...] = ()
    """Prepositions that complete an object."""
    completed: str | None = None
    """`prep` where an object needs such a preposition (`see X as Y`), `any` where a second object will do."""
    helped: str | None = None
    """An auxiliary without which nothing is attributed: `would like to`."""
    subjects: str | None = None
    """`document` where only a poll, a report and the like can be the subject."""
    deed: bool = False
    """Whether the same verb tells of blows: `rebels attacked a post`, `the senator attacked the plan`."""
    objects: str | None = None
    """Kind of words (source_words.csv) that the object, or the noun after the preposition, must be one of."""


@dataclass(frozen=True, slots=True)
class DocumentNoun:
    """A noun for something that shows or says things without being a person."""

    lemma: str
    source: str


@cache
def verbs_by_lemma() -> dict[str, dict[str, tuple[AttributionVerb, ...]]]:
    """Return, for each lemma and frame, the entries that allow it."""
    table: dict[str, dict[str, tuple[AttributionVerb, ...]]] = {}
    for entry in load("attribution_verbs", AttributionVerb):
        for lemma in entry.lemmas:
            frames = table.setdefault(lemma, {})
            for frame in entry.frames:
                frames[frame] = (*frames.get(frame, ()), entry)
    return table


@cache
def speech_lemmas(*of: str) -> frozenset[str]:
    """Return the lemmas of verbs that carry something said, in a clause or in the given frames."""
    return frozenset(
        lemma
        for lemma, frames in verbs_by_lemma().items()
        if any(entry.attitude == "speech" for frame in of or ("clause",) for entry in frames.get(frame, ()))
    )


@cache
def document_nouns() -> frozenset[str]:
    """Return the nouns for documents, polls and the like."""
    return frozenset(entry.lemma for entry in load("document_nouns", DocumentNoun))


def read_verbs(scene: Scene) -> Iterator[Attribution]:
    """Yield what the verbs of a sentence attribute, at most one attribution for each verb."""
    table = verbs_by_lemma()
    for clause in scene.clauses:
        if clause.verb is None or clause.verb.dep_ == "amod":
            continue
        frames = table.get(clause.verb.lemma_.lower())
        found = frames and _read_verb(scene, clause, clause.verb, frames)
        if found:
            yield found


def _read_verb(
    scene: Scene, clause: Clause, verb: Token, frames: dict[str, tuple[AttributionVerb, ...]]
) -> Attribution | None:
    source = speaker_of(clause)
    for frame, reader in READERS.items():
        if frame == "to" and "raised" in frames and clause.voice == "passive":
            continue  # "is expected to close": nobody is told to close it
        for entry in frames.get(frame, ()):
            if entry.subjects == "document" and not _is_document(source):
                continue
            if entry.helped and entry.helped not in [c.lower_ for c in verb.lefts if c.dep_ == "aux"]:
                continue
            if entry.completed and not _is_completed(verb, entry):
                continue
            if (entry.deed and not _is_verbal(verb, source, entry)) or not _has_object(verb, entry):
                continue
            spans = reader(scene, verb, entry.preps, entry.completers, speech_lemmas("clause", "object"))
            content = merge_spans(span for raw in spans if (span := trim_span(scene.text, raw)))
            if content:
                held = entry.preps if frame == "prep" else ()
                rule = f"{verb.lemma_.lower()}:{frame}"
                speaker = None if frame == "raised" else source
                if frame == "quote" and speaker is not None and _is_quoted(scene, speaker, content):
                    speaker = _beside(verb) or speaker
                if frame == "clause" and content[-1][1] < place_of(scene, verb)[0]:
                    speaker = speaker or _after(verb)
                pronoun = relative_of(verb) if speaker is not None else None
                mention = place_of(scene, pronoun) if pronoun is not None else None
                attitude = (
                    "document" if entry.attitude == "speech" and _is_document(source) else entry.attitude
                )
                cue = _cue_span(scene, verb, held)
                return Attribution(scene.sentence, content, rule, speaker, mention, cue, attitude)
    return None


def _is_quoted(scene: Scene, source: Token, content: tuple[Span, ...]) -> bool:
    """Return whether the parse found the speaker inside of what is said."""
    place = place_of(scene, source)
    return any(start <= place[0] and place[1] <= end for start, end in content)


def _beside(verb: Token) -> Token | None:
    """Return the noun directly before a verb of a tag: `“The fact is that we lost,” Lind said.`"""
    before = verb.doc[verb.i - 1] if verb.i else None
    return before if before is not None and before.pos_ in ("PROPN", "NOUN", "PRON") else None


def _after(verb: Token) -> Token | None:
    """Return the head of the noun phrase right after a verb: `The road is shut, said a clerk in Oslo.`"""
    first = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    while first is not None and first.dep_ in INNER and first.head.i > first.i:
        first = first.head
    return first if first is not None and first.pos_ in ("NOUN", "PROPN", "PRON") else None


def _is_completed(verb: Token, entry: AttributionVerb) -> bool:
    """Return whether an object has what it needs: `call X a failure`, `see X as a failure`."""
    objects = ("oprd", "ccomp", "acomp", "xcomp") if entry.completed == "any" else ()
    return any(c.lower_ in entry.completers or c.dep_ in objects for c in verb.rights)


def _is_verbal(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """Return whether blows are dealt in words: for something, by a critic or a person, at a plan."""
    thing = child_with(verb, "dobj", "nsubjpass")
    lemma = thing.lemma_.lower() if thing is not None else ""
    if lemma in words_of("struck"):
        return False
    if verb.lemma_.lower() not in words_of("blow") or lemma in words_of("criticised"):
        return True
    if any(child.lower_ in ("for", "over", "as") for child in verb.rights):
        return True
    if source is None:
        return False
    return is_person(source) or _is_document(source) or source.lemma_.lower() in words_of("critic")


def _has_object(verb: Token, entry: AttributionVerb) -> bool:
    """Return whether a preposition brings what an entry asks for: an answer answers words."""
    if entry.objects is None:
        return True
    nouns = prepositional(verb, *entry.preps) if entry.preps else children_with(verb, "dobj")
    return any(noun.lemma_.lower() in words_of(entry.objects) for noun in nouns)


def _is_document(source: Token | None) -> bool:
    return source is not None and source.lemma_.lower() in document_nouns()


def _cue_span(scene: Scene, verb: Token, held: tuple[str, ...]) -> Span:
    last = verb
    for child in verb.rights:
        if child.i == last.i + 1 and (child.dep_ == "prt" or child.lower_ in held):
            last = child
    return span_between(scene, verb, last)


def speaker_of(clause: Clause) -> Token | None:
    """Return the head of who a verb attributes something to; None if that is not said."""
    if clause.voice == "passive":
        agent = agent_in(clause)
        return agent.token if agent is not None else None
    found = subject_in(clause)
    if found is None or (found.token.lower_ in RAISED_PRONOUNS and found.token.dep_ == "expl"):
        return None
    return found.token if found.path in OWN_PATHS else _issuer_of(found.token) or found.token


def _issuer_of(noun: Token) -> Token | None:
    """Return who makes a text or an appearance that speaks: `Lind issued a statement saying ...`.

    None for what is no text, and for a text that somebody only reads or cites.
    """
    if noun.lemma_.lower() not in document_nouns() | words_of("venue"):
        return None
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ not in ("dobj", "nsubjpass", "pobj") or verb.lemma_.lower() not in words_of("issuing"):
        return child_with(noun, "poss")
    return agent_of(verb) if is_passive(verb) else subject_of(verb)


def relative_of(verb: Token) -> Token | None:
    """Return the relative pronoun that is the subject of a verb, or of what it is coordinated with."""
    own = child_with(verb, "nsubj", "nsubjpass")
    if own is not None:
        return own if own.lower_ in RELATIVES and verb.dep_ == "relcl" else None
    return relative_of(verb.head) if verb.dep_ == "conj" else None
