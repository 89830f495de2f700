from __future__ import annotations

from dataclasses import dataclass

from onrecord.grammar import child_with, is_negated, subtree_span, token_span
from onrecord.mentions import Mentioned, MentionIndex, comment_parts, index_mentions
from onrecord.records import Actor, Draft, Statement
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import words_of
from onrecord.words import Token

STATE = ("GOV", "MIL", "SPY", "LEG", "COP", "PTY", "JUD")
"""Sectors whose members speak for their country."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pledge with its kind and with who gives it; or why it is none."""

    kind: str = ""
    by: str | None = None
    refusal: str | None = None


class Weigher:
    """Tells what kind of word a pledge is and whose, by who speaks and who is to act."""

    def __init__(self, draft: Draft) -> None:
        self._actors = {actor.id: actor for actor in draft.actors}
        self._mentions: MentionIndex[Mentioned] = index_mentions(draft.actors)
        self._voices = comment_parts(draft)
        self._statements = draft.statements
        self._by_part: dict[str, list[Statement]] = {}
        for statement in draft.statements:
            self._by_part.setdefault(statement.part, []).append(statement)
        self._triggers = {event.trigger[0] for event in draft.events}

    def weigh(self, pledge: Pledge) -> Weighed:
        """Return kind and author of a pledge."""
        if _is_question(pledge):
            return Weighed(refusal="a question")
        outer = self._around(pledge)
        if outer is not None and _lemma_of(outer) in words_of("denial"):
            return Weighed(refusal="a denial")
        return self._weigh_modal(pledge) if pledge.modal else self._weigh_cue(pledge)

    def reported_in(self, pledge: Pledge) -> str | None:
        """Return the id of the statement that reports what a pledge says."""
        outer = self._around(pledge)
        return outer.id if outer is not None else None

    # --- words that say what they are ---

    def _weigh_cue(self, pledge: Pledge) -> Weighed:
        if pledge.rule.endswith(":object") and not self._is_act(pledge):
            return Weighed(refusal="the object is no act")
        if _is_conditional(pledge.cue):
            return Weighed(refusal="a condition")
        if pledge.kind == "prediction" and _is_open(pledge):
            return Weighed(pledge.kind, self._voice(pledge))
        said = self._said_by(pledge.cue, pledge)
        by = said.speaker if said and said.cue else None
        by = by or self._holder(pledge)
        if pledge.kind == "promise" and self._is_hostile(pledge) and not is_negated(pledge.head):
            return Weighed("threat", by)
        return Weighed(pledge.kind, by)

    def _is_act(self, pledge: Pledge) -> bool:
        start, end = pledge.content
        is_deed = pledge.head.lemma_.lower() in words_of("deed")
        return is_deed or any(start <= trigger < end for trigger in self._triggers)

    def _said_by(self, cue: Token, pledge: Pledge) -> Statement | None:
        """Return the statement whose cue is this word."""
        at = token_span(pledge.sentence, cue)[0]
        own = self._by_part.get(pledge.sentence.part, ())
        return next((s for s in own if s.cue and s.cue[0] <= at < s.cue[1]), None)

    def _holder(self, pledge: Pledge) -> str | None:
        """Return who gives the word: the actor named, or the speaker who says `I`."""
        if pledge.holder is None:
            outer = self._around(pledge)
            return outer.speaker if outer else self._doer(pledge)
        if pledge.holder.lower_ in words_of("self"):
            return self._voice(pledge)
        actor = self._actor_at(pledge, pledge.holder)
        return actor.id if actor else None

    def _doer(self, pledge: Pledge) -> str | None:
        """Return the first actor named with who is to act, where nobody is said to have agreed on it."""
        subject = child_with(pledge.head, "nsubj", "nsubjpass")
        if pledge.kind != "plan" or subject is None:
            return None
        near = self._mentions.within(subtree_span(pledge.sentence, subject))
        return next((actor.id for _, actor in near if isinstance(actor, Actor)), None)

    # --- modals ---

    def _weigh_modal(self, pledge: Pledge) -> Weighed:
        outer = self._around(pledge)
        comment = pledge.sentence.part in self._voices
        refusal = _refuse_modal(pledge, outer)
        if refusal:
            return Weighed(refusal=refusal)
        if self._is_aim(pledge):
            return Weighed(refusal="a purpose, not a plan")
        if outer is None and not comment:
            return self._plan_of(pledge)
        by = self._voice(pledge)
        if pledge.kind == "duty":
            return self._demand(pledge, by)
        own = self._is_own(pledge, outer)
        warned = outer is not None and _lemma_of(outer) in words_of("warning")
        if own and (warned or self._is_hostile(pledge)) and not is_negated(pledge.head):
            return Weighed("threat", by)
        if own == "self":
            return Weighed("promise", by)
        return Weighed("plan" if own else "prediction", by)

    def _is_aim(self, pledge: Pledge) -> bool:
        """Return whether `is to` says what something is for: `the aim is to win`."""
        thing = pledge.holder
        if thing is None or pledge.cue.lemma_.lower() != "be" or thing.tag_ != "NN":
            return False
        return self._actor_at(pledge, thing) is None

    def _demand(self, pledge: Pledge, by: str | None) -> Weighed:
        if pledge.holder is not None and pledge.holder.lower_ == "i":
            return Weighed(refusal="a duty of one's own")
        if pledge.holder is not None and not self._is_agent(pledge, pledge.holder):
            return Weighed(refusal="a duty of nobody")
        return Weighed("demand", by)

    def _is_agent(self, pledge: Pledge, token: Token) -> bool:
        """Return whether a subject can have a duty: an actor, a person, or whoever a passive leaves open."""
        if token.dep_ == "nsubjpass" or token.pos_ == "PRON" or token.tag_ in ("NNPS", "NNS"):
            return True
        return self._actor_at(pledge, token) is not None

    def _plan_of(self, pledge: Pledge) -> Weighed:
        """Return the plan that the reporter tells of: `The minister will meet her colleague on Friday`."""
        actor = self._actor_at(pledge, pledge.holder) if pledge.holder is not None else None
        if pledge.kind != "future" or actor is None:
            return Weighed(refusal="a future of nobody's word")
        return Weighed("plan", actor.id)

    def _voice(self, pledge: Pledge) -> str | None:
        """Return who speaks at a pledge: the source of the statement around it, or the commenter."""
        outer = self._around(pledge)
        if outer is not None:
            return outer.speaker
        return pledge.sentence.part if pledge.sentence.part in self._voices else None

    def _around(self, pledge: Pledge) -> Statement | None:
        """Return the shortest speech whose content holds the act and does not hold its speaker's cue."""
        at = token_span(pledge.sentence, pledge.head)
        best: Statement | None = None
        for one in self._by_part.get(pledge.sentence.part, ()):
            if one.attitude in ("belief", "document") and one.speaker is None:
                continue
            if any(s <= at[0] and at[1] <= e for s, e in one.content) and (
                best is None or _size(one) < _size(best)
            ):
                best = one
        return best

    def _is_own(self, pledge: Pledge, outer: Statement | None) -> str:
        """Return `self` if who is to act speaks, `side` if the speaker speaks for them, else nothing."""
        if pledge.holder is None:
            return ""
        if pledge.holder.lower_ in words_of("self"):
            return "self"
        speaker = self._actors.get(outer.speaker or "") if outer else None
        doer = self._actor_at(pledge, pledge.holder)
        if speaker is None or doer is None:
            return ""
        if doer.id == speaker.id:
            return "self"
        same = doer.country is not None and doer.country == speaker.country
        return "side" if same and speaker.sector in STATE and _is_official(doer) else ""

    def _is_hostile(self, pledge: Pledge) -> bool:
        words = [pledge.head, *(c for c in pledge.head.children if c.dep_ in ("xcomp", "conj"))]
        return any(word.lemma_.lower() in words_of("hostile") for word in words)

    def _actor_at(self, pledge: Pledge, token: Token) -> Actor | None:
        found = self._mentions.at(token_span(pledge.sentence, token))
        return found if isinstance(found, Actor) else None


def _lemma_of(statement: Statement) -> str:
    """Return the lemma of the word by which a statement is made."""
    return (statement.rule or "").partition(":")[0]


def _is_official(doer: Actor) -> bool:
    return doer.type == "country" or doer.sector in STATE


def _size(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)


def _is_open(pledge: Pledge) -> bool:
    """Return whether a prediction names nobody who makes it: `is likely to`, `is expected to`."""
    return pledge.rule.startswith("likely") or (pledge.holder is None and not pledge.rule.endswith(":object"))


def _is_conditional(verb: Token) -> bool:
    """Return whether a verb stands in a clause that opens with `if`."""
    while verb.dep_ in ("conj", "xcomp") and verb.head != verb:
        verb = verb.head
    mark = next((c.lower_ for c in verb.lefts if c.dep_ == "mark"), "")
    return verb.dep_ == "advcl" and mark in words_of("condition")


def _is_inverted(modal: Token, head: Token) -> bool:
    """Return whether a modal stands before its subject: `should the rebels return`."""
    subject = child_with(head, "nsubj", "nsubjpass")
    return subject is not None and subject.i > modal.i


def _is_question(pledge: Pledge) -> bool:
    last = list(pledge.sentence.tokens)[-1]
    return last.text.startswith("?") or pledge.sentence.tokens.text.rstrip("\"'”’ )\n").endswith("?")


def _refuse_modal(pledge: Pledge, outer: Statement | None) -> str:
    """Return why a modal clause gives no word about the future; empty if it may."""
    head = pledge.head
    if any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in head.children):
        return "an act that did not happen"
    if _is_conditional(head) or _is_inverted(pledge.cue, head):
        return "a condition"
    if pledge.kind == "reported" and not _is_given(pledge, outer):
        return "no word given"
    if pledge.kind == "duty" and head.lemma_.lower() in ("be", "have") and pledge.cue.lower_ == "must":
        return "a guess"
    if head.dep_ == "relcl" and not (pledge.holder and pledge.holder.lower_ in words_of("self")):
        return "a description"
    return ""


def _is_given(pledge: Pledge, outer: Statement | None) -> bool:
    """Return whether `would` tells of a future: in reported speech, or as the word of who says `I`."""
    if pledge.head.lemma_.lower() in words_of("liking"):
        return False
    if outer is not None and outer.kind != "direct":
        return True
    return pledge.holder is not None and pledge.holder.lower_ in words_of("self")
