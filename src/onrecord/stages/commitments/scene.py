from __future__ import annotations

import re

from onrecord.grammar import token_span
from onrecord.mentions import MentionIndex, comment_parts, index_mentions
from onrecord.records import Actor, Draft, Span, Statement
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.words import Token

ISSUED = re.compile(r"\b(?:statement|remarks|address|speech|letter|message)\b.{0,20}? (?:by|from|of) ", re.I)
"""Joint Statement by"""
HAPPENED = ("actual", "ongoing")
OWN = ("my", "our", "ours", "mine")
POSSESSIVE = ("his", "her", "its", "their")
SINGULAR = ("it", "its")
PERSONS = ("he", "she", "his", "her")
PRONOUNS = ("he", "she", "it", "they", *POSSESSIVE)


class Scene:
    """What stands around a pledge on its page: who is named, who speaks, what was coded."""

    def __init__(self, draft: Draft) -> None:
        self.text = draft.page.text
        self.actors = {actor.id: actor for actor in draft.actors}
        self.voices = comment_parts(draft)
        self.titles = frozenset(part.id for part in draft.parts if part.kind == "title")
        self.mentions: MentionIndex[Actor] = index_mentions(draft.actors)
        self.triggers = frozenset(e.trigger[0] for e in draft.events if e.status not in HAPPENED)
        """Where acts are told that have not happened so far."""
        self.author = _find_author(draft, self.mentions)
        """Who speaks on the whole page, where its title says so: `Statement by the minister`."""
        self._around: dict[int, Statement | None] = {}
        """Statement around the word at a place of the page, once it was asked for."""
        self._by_part: dict[str, list[Statement]] = {}
        for statement in draft.statements:
            self._by_part.setdefault(statement.part, []).append(statement)

    def actor_at(self, pledge: Pledge, token: Token | None) -> Actor | None:
        """Return the actor that a word of the pledge's sentence names; None if it names none."""
        if token is None:
            return None
        found = self.mentions.at(token_span(pledge.sentence, token))
        if not isinstance(found, Actor) or (token.lower_ in PERSONS and found.type != "person"):
            return None
        return None if token.lower_ in SINGULAR and _are_many(found) else found

    def employer_of(self, pronoun: Token, outer: Statement) -> Actor | None:
        """Return whom a pronoun means where his or her people speak: `His office said he would go`."""
        if outer.speaker_mention is None or pronoun.lower_ not in PERSONS:
            return None
        start = outer.speaker_mention[0]
        owner = self.text[start : start + 3].lower()
        found = self.mentions.at((start, start + 3)) if owner in ("his", "her") else None
        return found if isinstance(found, Actor) and found.type == "person" else None

    def around(self, pledge: Pledge, word: Token | None = None) -> Statement | None:
        """Return the shortest speech whose content holds the act, or another word of the sentence."""
        at = token_span(pledge.sentence, word or pledge.head)
        if at[0] not in self._around:
            self._around[at[0]] = self._find_around(pledge.sentence.part, at)
        return self._around[at[0]]

    def _find_around(self, part: str, at: Span) -> Statement | None:
        best: Statement | None = None
        for one in self._by_part.get(part, ()):
            if one.attitude in ("belief", "document") and one.speaker is None:
                continue
            if any(s <= at[0] and at[1] <= e for s, e in one.content) and (
                best is None or _rank(one) < _rank(best)
            ):
                best = one
        return best

    def said_by(self, pledge: Pledge) -> Statement | None:
        """Return the statement that the cue of a pledge makes."""
        at = token_span(pledge.sentence, pledge.cue)[0]
        own = self._by_part.get(pledge.sentence.part, ())
        return next((s for s in own if s.cue and s.cue[0] <= at < s.cue[1]), None)

    def voice(self, pledge: Pledge, word: Token | None = None) -> str | None:
        """Return who speaks at a pledge: the source of the statement around it, the commenter, the author."""
        outer = self.around(pledge, word)
        if outer is not None:
            return outer.speaker
        return pledge.sentence.part if pledge.sentence.part in self.voices else self.author

    def in_comment(self, pledge: Pledge) -> bool:
        """Return whether a reader's comment gives the pledge."""
        return pledge.sentence.part in self.voices


def _find_author(draft: Draft, mentions: MentionIndex[Actor]) -> str | None:
    for part in draft.parts:
        found = ISSUED.search(draft.page.text, part.start, part.end) if part.kind == "title" else None
        if found is not None:
            near = mentions.within((found.end(), part.end))
            return next((actor.id for _, actor in near if isinstance(actor, Actor)), None)
    return None


def is_self(token: Token | None) -> bool:
    """Return whether a word is the speaker: `I`, `we`."""
    return token is not None and token.lower_ in commitment_words("self")


def agrees(pronoun: Token, actor: Actor) -> bool:
    """Return whether a pronoun of the third person can mean an actor by its kind."""
    if pronoun.lower_ in PERSONS:
        return actor.type == "person"
    if pronoun.lower_ in SINGULAR:
        return actor.type != "person" and not _are_many(actor)
    return actor.type not in ("person", "country")


def _are_many(actor: Actor) -> bool:
    """Return whether an actor is several by its name: `Norwegian officials`."""
    last = actor.name.split()[-1]
    return last.islower() and last.endswith("s") and not last.endswith("ss")  # but: congress


def is_own(token: Token) -> bool:
    """Return whether a noun is the speaker's by its own words: `our troops`."""
    return any(child.lower_ in OWN for child in token.children)


def lemma_of(statement: Statement | None) -> str:
    """Return the lemma of the word by which a statement is made; empty for none."""
    return (statement.rule or "").partition(":")[0] if statement is not None else ""


def _rank(statement: Statement) -> tuple[bool, int]:
    """Return what orders the statements around a word: known speakers first, short ones first."""
    return statement.speaker is None, _size(statement)


def _size(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)
