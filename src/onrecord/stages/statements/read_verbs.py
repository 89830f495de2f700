from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from onrecord.grammar import child_with, children_with, is_negated
from onrecord.records import Argument, Clause, Span
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.attribution_verb import AttributionVerb, verbs_by_lemma
from onrecord.stages.statements.describe_source import is_role
from onrecord.stages.statements.find_speaker import (
    find_after,
    find_before,
    find_speaker,
    is_undergone,
    name_source,
)
from onrecord.stages.statements.fit_entry import fits_entry, is_document
from onrecord.stages.statements.measure_spans import merge_spans, place_of, span_between, trim_span
from onrecord.stages.statements.read_clauses import read_bare, read_clause
from onrecord.stages.statements.read_complements import (
    read_gerund,
    read_infinitive,
    read_named,
    read_object,
    read_preposition,
    read_raised,
)
from onrecord.stages.statements.read_quotes import read_quote
from onrecord.stages.statements.source_words import source_words
from onrecord.stages.statements.tag_ends import inserted_tag
from onrecord.words import Token

Content = tuple[Span, ...]
Reader = Callable[[Scene, Token, AttributionVerb], list[Span]]

READERS: dict[str, Reader] = {
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
"""Constructions in the order in which they are tried: what reads the content of each."""


def read_verbs(scene: Scene) -> Iterator[Attribution]:
    """Yield what the verbs of a sentence attribute, at most one attribution for each verb."""
    table = verbs_by_lemma()
    for clause, verb in ((clause, clause.verb) for clause in scene.clauses if clause.verb is not None):
        frames = table.get(verb.lemma_.lower())
        if frames is not None:
            yield from islice(_read_frames(scene, clause, verb, frames), 1)


def _read_frames(
    scene: Scene, clause: Clause, verb: Token, frames: dict[str, tuple[AttributionVerb, ...]]
) -> Iterator[Attribution]:
    """Yield the attributions of a verb by the frames of its entries, the preferred one first."""
    if _is_imperative(verb):
        return
    speaker = find_speaker(clause)
    source = speaker.token if speaker is not None else None
    for frame, reader in READERS.items():
        if frame == "to" and "raised" in frames and (clause.voice == "passive" or is_undergone(verb)):
            continue  # "is expected to close": nobody is told to close it
        if frame == "object" and "to" in frames and _is_told(clause, verb):
            continue  # "soldiers were ordered": they are told, and not what is told
        if frame in ("object", "to") and _is_not_given(verb):
            continue  # "they will not be pledging money"
        for entry in frames.get(frame, ()):
            if not fits_entry(verb, source, entry):
                continue
            spans = reader(scene, verb, entry)
            content = merge_spans(span for raw in spans if (span := trim_span(scene.text, raw)))
            if content:
                yield _attribute(scene, verb, frame, entry, speaker, content)


def _is_imperative(verb: Token) -> bool:
    """Return whether a bare verb tells the reader to do something: `call it a risk`."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and child_with(verb, "aux", "nsubj", "nsubjpass", "expl") is None
    )


def _is_not_given(verb: Token) -> bool:
    """Return whether somebody does not give a word: who refuses says so, who does not promise does not."""
    lemma = verb.lemma_.lower()
    return lemma in source_words("word given") and lemma != "refuse" and is_negated(verb)


def _is_told(clause: Clause, verb: Token) -> bool:
    """Return whether the subject of a passive is a person."""
    return clause.voice == "passive" and any(is_role(one) for one in children_with(verb, "nsubjpass"))


def _attribute(
    scene: Scene, verb: Token, frame: str, entry: AttributionVerb, speaker: Argument | None, content: Content
) -> Attribution:
    """Return the attribution of a content that was found, its speaker set right by where it stands."""
    is_text = entry.attitude == "speech" and speaker is not None and is_document(speaker.token)
    named = _named_by(scene, verb, frame, speaker, content)
    free = Attribution(
        scene.sentence,
        content,
        f"{verb.lemma_.lower()}:{frame}",
        cue=_cue_span(scene, verb, entry.preps if frame == "prep" else ()),
        attitude="document" if is_text else entry.attitude,
        entry=entry.name,
    )
    return name_source(scene, verb, named, free)


def _named_by(
    scene: Scene, verb: Token, frame: str, speaker: Argument | None, content: Content
) -> Argument | None:
    """Return who speaks: nobody for `seems to`, never who is named only inside the quotation."""
    if frame == "raised":
        return None
    if frame == "quote" and speaker is not None and _lies_in(place_of(scene, speaker.token), content):
        return find_before(verb) or find_after(verb) or speaker
    is_behind = speaker is None and content[-1][1] < place_of(scene, verb)[0]
    if frame == "clause" and (is_behind or inserted_tag(verb) is not None):
        return find_after(verb)
    return speaker


def _lies_in(place: Span, content: Content) -> bool:
    return any(start <= place[0] < end for start, end in content)


def _cue_span(scene: Scene, verb: Token, held: tuple[str, ...]) -> Span:
    """Return the span of a cue: its verb with the particle and the preposition right after it."""
    last = verb
    for child in verb.rights:
        if child.i == last.i + 1 and (child.dep_ == "prt" or child.lower_ in held):
            last = child
    return span_between(scene, verb, last)
