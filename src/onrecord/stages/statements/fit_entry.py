from __future__ import annotations

from collections.abc import Callable

from onrecord.clauses.arcs import has_aux
from onrecord.grammar import child_with, children_with, has_to, prepositional
from onrecord.stages.statements.attribution_verb import AttributionVerb, document_nouns
from onrecord.stages.statements.describe_source import is_person
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token


def fits_entry(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """Return whether a verb with its speaker meets all that an entry asks for."""
    return all(fits(verb, source, entry) for fits in FITS)


def _has_speaker(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """`A poll put her ahead`: with some verbs only a document shows something."""
    return entry.subjects != "document" or is_document(source)


def _has_helper(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """`would like to` is a wish, `likes to` is none."""
    return entry.helped is None or has_aux(verb, (entry.helped,))


def _is_completed(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """`call X a failure`, `see X as a failure`: an object with what it needs."""
    if entry.completed is None:
        return True
    objects = ("oprd", "ccomp", "acomp", "xcomp") if entry.completed == "any" else ()
    return any(
        c.lower_ in entry.completers or (c.dep_ in objects and not (has_to(c) and c.lemma_ != "be"))
        for c in verb.rights
    )  # "called him mad", "called it to be a risk"; not: "called him to say so"


def _is_verbal(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """Blows in words: at a plan, for something, by a person, a critic or a text; not at a police post."""
    if not entry.deed:
        return True
    things = {noun.lemma_.lower() for noun in children_with(verb, "dobj", "nsubjpass")}
    if things & source_words("struck"):
        return False
    is_blow = verb.lemma_.lower() in source_words("blow") and not things & source_words("criticised")
    has_reason = any(child.lower_ in ("for", "over", "as") for child in verb.rights)
    return not is_blow or has_reason or _is_critic(source)


def _is_critic(source: Token | None) -> bool:
    if source is None:
        return False
    return is_person(source) or is_document(source) or source.lemma_.lower() in source_words("critic")


def _has_object(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """`responded to the question`: an answer answers words; firemen respond to a blaze."""
    if entry.objects is None:
        return True
    nouns = prepositional(verb, *entry.preps) if entry.preps else children_with(verb, "dobj")
    return any(noun.lemma_.lower() in source_words(entry.objects) for noun in nouns)


def _is_intransitive(verb: Token, source: Token | None, entry: AttributionVerb) -> bool:
    """`called the envoy to tell him`: who calls somebody demands nothing."""
    if not entry.intransitive:
        return True
    subjects = (one for child in verb.rights for one in children_with(child, "nsubj"))
    is_taken_along = any(one.left_edge.i == verb.i + 1 for one in subjects)  # "called | Lind to tell him"
    return child_with(verb, "dobj") is None and not is_taken_along


FITS: tuple[Callable[[Token, Token | None, AttributionVerb], bool], ...] = (
    _has_speaker,
    _has_helper,
    _is_completed,
    _is_verbal,
    _has_object,
    _is_intransitive,
)


def is_document(source: Token | None) -> bool:
    """Return whether a noun names a text, a poll or the like."""
    return source is not None and source.lemma_.lower() in document_nouns()
