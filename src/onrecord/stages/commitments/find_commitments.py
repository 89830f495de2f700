from __future__ import annotations

from collections.abc import Iterable

from onrecord.grammar import token_span
from onrecord.mentions import MentionIndex, index_mentions, index_spans
from onrecord.records import Actor, Commitment, Draft, Evidence, Found, Refusal, Sentence, Time
from onrecord.stages.commitments.find_condition import find_condition
from onrecord.stages.commitments.find_doer import find_doer
from onrecord.stages.commitments.find_due import find_due
from onrecord.stages.commitments.join_tellings import Telling, join_tellings
from onrecord.stages.commitments.link_event import link_event
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_bare import read_bare
from onrecord.stages.commitments.read_cue_words import read_cue_words
from onrecord.stages.commitments.read_deadlines import read_deadlines
from onrecord.stages.commitments.read_modals import read_modals
from onrecord.stages.commitments.weigh_pledge import Weighed, Weigher


def find_commitments(draft: Draft) -> Found[Commitment]:
    """Return orders, promises, plans, threats, demands and predictions, with what would fulfil them."""
    maker = _Maker(draft)
    tellings: list[Telling] = []
    refused: list[Refusal] = []
    for sentence in draft.sentences:
        for pledge in _read_sentence(sentence):
            weighed = maker.weigher.weigh(pledge)
            if weighed.refusal is None:
                tellings.append(Telling(pledge, maker.make(pledge, weighed)))
            else:
                at = token_span(sentence, pledge.cue)
                refused.append(Refusal(at, "commitments", weighed.refusal))
    return Found(join_tellings(tellings), tuple(refused))


def _read_sentence(sentence: Sentence) -> Iterable[Pledge]:
    """Return the pledges of a sentence: words that say what they are go before modals."""
    return (
        *read_deadlines(sentence),
        *read_cue_words(sentence),
        *read_modals(sentence),
        *read_bare(sentence),
    )


class _Maker:
    """Makes commitments of pledges, from what stands in the draft of their page."""

    def __init__(self, draft: Draft) -> None:
        self.weigher = Weigher(draft)
        self._draft = draft
        self._times: MentionIndex[Time] = index_spans(draft.times)
        self._actors: MentionIndex[Actor] = index_mentions(draft.actors)

    def make(self, pledge: Pledge, weighed: Weighed) -> Commitment:
        """Return the commitment that a pledge is; it has no id before it is known what else tells it."""
        condition = None if pledge.deadline else find_condition(pledge.sentence, pledge.head, pledge.cue)
        due = find_due(pledge, self._times, self._draft.page.published)
        at = token_span(pledge.sentence, pledge.cue)
        why = [Evidence(pledge.rule, "kind", at, weighed.kind)]
        holder = token_span(pledge.sentence, pledge.holder) if pledge.holder is not None else None
        why.append(Evidence(weighed.how or "unknown", "by", holder, weighed.by))
        if condition is not None:
            why.append(Evidence("condition", "condition", condition))
        if due is not None:
            why.append(Evidence("due", "due", due[0], due[1]))
        return Commitment(
            "",
            weighed.kind,
            weighed.by,
            pledge.content,
            condition,
            due[1] if due is not None else None,
            link_event(pledge, weighed.kind, self._draft.events),
            pledge.sentence.part,
            pledge.rule,
            find_doer(pledge, weighed.by, self._actors),
            self.weigher.reported_in(pledge),
            tuple(why),
            (pledge.content,),
        )
