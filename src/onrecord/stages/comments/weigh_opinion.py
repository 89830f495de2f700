from __future__ import annotations

from spacy.tokens import Token

from onrecord.grammar import agent_of, child_with, is_passive, prepositional, subject_of, with_conjuncts
from onrecord.stages.comments.read_opinions import Opinion, is_kind

CLAUSES = ("advcl", "relcl", "ccomp", "parataxis", "acl", "csubj", "pcomp")
AT = ("against", "on", "toward", "towards", "at", "over", "about")
W = {
    "agent": 0.9,
    "patient": 1.0,
    "within": 0.7,
    "copula": 1.0,
    "modified": 1.0,
    "owner": 0.9,
    "by": 0.9,
    "of": 0.8,
    "against": 0.8,
    "holds": 0.7,
    "near": 1.4,
    "decay": 0.8,
    "clause": 0.55,
    "speaker": 0.1,
}
"""How much a relation passes on; `near` is what is left without one, `decay` its loss a step in the tree."""


def weigh_opinion(opinion: Opinion, mention: Token) -> tuple[float, str]:
    """Return what an opinion word says about a mentioned actor (its head word), and by which relation."""
    token = opinion.token
    if opinion.agent is not None and token.pos_ in ("VERB", "AUX"):
        found = _verb_role(opinion, mention)
    else:
        found = _described(opinion, mention)
    if found is not None:
        return found
    return _nearness(token, mention) * opinion.polarity, "near"


def _verb_role(opinion: Opinion, mention: Token) -> tuple[float, str] | None:
    verb = opinion.token
    subject, passive = subject_of(verb), is_passive(verb)
    doers = agent_of(verb) if passive else subject
    suffering = [subject] if passive else [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    suffering += prepositional(verb, "against", "at", "on", "with", "for")
    for heads, value, name in ((suffering, opinion.patient, "patient"), ([doers], opinion.agent, "agent")):
        share = max((_share(head, mention) for head in heads if head is not None), default=0.0)
        if share and value is not None:
            return W[name] * share * value, name
    return None


def _share(head: Token, mention: Token) -> float:
    """Return how much of a phrase is a mention: all of it, its owner or a part of it, or nothing."""
    if mention in with_conjuncts(head) or (mention.head == head and mention.dep_ == "appos"):
        return 1.0
    if mention.dep_ in ("poss", "compound", "nmod") and mention.head == head:
        return W["within"]
    if mention.dep_ == "pobj" and mention.head.head == head:
        return W["within"]
    return 0.0


def _described(opinion: Opinion, mention: Token) -> tuple[float, str] | None:
    """Return what a noun, adjective or adverb says of a mention that stands in a direct relation to it."""
    word = opinion.token
    if word.head == mention and word.dep_ in ("amod", "appos", "compound", "nmod", "acl"):
        return W["modified"] * opinion.polarity, word.dep_
    if mention.head == word and mention.dep_ in ("poss", "compound", "nmod", "appos"):
        return W["owner"] * opinion.polarity, "owner"
    if word.dep_ == "amod" and mention.head == word.head and mention.dep_ in ("poss", "compound", "nmod"):
        return W["owner"] * opinion.polarity, "owner of what is described"
    if mention.dep_ == "pobj" and mention.head.head == word:
        name = "by" if mention.head.lower_ == "by" else "against" if mention.head.lower_ in AT else "of"
        return W[name] * opinion.polarity, name
    verb = word.head
    if word.dep_ in ("acomp", "attr", "oprd", "dobj", "advmod", "xcomp") and verb.pos_ in ("VERB", "AUX"):
        subject, target = subject_of(verb), child_with(verb, "dobj")
        if word.dep_ == "oprd" and target is not None and _share(target, mention):
            return W["copula"] * _share(target, mention) * opinion.polarity, "called"
        if subject is not None and (share := _share(subject, mention)):
            name = "copula" if word.dep_ in ("acomp", "attr", "oprd") else "holds"
            return W[name] * share * opinion.polarity, name
    return None


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


def _speaks(verb: Token, mention: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and (
        mention == subject or mention.head == subject or mention in with_conjuncts(subject)
    )
