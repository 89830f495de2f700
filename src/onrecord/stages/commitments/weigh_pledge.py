from __future__ import annotations

from dataclasses import dataclass

from onrecord.clauses.arcs import children_with, has_aux, prep_with
from onrecord.grammar import child_with, is_negated
from onrecord.records import Draft
from onrecord.stages.commitments.find_bound import find_bound, is_awaited
from onrecord.stages.commitments.find_side import find_side
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_lexicon import commitment_words, says
from onrecord.stages.commitments.refuse_pledge import is_conditional, refuse_any, refuse_cue, refuse_modal
from onrecord.stages.commitments.scene import Scene, is_self, lemma_of
from onrecord.words import Token


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pledge with its kind and with who gives it; or why it is none."""

    kind: str = ""
    by: str | None = None
    how: str = ""
    """How it is known who gives it: holder, speaker, side, self, reporter."""
    refusal: str | None = None


class Weigher:
    """Tells what kind of word a pledge is and whose, by who speaks and who is to act."""

    def __init__(self, draft: Draft) -> None:
        self.scene = Scene(draft)

    def weigh(self, pledge: Pledge) -> Weighed:
        """Return kind and author of a pledge, or why it is no word that anybody gave."""
        refusal = refuse_any(self.scene, pledge)
        if refusal:
            return Weighed(refusal=refusal)
        weighed = self._weigh_modal(pledge) if pledge.modal else self._weigh_cue(pledge)
        if weighed.refusal is None and weighed.by is None and not pledge.deadline:
            return Weighed(refusal="nobody is known to give this word")
        return weighed

    def reported_in(self, pledge: Pledge) -> str | None:
        """Return the id of the statement that reports what a pledge says."""
        outer = self.scene.around(pledge)
        return outer.id if outer is not None else None

    def _weigh_cue(self, pledge: Pledge) -> Weighed:
        """Weigh words that say what they are: a verb of promising, a noun of planning."""
        refusal = refuse_cue(self.scene, pledge)
        if refusal:
            return Weighed(refusal=refusal)
        by, how = find_bound(self.scene, pledge)
        return Weighed(self._kind_of(pledge, how), by, how)

    def _kind_of(self, pledge: Pledge, how: str) -> str:
        if pledge.kind == "promise" and is_hostile(pledge) and not is_negated(pledge.head):
            return "threat"
        if pledge.rule == "agree:clause" and has_aux(pledge.head, commitment_words("duty")):
            return "demand"
        if pledge.rule == "agree:clause" and child_with(pledge.head, "expl") is not None:
            return "prediction"  # "experts agree that there will be questions"
        if pledge.kind == "prediction" and self._is_asked(pledge):
            return "demand"
        if how == "holder" and is_awaited(pledge):
            return "plan"
        return pledge.kind

    def _is_asked(self, pledge: Pledge) -> bool:
        """Return whether an expectation asks: `we expect the rebels to respect the truce`."""
        asked = says(pledge.cue, "wishing") or says(pledge.head, "compliance")
        return asked and self.scene.actor_at(pledge, child_with(pledge.head, "nsubj")) is not None

    def _weigh_modal(self, pledge: Pledge) -> Weighed:
        """Weigh a clause with `will`, `would`, `should`, `need to`: who speaks tells what it is."""
        outer = self.scene.around(pledge)
        refusal = refuse_modal(self.scene, pledge, outer)
        if refusal:
            return Weighed(refusal=refusal)
        authored = self.scene.author is not None and is_self(pledge.holder)
        if outer is None and not authored and not self.scene.in_comment(pledge):
            actor = self.scene.actor_at(pledge, pledge.holder)
            return Weighed("plan", actor.id if actor else None, "reporter")
        by = self.scene.voice(pledge)
        if pledge.kind == "duty":
            return Weighed("demand", by, "speaker")
        side = find_side(self.scene, pledge, outer)
        if pledge.kind == "possible":
            return Weighed("prediction", by, "speaker") if side != "self" else Weighed(refusal="an ability")
        warned = lemma_of(outer) in commitment_words("warning")
        return Weighed(_kind_of_future(pledge, side, warned), by, side or "speaker")


def _kind_of_future(pledge: Pledge, side: str, warned: bool) -> str:
    """Return what a future is in the mouth of who speaks of it."""
    negated = is_negated(pledge.head)
    if side and (warned or is_hostile(pledge)) and not negated:
        return "threat"
    if side and says(pledge.head, "ending") and _has_condition(pledge.head) and not negated:
        return "threat"
    if not is_self(pledge.holder) and is_reckoning(pledge.head) and not negated:
        return "threat"
    if not side or says(pledge.head, "undergone") or _is_described(pledge):
        return "prediction"
    return "promise" if side == "self" else "plan"


def _is_described(pledge: Pledge) -> bool:
    """Return whether somebody who does not say `I` is told to be something: `he will be a strong leader`."""
    what = child_with(pledge.head, "attr", "acomp")
    is_state = what is not None and not says(what, "ruled") and not says(what, "willing")
    return is_state and not is_self(pledge.holder)


def _has_condition(act: Token) -> bool:
    return any(is_conditional(child) for child in act.children)


def is_hostile(pledge: Pledge) -> bool:
    """Return whether what is announced harms somebody: `to bomb the base`, `to start a war`."""
    words = [pledge.head, *children_with(pledge.head, "xcomp", "conj")]
    return any(says(word, "hostile") for word in words)


def is_reckoning(act: Token) -> bool:
    """Return whether somebody is told to expect harm: `will pay for this`, `will bear the consequences`."""
    objects = children_with(act, "dobj", "attr")
    if says(act, "suffering") and any(says(one, "reckoning") for one in objects):
        return True
    if says(act, "regretting"):
        return True
    paid = prep_with(act, "for")
    pointed = paid is not None and any(
        c.lower_ in ("this", "that", "it") or says(c, "misdeed") for c in paid.children
    )
    return act.lemma_.lower() == "pay" and not objects and pointed
