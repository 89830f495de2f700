"""Events that a sentence tells twice, and harm told beside the attack that did it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.ontology import is_act
from onrecord.stages.events.event_words import event_words
from onrecord.stages.events.write_event import Coded


def drop_repeats(found: list[Coded]) -> list[Coded]:
    """Leave out what another event of the sentence already tells.

    That is: the same act named twice; killed and wounded beside the attack that did it.
    """
    kept: list[Coded] = []
    for item in sorted(found, key=_fullness):
        if any(_tells(other, item) for other in kept):
            continue
        kept.append(item)
    return _merge_harm(kept)


def _fullness(item: Coded) -> tuple[int, int, int]:
    return -min(len(item.by), len(item.to), 1), -len(item.by) - len(item.to), item.trigger.i


def _tells(one: Coded, other: Coded) -> bool:
    if one.trigger is other.trigger or _is_purpose_of(other, one):
        return True
    near = one.code[:2] == other.code[:2]
    same_by = set(other.by) <= set(one.by)
    same_to = set(other.to) <= set(one.to) | set(one.by)
    same_clause = one.clause == other.clause or other.word.head.head == one.word
    return near and same_by and same_to and same_clause


def _is_purpose_of(other: Coded, one: Coded) -> bool:
    """Return whether an act says again what another is for: "summoned the envoy to complain"."""
    if other.coded or set(other.by) != set(one.by) or other.word.tag_ != "VB":
        return False
    return one.word in other.word.ancestors


def _merge_harm(found: list[Coded]) -> list[Coded]:
    """Return events with the verbs of harm that follow an attack by the same actors taken into it."""
    kept = list(found)
    for harm in found:
        if harm.word.lemma_ not in event_words("harming"):
            continue
        attack = next((item for item in kept if item is not harm and _led_to(item, harm)), None)
        if attack is None:
            continue
        kept = [item for item in kept if item is not harm]
        if not attack.to:
            kept[kept.index(attack)] = replace(attack, to=harm.to)
    return kept


def _led_to(attack: Coded, harm: Coded) -> bool:
    """Return whether harm hangs on an attack: "attacked a convoy, killing nine and injuring four"."""
    if not is_act(attack.code, "violent"):
        return False
    if harm.by and not set(harm.by) & set(attack.by):
        return False
    word = harm.word
    while word.dep_ == "conj" and word.head.lemma_ in event_words("harming"):
        word = word.head
    return word.head in (attack.word, attack.clause, attack.support)
