from __future__ import annotations

from collections.abc import Iterable

from onrecord.grammar import token_span
from onrecord.mentions import index_mentions, index_spans, overlap
from onrecord.records import Commitment, Draft, Found, Refusal, Sentence
from onrecord.stages.commitments.find_condition import find_condition
from onrecord.stages.commitments.find_doer import find_doer
from onrecord.stages.commitments.find_due import find_due
from onrecord.stages.commitments.link_event import link_event
from onrecord.stages.commitments.pledge import Pledge
from onrecord.stages.commitments.read_cues import read_cues
from onrecord.stages.commitments.read_deadlines import read_deadlines
from onrecord.stages.commitments.read_modals import read_modals
from onrecord.stages.commitments.weigh_pledge import Weigher


def find_commitments(draft: Draft) -> Found[Commitment]:
    """Return orders, promises, plans, threats, demands and predictions, with what would fulfil them."""
    weigher = Weigher(draft)
    times, actors = index_spans(draft.times), index_mentions(draft.actors)
    kept: list[Commitment] = []
    refused: list[Refusal] = []
    for sentence in draft.sentences:
        for pledge in _read_sentence(sentence):
            weighed = weigher.weigh(pledge)
            if weighed.refusal is not None:
                at = token_span(sentence, pledge.cue)
                refused.append(Refusal(at, "commitments", weighed.refusal))
                continue
            found = Commitment(
                f"m{len(kept) + 1}",
                weighed.kind,
                weighed.by,
                pledge.content,
                None if pledge.deadline else find_condition(sentence, pledge.head, pledge.cue),
                find_due(pledge, times, draft.page.published),
                link_event(pledge, weighed.kind, draft.events),
                sentence.part,
                pledge.rule,
                find_doer(pledge, weighed.by, actors),
                weigher.reported_in(pledge),
            )
            if not any(_is_same(one, found) for one in kept[-8:]):
                kept.append(found)
    return Found(tuple(kept), tuple(refused))


def _read_sentence(sentence: Sentence) -> Iterable[Pledge]:
    """Return the pledges of a sentence: words that say what they are go before modals."""
    return (*read_deadlines(sentence), *read_cues(sentence), *read_modals(sentence))


def _is_same(one: Commitment, other: Commitment) -> bool:
    """Return whether two commitments of a sentence are about the same act of the same author."""
    shared = overlap(one.content, other.content)
    shorter = min(one.content[1] - one.content[0], other.content[1] - other.content[0])
    same = one.by == other.by or other.by is None
    return one.part == other.part and same and shared > 0.5 * shorter
