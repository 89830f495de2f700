from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onrecord.clauses import agent_in, find_agent, find_subject, subject_in
from onrecord.clauses.arcs import mark_of
from onrecord.grammar import child_with, children_with, is_passive, prepositional
from onrecord.language.en import RELATIVE
from onrecord.records import Argument, Clause
from onrecord.stages.statements.attribution import Attribution, Scene
from onrecord.stages.statements.fit_entry import is_document
from onrecord.stages.statements.measure_spans import place_of
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

OWN_PATHS = ("nsubj", "nsubjpass", "csubj")
"""A subject of its own speaks, be it a text: `the letter says`."""
IMPERSONAL = ("that", "this", "it", "there", "what")
"""Subjects to which no noun belongs: `That was a reference to ...`"""
BEARING = ("as", "in", "with", "to")
"""Prepositions before the attitude of the subject: `emerged as an advocate for`, `voted in favour of`."""
NAMING = ("PROPN", "NOUN", "PRON")
TOWARD = ("before", "to", "with")
"""Prepositions before those to whom somebody speaks."""


def find_speaker(clause: Clause) -> Argument | None:
    """Return to whom a verb attributes something, with the path by which it was found; None if untold."""
    if clause.voice == "passive":
        return agent_in(clause)
    verb, found = clause.verb, subject_in(clause)
    if verb is None or found is None:
        return found
    if is_undergone(verb) or _is_impersonal(found):
        return None
    orator = _find_orator(verb)
    if orator is not None or found.path in OWN_PATHS:
        return orator or found
    return (
        _find_example(verb) or _find_caller(verb, found) or _find_outer(verb) or _find_issuer(found) or found
    )


def is_undergone(verb: Token) -> bool:
    """Return whether a verb is passive by the words beside it, though it has no auxiliary of its own.

    `were ordered or encouraged to shoot`: the second is passive as the first is; `with the mayor expected
    to resign`: nobody is told to expect it.
    """
    if child_with(verb, "aux", "auxpass") is not None:
        return False
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and child_with(verb, *OWN_PATHS) is None:
        return child_with(verb.head, "auxpass") is not None
    return verb.tag_ in ("VBN", "VBD") and mark_of(verb) == "with"


def _is_impersonal(found: Argument) -> bool:
    """Return whether a subject further up stands for nobody: `it is worth noting that`."""
    verb = found.token.head
    is_bare = found.token.lower_ in IMPERSONAL and found.path not in OWN_PATHS
    return is_bare and (verb.pos_ == "ADJ" or child_with(verb, "acomp", "attr") is not None)


def _find_example(gerund: Token) -> Argument | None:
    """Return who did the like: `as Lind, who lost, did in lashing out at them`."""
    did = gerund.head.head
    if gerund.dep_ != "pcomp" or did.lemma_ != "do" or child_with(did, *OWN_PATHS) is not None:
        return None
    before = (word for word in reversed(did.doc[did.sent.start : did.i]) if word.dep_ == "pobj")
    found = next((noun for noun in before if noun.head.lower_ == "as"), None)
    return Argument("subject", found, "as>pobj") if found is not None else None


def _find_caller(verb: Token, found: Argument) -> Argument | None:
    """Return who contacts somebody in order to say something: `Lind phoned the envoy to express regret`."""
    if found.path != "xcomp>dobj" or verb.head.lemma_.lower() not in source_words("contacting"):
        return None
    caller = find_subject(verb.head)
    return Argument("subject", caller.token, f"purpose>{caller.path}") if caller is not None else None


def _find_outer(verb: Token) -> Argument | None:
    """Return the subject of the verb above a reported clause to which the parse coordinated another verb.

    `said that Reza has not signed, and blamed his rivals`: `blamed` cannot share the auxiliary of `signed`,
    so that it goes on with `said`.
    """
    inner = verb.head
    is_other = verb.dep_ == "conj" and verb.tag_ == "VBD" and child_with(inner, "aux") is not None
    if not is_other or inner.tag_ not in ("VB", "VBN") or inner.dep_ != "ccomp":
        return None
    outer = next((above for above in inner.ancestors if above.tag_ == "VBD"), None)
    found = find_subject(outer) if outer is not None else None
    return Argument("subject", found.token, f"outer>{found.path}") if found is not None else None


def _find_orator(participle: Token) -> Argument | None:
    """Return who speaks before those to whom the parse gave a participle: `spoke to them defending it`."""
    prep = participle.head if participle.dep_ == "pcomp" else participle.head.head
    verb = prep.head
    if participle.tag_ != "VBG" or participle.dep_ not in ("acl", "pcomp") or prep.lower_ not in TOWARD:
        return None
    found = find_subject(verb) if verb.lemma_.lower() in source_words("address") else None
    return Argument("subject", found.token, f"audience>{found.path}") if found is not None else None


def _find_issuer(text: Argument) -> Argument | None:
    """Return who issues a text or owns it: `Lind issued a statement saying ...`, `his letter, saying ...`.

    None for what is no text, and for a text that somebody only reads or cites.
    """
    noun = text.token
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.lemma_.lower() in source_words("issuing") and noun.dep_ in ("dobj", "nsubjpass", "pobj"):
        issuer = find_agent(verb) if is_passive(verb) else find_subject(verb)
        return Argument("subject", issuer.token, f"{text.path}>issuer>{issuer.path}") if issuer else None
    owners = children_with(noun, "poss") if is_document(noun) else []
    return next((Argument("subject", owner, f"{text.path}>poss") for owner in owners), None)


def find_before(verb: Token) -> Argument | None:
    """Return the noun directly before a verb of a tag: `“The fact is that we lost,” Lind said.`"""
    before = verb.doc[max(0, verb.i - 1)]
    return Argument("subject", before, "before") if before.pos_ in NAMING else None


def find_after(verb: Token) -> Argument | None:
    """Return the head of the noun phrase right after a verb: `The road is shut, said a clerk in Oslo.`"""
    first = verb.doc[min(verb.i + 1, len(verb.doc) - 1)]
    while first.head.i > first.i:
        first = first.head
    return Argument("subject", first, "after") if first.pos_ in NAMING else None


def name_source(scene: Scene, verb: Token, named: Argument | None, one: Attribution) -> Attribution:
    """Return an attribution with its speaker; its mention is the relative pronoun before its verb."""
    if named is None:
        return one
    pronoun = _relative_of(verb)
    mention = place_of(scene, pronoun) if pronoun is not None else None
    return replace(one, source=named.token, mention=mention, path=named.path)


def _relative_of(verb: Token) -> Token | None:
    """Return the relative pronoun that is the subject of a verb, or of what it is coordinated with."""
    for own in children_with(verb, "nsubj", "nsubjpass"):
        return own if own.lower_ in RELATIVE else None
    return _relative_of(verb.head) if verb.dep_ == "conj" else None


def find_owner(noun: Token) -> Argument | None:
    """Return to whom a noun or an adjective attributes its content, with the path by which it was found."""
    found = next((owner for step in OWNER_STEPS if (owner := step(noun)) is not None), None)
    return None if found is None or found.token.lower_ in IMPERSONAL else found


def _possessor(noun: Token) -> Argument | None:
    """`her claim`"""
    return next((Argument("subject", owner, "poss") for owner in children_with(noun, "poss")), None)


def _maker(noun: Token) -> Argument | None:
    """`a claim by the union`, `a letter from Lind`, `the claims of Chad that it won`"""
    is_told = any(mark_of(child) == "that" for child in noun.rights)
    makers = prepositional(noun, "by", "from", *(("of",) if is_told else ()))
    return next((Argument("agent", maker, f"{maker.head.lower_}>pobj") for maker in makers), None)


def _carrier(noun: Token) -> Argument | None:
    """`The union made the claim`, `Lind is sure`: the subject of the verb that carries the noun or adjective.

    Who rejects or receives a claim did not make it.
    """
    first = _first_of(noun)
    is_given = first.dep_ == "dobj" and first.head.lemma_.lower() not in source_words("recipient")
    if first.pos_ == "ADJ" or first.dep_ == "attr" or is_given:
        return _subject_above(first.head, first.dep_)
    return None


def _headed(adjective: Token) -> Argument | None:
    """`Norway pessimistic over its fish`: a headline leaves out the copula"""
    noun = adjective.head
    is_said = adjective.dep_ == "amod" and adjective.pos_ == "ADJ" and adjective.i > noun.i
    return Argument("subject", noun, "amod") if is_said and noun.pos_ == "PROPN" else None


def _bearer(noun: Token) -> Argument | None:
    """`Lind emerged as a defender of the mill`"""
    prep = _first_of(noun).head
    if prep.lower_ not in BEARING or is_passive(prep.head):
        return None
    return _subject_above(prep.head, prep.lower_)


def _subject_above(verb: Token, path: str) -> Argument | None:
    above = find_subject(verb)
    return Argument("subject", above.token, f"{path}>{above.path}") if above is not None else None


OWNER_STEPS: tuple[Callable[[Token], Argument | None], ...] = (_possessor, _maker, _headed, _carrier, _bearer)
"""The ways to whom a noun belongs in the order in which they are tried."""


def _first_of(noun: Token) -> Token:
    """Return the first of coordinated nouns and adjectives: they have one subject."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun
