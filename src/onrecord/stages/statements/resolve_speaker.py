from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.grammar import children_with, prepositional, tokens_span
from onrecord.mentions import index_mentions
from onrecord.records import Actor, Span
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.describe_source import has_name, is_role
from onrecord.stages.statements.source_words import source_words
from onrecord.words import Token

CLAUSAL = ("relcl", "acl", "advcl", "conj", "cc", "punct")
"""Dependents of a noun that its mention leaves out."""
PRONOUNS = {"he": True, "she": True, "it": False, "they": False}
"""Whether the antecedent is a person."""
REPRESENTED = ("for", "of", "from", "by", "at", "in", "with")
"""Prepositions before the body that a spokesman represents."""


def mention_of(one: Attribution) -> Span | None:
    """Return the span of the noun phrase that names the speaker, without clauses and coordinated nouns."""
    if one.mention is not None or one.source is None:
        return one.mention
    behind = [c for c in one.source.rights if c.dep_ == one.path == "amod"]  # "Norway | pessimistic over it"
    inner = (c for c in one.source.children if c.dep_ not in CLAUSAL and c not in behind)
    return tokens_span(one.sentence, (one.source, *(token for child in inner for token in child.subtree)))


class Speakers:
    """Finds the speaker of each attribution among the actors of a page, and remembers who spoke last."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._index = index_mentions(actors)
        self._starts = frozenset(start for actor in actors for start, _ in actor.mentions)
        self._last: Actor | None = None
        self._last_mention: Span | None = None
        self._last_of: dict[bool | None, Actor] = {}
        persons = [(_surname_of(actor), actor) for actor in actors if has_name(actor)]
        bearers = Counter(surname for surname, _ in persons)
        unique = [(surname, actor) for surname, actor in persons if bearers[surname] == 1]
        self._surnames = {form: actor for name, actor in unique for form in (name, name.upper())}

    def actor_of(self, one: Attribution) -> tuple[Actor | None, str]:
        """Return the actor who speaks, None if unknown, and the rule that decided.

        A name in apposition precedes a common noun; after both comes the body for which a spokesman,
        an office or a report speaks. A name without a mention is looked up as a surname, and a
        pronoun without an antecedent goes back to the last speaker that it can stand for.
        """
        if one.source is None:
            return (self._last, "last speaker") if one.alone else (None, "")
        ways = (
            ("mention", self._mentioned(one, one.source)),
            ("surname", self._surnames.get(one.source.text)),
            ("last speaker of its kind", self._last_of.get(PRONOUNS.get(one.source.lower_))),
        )
        known = () if self._has_other_name(one, one.source) else ways
        how, found = next(((how, actor) for how, actor in known if actor is not None), ("", None))
        if one.attitude == "speech":
            self._last, self._last_mention = found, mention_of(one)
            if found is not None:
                self._last_of[found.type == "person"] = found
        return found, how

    def mention_of(self, one: Attribution) -> Span | None:
        """Return where the speaker is named; for a quotation without a cue, where the last speaker was."""
        return self._last_mention if one.alone else mention_of(one)

    def _mentioned(self, one: Attribution, head: Token) -> Actor | None:
        names = [child for child in children_with(head, "appos") if child.pos_ == "PROPN"]
        named = (head, *names) if head.pos_ == "PROPN" else (*names, *_list_closing_name(head), head)
        for token in (*named, *_list_principals(head)):
            actor = self._index.at(tokens_span(one.sentence, (token,)))
            if isinstance(actor, Actor):
                return None if self._is_beside(one, head, actor) else actor
        return None

    def _has_other_name(self, one: Attribution, name: Token) -> bool:
        """Return whether a first name stands before a surname that is known of somebody else.

        `Azher Reza said` where the page has a Karim Reza: the mention is the bare surname.
        """
        first = name.nbor(-1) if name.i else name
        if first.dep_ != "compound" or first.head is not name or name.ent_type_ != "PERSON":
            return False
        is_name = first.pos_ == "PROPN" and first.text.isalpha() and first.text[1:].islower()
        title = (
            is_role(first) or first.lower_ in source_words("rank") or first.ent_type_ not in ("", "PERSON")
        )
        return is_name and not title and tokens_span(one.sentence, (name,))[0] in self._starts

    def _is_beside(self, one: Attribution, head: Token, actor: Actor) -> bool:
        """Return whether an actor is named in what the speaker does beside: then the speaker is another.

        `Recalling his talks with Reza, the president said ...`: the president is not Reza.
        """
        if head.pos_ == "PROPN":
            return False
        beside = (c for c in head.head.lefts if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i < head.i)
        names = (word for clause in beside for word in clause.subtree if word.pos_ == "PROPN")
        return any(self._index.at(tokens_span(one.sentence, (name,))) is actor for name in names)


def _surname_of(actor: Actor) -> str:
    return actor.name.rsplit(" ", 1)[-1]


def _list_closing_name(head: Token) -> list[Token]:
    """Return the name that closes a phrase, wherever it hangs: `the head of the army, Ann Lee`."""
    last = head.right_edge
    above = (token for token in (last, *last.ancestors) if token.i > head.i)
    return [token for token in above if token.dep_ == "appos" and token.ent_type_ == "PERSON"][:1]


def _list_principals(head: Token) -> list[Token]:
    """Return those for whom a noun like `spokesman` or `count` speaks."""
    if head.lemma_.lower() not in source_words("voice"):
        return []
    return [*children_with(head, "poss", "compound", "nmod", "amod"), *prepositional(head, *REPRESENTED)]
