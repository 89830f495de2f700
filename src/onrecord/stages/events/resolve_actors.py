"""Which actors a token stands for, conjuncts and modifiers included, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.grammar import prepositional, subject_of, token_span, with_conjuncts
from onrecord.language.en import ANAPHORIC, INSIDE_PHRASE
from onrecord.mentions import MentionIndex, overlap
from onrecord.records import Actor, Sentence, Span
from onrecord.words import Token

DEEPEST = 3
OFFICIAL = (
    "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "PTY", "REB", "PRM", "UAF", "IGO", "UNO",
    "EUR", "NGO", "ELI", "IMG",
)  # fmt: skip
"""PLOVER sectors that act for a state, against it, or between states."""
WORLDWIDE = ("IGO", "NGO", "IMG")
"""How the codes of those begin who belong to a body above nations: an expert of the UN."""
BUSINESS = ("BUS", "MNC")
"""Sectors of firms."""
SERVING = ("COP", "GOV", "MIL", "PRM", "SPY")
"""PLOVER sectors that carry out what their own side orders."""
INSIDE = ("poss", "amod", "compound", "nmod")


class ActorFinder:
    """Says which actors stand at a noun phrase of a sentence."""

    def __init__(self, sentence: Sentence, actors: MentionIndex[Actor], known: Mapping[str, Actor]) -> None:
        self.sentence = sentence
        self.actors = actors
        self.known = known
        self.own: Span | None = None
        """Where the word of the act stands whose actors are looked for."""

    def at(self, token: Token) -> str | None:
        """Return the id of the actor mentioned at a word; a mention that holds the act's own word is none."""
        span = token_span(self.sentence, token)
        for mention, actor in sorted(self.actors.touching(span), key=lambda pair: pair[0][0] - pair[0][1]):
            if self.own is None or overlap(mention, self.own) == 0:
                return actor.id
        return None

    def quote(self, names: Sequence[str]) -> str:
        """Return actors as ids with the words of the sentence that name them: `a1 "Police", a2`."""
        within = self.actors.within((self.sentence.start, self.sentence.end))
        start, text = self.sentence.offset, self.sentence.tokens.doc.text
        told = []
        for name in names:
            span = next((span for span, actor in within if actor.id == name), None)
            words = " ".join(text[span[0] - start : span[1] - start].split()) if span else ""
            told.append(f'{name} "{words}"' if words else name)
        return ", ".join(told)

    def is_country(self, name: str) -> bool:
        """Return whether an actor is a country."""
        return self.known[name].type == "country"

    def country_of(self, name: str) -> str | None:
        """Return the country of an actor, if it is known."""
        return self.known[name].country

    def sector_of(self, name: str) -> str | None:
        """Return the sector of an actor, if it is known."""
        return self.known[name].sector

    def named(self) -> list[str]:
        """Return the ids of the actors that the sentence names, in text order."""
        within = self.actors.within((self.sentence.start, self.sentence.end))
        return list(dict.fromkeys(actor.id for _, actor in sorted(within, key=lambda pair: pair[0])))

    def is_official(self, name: str) -> bool:
        """Return whether an actor is a state, one of its bodies, a party, an armed group or the like."""
        if self.is_country(name):
            return True
        actor = self.known[name]
        return actor.sector in OFFICIAL or (actor.cameo or "").startswith(WORLDWIDE)

    def may_be_official(self, name: str) -> bool:
        """Return whether an actor is official, or of a country that is known and of no known kind."""
        return self.is_official(name) or (
            self.country_of(name) is not None and self.known[name].sector is None
        )

    def serves(self, name: str, masters: Sequence[str]) -> bool:
        """Return whether an actor is a force or body of the country of those who order it, if one is told."""
        if self.known[name].sector not in SERVING:
            return False
        own, theirs = self.country_of(name), {self.country_of(master) for master in masters} - {None}
        return bool(masters) and (own is None or not theirs or own in theirs)

    def is_public(self, name: str) -> bool:
        """Return whether an actor is official, or of a country that is known and no firm."""
        if self.is_official(name):
            return True
        return self.country_of(name) is not None and not self.is_business(name)

    def is_state(self, name: str) -> bool:
        """Return whether an actor is a state, its government or its forces."""
        return self.is_country(name) or self.sector_of(name) in ("GOV", "MIL")

    def is_business(self, name: str) -> bool:
        """Return whether an actor is a firm."""
        return self.known[name].sector in BUSINESS

    def of(self, token: Token, *, inside: bool = True) -> list[str]:
        """Return the ids of the actors that a noun phrase names, coordination resolved."""
        found: list[str] = []
        for noun in with_conjuncts(token):
            actor = self.member_of(noun) or self.at(noun)
            found += [name for name in self.sharing(noun, actor) if name not in found]
            if actor is None and noun.pos_ == "PRON":
                names = self.antecedent(noun)
            else:
                names = self.sides(noun) or ([actor] if actor else self.inside(noun) if inside else [])
            found += [name for name in names if name not in found]
            if inside:
                found += [name for name in self.examples(noun) if name not in found]
        return found

    def member_of(self, noun: Token) -> str | None:
        """Return the body whose members are spoken of: they act for it."""
        if noun.lemma_ != "member":
            return None
        return next((a for inner in prepositional(noun, "of") if (a := self.at(inner))), None)

    def sides(self, noun: Token) -> list[str]:
        """Return those for whom people speak that come from two sides: "envoys of the union and the firm"."""
        if noun.tag_ != "NNS" or self.at(noun) is None:
            return []
        for preposition in ("from", "of"):
            names = [name for inner in prepositional(noun, preposition) if (name := self.at(inner))]
            if len(set(names)) > 1 and not all(map(self.is_country, names)):
                return list(dict.fromkeys(names))
        return []

    def sharing(self, noun: Token, actor: str | None) -> list[str]:
        """Return the countries that share a noun with its own: Russia in "the Russian and US navies"."""
        if actor is None or noun.tag_ != "NNS" or not self.is_official(actor):
            return []
        shared = [child for child in noun.children if child.dep_ in INSIDE]
        names = [self.at(item) for child in shared for item in with_conjuncts(child)]
        names += [self.at(item) for item in prepositional(noun, "of")[1:]]
        own = self.country_of(actor)
        return [name for name in names if name and self.is_country(name) and self.country_of(name) != own]

    def examples(self, noun: Token) -> list[str]:
        """Return the actors that a phrase names as members: "five people including two editors"."""
        found: list[str] = []
        for prep in noun.children:
            if prep.lower_ == "including":
                for inner in prep.children:
                    if inner.dep_ == "pobj":
                        found += [name for name in self.of_inner(inner, DEEPEST - 1) if name not in found]
        return found

    def antecedent(self, pronoun: Token) -> list[str]:
        """Return the actor whose words hold a pronoun that no one has resolved: "Chad said it ..."."""
        if pronoun.lower_ not in ANAPHORIC:
            return []
        verb = pronoun.head
        for _ in range(6):
            above = verb.head
            if verb.dep_ == "ccomp":
                subject = next((child for child in above.children if child.dep_ == "nsubj"), None)
                return self.of(subject) if subject is not None and subject.pos_ != "PRON" else []
            verb = above
        return []

    def inside(self, noun: Token, depth: int = DEEPEST) -> list[str]:
        """Return the actor that a phrase holds whose head is none: whose it is, or what it is about."""
        if depth == 0:
            return []
        for child in noun.children:
            if child.dep_ in INSIDE or child.dep_ == "appos":
                found = [a for item in with_conjuncts(child) if (a := self.at(item))]
                if found:
                    return found
        for child in noun.children:
            if child.dep_ in INSIDE and (found := self.inside(child, depth - 1)):
                return found
        for word in INSIDE_PHRASE:
            for prep in noun.children:
                if prep.dep_ not in ("prep", "agent") or prep.lower_ != word:
                    continue
                for inner in prep.children:
                    if inner.dep_ == "pobj" and (found := self.of_inner(inner, depth - 1)):
                        return found
        return []

    def of_inner(self, token: Token, depth: int) -> list[str]:
        found: list[str] = []
        for noun in with_conjuncts(token):
            actor = self.at(noun)
            for name in [actor] if actor else self.inside(noun, depth):
                if name not in found:
                    found.append(name)
        return found

    def subject(self, verb: Token) -> list[str]:
        """Return the ids of the actors that are the subject of a verb."""
        subject = subject_of(verb)
        return self.of(subject) if subject is not None else []

    def after(self, token: Token, *prepositions: str) -> list[str]:
        """Return the ids of the actors that stand after one of the prepositions of a word."""
        found: list[str] = []
        for noun in prepositional(token, *prepositions):
            found += [name for name in self.of(noun) if name not in found]
        return found
