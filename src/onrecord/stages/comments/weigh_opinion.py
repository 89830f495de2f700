from __future__ import annotations

from onrecord.grammar import agent_of, child_with, is_passive, prepositional, subject_of, with_conjuncts
from onrecord.language.en import TOPICAL
from onrecord.stages.comments.read_opinions import Opinion, is_kind
from onrecord.words import Token

CLAUSES = ("advcl", "relcl", "ccomp", "parataxis", "acl", "csubj", "pcomp")
CONTRASTS = ("but", "however", "although", "though", "despite")
"""Words after which a praise in the same sentence may be taken back."""
W = {
    "agent": 1.2,
    "patient": 1.0,
    "within": 0.9,
    "copula": 1.0,
    "modified": 1.0,
    "owner": 0.9,
    "by": 0.9,
    "about": 0.8,
    "holds": 0.9,
    "as": 0.9,
    "near": 1.4,
    "decay": 0.82,
    "clause": 0.6,
    "speaker": 0.1,
    "inside": 0.3,
    "despite": 0.5,
    "told": 0.6,
    "beside": 0.7,
    "impersonal": 0.6,
    "faint": 0.5,
}
"""How much a relation passes on; `near` is what is left without one, `decay` its loss a step in the tree.

Nearness alone says less of who speaks (`told`), of whom somebody is with (`beside`), of a place or a body
(`impersonal`), and of whom a verb of praise has neither as its doer nor as its object (`faint`).
"""
BESIDE = ("with", "between", "to", "from", "in", "near", "after")
IMPERSONAL = ("GPE", "LOC", "FAC", "ORG")

Bearing = tuple[float, str]

Weighed = tuple[float, str, Opinion, Token]
"""What an opinion word says about a mention, by which relation."""


def weigh_opinion(opinion: Opinion, mention: Token) -> Bearing:
    """Return what an opinion word says about a mentioned actor (its head word), and by which relation."""
    is_verb = opinion.kind in ("VERB", "MOOD") and opinion.token.pos_ in ("VERB", "AUX")
    found = _verb_role(opinion, mention) if is_verb else _described(opinion, mention)
    return found or (_weigh_nearness(opinion, mention), "near")


def _weigh_nearness(opinion: Opinion, mention: Token) -> float:
    """Return what a word says of an actor that it stands in no relation to, but near."""
    value = _nearness(opinion.token, mention) * opinion.polarity
    if _is_speaker(mention):
        if value < 0:
            return 0.0
        value *= W["told"]
    if mention.ent_type_ in IMPERSONAL:
        value *= W["impersonal"]
    if mention.dep_ == "pobj" and mention.head.lower_ in BESIDE:
        value *= W["beside"]
    if mention.dep_ == "compound":
        value *= W["inside"]
    if value > 0 and opinion.kind in ("VERB", "MOOD"):
        value *= W["faint"]
    if value > 0 and any(token.lower_ in CONTRASTS for token in mention.sent):
        value *= W["despite"]
    return value


def _verb_role(opinion: Opinion, mention: Token) -> Bearing | None:
    verb = opinion.token
    subject, passive = subject_of(verb), _is_suffered(verb)
    doers = agent_of(verb) if passive else subject
    suffering = [subject] if passive else [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    suffering += prepositional(verb, "against", "at", "on", "with", "for")
    for heads, value, name in ((suffering, opinion.patient, "patient"), ([doers], opinion.agent, "agent")):
        share = max((_share(head, mention) for head in heads if head is not None), default=0.0)
        if share:
            return W[name] * share * value, name
    return None


def _is_suffered(verb: Token) -> bool:
    """Return whether a verb is passive, by itself or with the one it is coordinated with: shot and killed."""
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and child_with(verb, "nsubj", "dobj", "aux") is None:
        return _is_suffered(verb.head)
    return is_passive(verb)


def _share(head: Token, mention: Token) -> float:
    """Return how much of a phrase is a mention: all of it, its owner or a part of it, or nothing."""
    if mention in with_conjuncts(head) or (mention.head == head and mention.dep_ == "appos"):
        return 1.0
    if mention.dep_ in ("poss", "compound", "nmod") and mention.head == head:
        return W["within"]
    if mention.dep_ == "pobj" and mention.head.head == head:
        return W["within"]
    return 0.0


def _described(opinion: Opinion, mention: Token) -> Bearing | None:
    """Return what a noun, adjective or adverb says of a mention that stands in a direct relation to it."""
    word = opinion.token
    if word.head == mention and word.dep_ in ("amod", "appos", "compound", "nmod", "acl", "prep"):
        return W["modified"] * opinion.polarity, word.dep_
    if mention.head == word and mention.dep_ in ("poss", "compound", "nmod"):
        return W["owner"] * opinion.agent, "owner"
    if mention.head == word and mention.dep_ == "appos":
        return W["modified"] * opinion.polarity, "appos"
    if word.dep_ == "amod" and mention.head == word.head and mention.dep_ in ("poss", "compound", "nmod"):
        return W["owner"] * opinion.polarity, "owner of what is described"
    if mention.dep_ == "pobj" and mention.head.head == word:
        if mention.head.lower_ in ("by", "from"):
            return W["by"] * opinion.agent, "by"
        if mention.head.lower_ in TOPICAL:
            return W["about"] * opinion.patient, "about"
    return _predicated(opinion, mention)


def _predicated(opinion: Opinion, mention: Token) -> Bearing | None:
    """Return what a word says of a mention through a verb: he is a liar, they call him one, he has merit."""
    word, verb = opinion.token, opinion.token.head
    if word.dep_ == "pobj" and verb.lower_ == "as" and verb.head.pos_ == "VERB":
        return _named_as(opinion, verb.head, mention)
    links = ("acomp", "attr", "oprd", "dobj", "advmod", "xcomp", "prep")
    if word.dep_ not in links or verb.pos_ not in ("VERB", "AUX"):
        return None
    subject, target = subject_of(verb), child_with(verb, "dobj")
    if target is not None and word.dep_ in ("oprd", "acomp", "xcomp"):
        share = _share(target, mention)
        return (W["copula"] * share * opinion.polarity, "called") if share else None
    share = _share(subject, mention) if subject is not None else 0.0
    if not share:
        return None
    if word.dep_ in ("acomp", "attr", "oprd", "prep"):
        return W["copula"] * share * opinion.polarity, "copula"
    if word.dep_ == "dobj" and is_kind(verb.lemma_.lower(), "GET"):
        return W["holds"] * share * opinion.patient, "gets"
    return W["holds"] * share * opinion.agent, "holds"


def _named_as(opinion: Opinion, verb: Token, mention: Token) -> Bearing | None:
    """Return what `as a liar` says of whom the verb is done to, or of who does it: she acted as a friend."""
    target = subject_of(verb) if is_passive(verb) else child_with(verb, "dobj") or subject_of(verb)
    share = _share(target, mention) if target is not None else 0.0
    return (W["as"] * share * opinion.polarity, "as") if share else None


def _nearness(word: Token, mention: Token) -> float:
    """Return how near an opinion word is to a mention in the tree, 0..1; clauses and speech part them."""
    own = [mention, *mention.ancestors]
    places = {token.i: step for step, token in enumerate(own)}
    weight, steps, at = W["near"], 0, word
    while at.i not in places:
        if at.dep_ in CLAUSES or (at.dep_ == "conj" and at.pos_ == "VERB"):
            weight *= W["clause"]
            if at.dep_ == "ccomp" and is_kind(at.head.lemma_.lower(), "SAY") and _speaks(at.head, mention):
                weight *= W["speaker"]
        steps += 1
        if at.head == at:
            return 0.0
        at = at.head
    for token in own[: places[at.i]]:
        if token.dep_ in CLAUSES or (token.dep_ == "conj" and token.pos_ == "VERB"):
            weight *= W["clause"]
    return float(weight * W["decay"] ** (steps + places[at.i]))


def _is_speaker(mention: Token) -> bool:
    """Return whether an actor is who speaks in its sentence: what it says is bad is not bad of it."""
    return mention.dep_ == "nsubj" and is_kind(mention.head.lemma_.lower(), "SAY")


def _speaks(verb: Token, mention: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and (
        mention == subject or mention.head == subject or mention in with_conjuncts(subject)
    )
