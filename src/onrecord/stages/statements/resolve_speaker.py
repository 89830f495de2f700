from __future__ import annotations

from collections.abc import Iterable

from onrecord.mentions import index_mentions
from onrecord.records import Actor, Span
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

PERSONS = ("he", "she")
OUTSIDE = ("relcl", "punct", "acl", "cc", "conj", "advcl")


def mention_of(one: Attribution) -> Span | None:
    """Return the span of the noun phrase that names who speaks, relative clauses left out."""
    if one.mention is not None or one.source is None:
        return one.mention
    tokens = _phrase(one.source)
    last = tokens[-1]
    offset = one.sentence.offset
    return offset + tokens[0].idx, offset + last.idx + len(last.text)


def _phrase(head: Token) -> list[Token]:
    """Return a noun with its dependents, without clauses and coordinated nouns."""
    kept = [head]
    for child in head.children:
        if child.dep_ not in OUTSIDE:
            kept += child.subtree
    return sorted(kept, key=lambda token: token.i)


class Speakers:
    """Finds the actor who speaks, from what the page mentions and from who spoke before."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._index = index_mentions(actors)
        self._running: dict[bool, Actor] = {}
        self._last: Actor | None = None
        self._last_mention: Span | None = None
        self._surnames: dict[str, list[Actor]] = {}
        for actor in actors:
            if actor.type == "person":
                self._surnames.setdefault(actor.name.rsplit(" ", 1)[-1].lower(), []).append(actor)

    def actor_of(self, one: Attribution) -> tuple[Actor | None, str]:
        """Return the actor who speaks, and how he was found; None if no known actor does.

        A name in apposition counts before a common noun, then the mention at the head of the
        phrase, then the one for whom a spokesman, an office or a report speaks. A pronoun that
        is no mention goes back to the one who spoke last.
        """
        if one.alone:
            return self._last, "last speaker"
        head = one.source
        if head is None:
            return None, ""
        found, how = self._mentioned(one, head), "mention"
        if found is None:
            found, how = self._named(head), "surname"
        if found is None:
            found, how = self._remembered(head), "last speaker of its kind"
        if one.attitude == "speech":
            self._last, self._last_mention = found, mention_of(one)
            if found is not None:
                self._running[found.type == "person"] = found
        return found, how

    def mention_of(self, one: Attribution) -> Span | None:
        """Return where the speaker is named; for a quote without a cue, where the running speaker was."""
        return self._last_mention if one.alone else mention_of(one)

    def _mentioned(self, one: Attribution, head: Token) -> Actor | None:
        names = [t for t in _appositions(head) if t.pos_ == "PROPN"] or _last_name(head)
        places = [*names, head] if head.pos_ == "NOUN" else [head, *names]
        for token in (*places, *_principals(head)):
            start = one.sentence.offset + token.idx
            actor = self._index.at((start, start + len(token.text)))
            if isinstance(actor, Actor) and not (token.lower_ in PERSONS and actor.type != "person"):
                return actor
        return None

    def _named(self, head: Token) -> Actor | None:
        """Return the only person of the page with this surname."""
        if head.pos_ != "PROPN":
            return None
        found = self._surnames.get(head.lower_, [])
        return found[0] if len(found) == 1 else None

    def _remembered(self, head: Token) -> Actor | None:
        if head.lower_ in PERSONS:
            return self._running.get(True)
        if head.lower_ in ("it", "they"):
            return self._running.get(False)
        return None


def _appositions(head: Token) -> list[Token]:
    return [child for child in head.children if child.dep_ == "appos"]


def _last_name(head: Token) -> list[Token]:
    """Return the name that closes a phrase, wherever the parse hung it: `the head of the army, Ann Lee`."""
    if head.pos_ != "NOUN":
        return []
    last = head.right_edge
    name = next((t for t in (last, *last.ancestors) if t.dep_ == "appos" and t.pos_ == "PROPN"), None)
    if name is None or name.left_edge.i == 0 or name.i <= head.i or name.right_edge != last:
        return []
    return [name] if name.doc[name.left_edge.i - 1].text == "," and name.ent_type_ == "PERSON" else []


def _principals(head: Token) -> list[Token]:
    """Return those for whom a noun like `spokesman` or `count` speaks."""
    if head.lemma_.lower() not in source_words("voice"):
        return []
    found = [c for c in head.children if c.dep_ in ("poss", "compound", "nmod", "amod")]
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in ("for", "of", "from", "by", "at", "in", "with"):
            found += [c for c in prep.children if c.dep_ == "pobj"]
    return found
