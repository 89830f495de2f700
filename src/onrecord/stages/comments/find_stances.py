from __future__ import annotations

import math
from collections.abc import Iterable

from onrecord.grammar import token_span
from onrecord.mentions import MentionIndex
from onrecord.records import Actor, Evidence, Sentence, Span, Stance
from onrecord.stages.comments.describe_stance import describe_stance
from onrecord.stages.comments.read_opinions import Opinion, read_opinions
from onrecord.stages.comments.weigh_opinion import Weighed, weigh_opinion
from onrecord.stages.comments.weigh_stance import Judged, read_stance_model
from onrecord.words import Token

SHOWN, LEAST_SHOWN = 3, 0.05
"""Words that are named as reasons for a stance, and the log odds from which one is."""

Reason = tuple[Evidence, str]
"""What spoke for a stance, and the same for people."""
Reading = tuple[float, Span, list[Reason]]
"""How a sentence stands to an actor, the sentence, and why."""


def find_stances(
    sentences: Iterable[Sentence], mentions: MentionIndex[Actor]
) -> tuple[tuple[Stance, ...], tuple[str, ...], tuple[Evidence, ...]]:
    """Return the stance of a comment toward each actor it has an attitude to, with reasons and evidence."""
    readings: dict[str, list[Reading]] = {}
    for sentence in sentences:
        here = mentions.within((sentence.start, sentence.end))
        if not here:
            continue
        opinions = read_opinions(sentence.tokens)
        actors = {actor.id: actor for _, actor in here}
        for name, tokens in find_mentioned(sentence, here).items():
            if reading := _read(sentence, actors[name], tokens, opinions):
                readings.setdefault(name, []).append(reading)
    stances: list[Stance] = []
    evidence: list[Evidence] = []
    why: list[str] = []
    for name, found in readings.items():
        total = max(-1.0, min(1.0, math.fsum(score for score, _, _ in found)))
        loudest = max(found, key=lambda one: (abs(one[0]), -one[1][0]))
        if round(total, 3):
            stances.append(Stance(name, round(total, 3), loudest[1]))
            evidence += [one for one, _ in loudest[2]]
            why += [f"stance {name} {line}" for _, line in loudest[2]]
    return tuple(stances), tuple(why), tuple(evidence)


def _read(
    sentence: Sentence, actor: Actor, mentions: list[tuple[Token, range]], opinions: list[Opinion]
) -> Reading | None:
    """Return how a sentence stands to an actor; None if it shows no attitude."""
    weighed = weigh_mentions(opinions, mentions)
    heads = [head for head, _ in mentions]
    judged = read_stance_model().judge(describe_stance(sentence.tokens, heads, actor, opinions, weighed))
    if not judged.score:
        return None
    side = 1 if judged.score > 0 else -1
    reasons = [*_explain_rules(sentence, weighed, side), *_explain_words(sentence, judged, side)]
    return judged.score, (sentence.start, sentence.end), reasons


def _explain_rules(sentence: Sentence, weighed: list[Weighed], side: int) -> list[Reason]:
    """Return the opinion words that speak for a stance, with the relation in which each stands to it."""
    speaking = [one for one in weighed if one[0] * side >= LEAST_SHOWN]
    speaking.sort(key=lambda one: (-abs(one[0]), one[2].token.i))
    return [
        (
            Evidence(relation, "opinion", token_span(sentence, opinion.token), round(value, 2)),
            f"{value:+.2f}: {opinion.token.text!r} ({relation} {mention.text!r})",
        )
        for value, relation, opinion, mention in speaking[:SHOWN]
    ]


def _explain_words(sentence: Sentence, judged: Judged, side: int) -> list[Reason]:
    """Return the words whose learned weights speak most for a stance, with what each adds in log odds."""
    speaking = [one for one in judged.words if one[1] * side >= LEAST_SHOWN]
    speaking.sort(key=lambda one: (-abs(one[1]), one[0].i))
    return [
        (
            Evidence("word near it", "weight", token_span(sentence, word), round(value, 2)),
            f"{value:+.2f}: {word.text!r} (near it, learned)",
        )
        for word, value in speaking[:SHOWN]
    ]


def find_mentioned(
    sentence: Sentence, here: list[tuple[Span, Actor]]
) -> dict[str, list[tuple[Token, range]]]:
    """Return for each actor in a sentence the head of each mention, and the tokens it covers."""
    found: dict[str, list[tuple[Token, range]]] = {}
    doc = sentence.tokens.doc
    for (start, end), actor in here:
        span = doc.char_span(start - sentence.offset, end - sentence.offset)
        if span is not None and len(span):
            found.setdefault(actor.id, []).append((span.root, range(span.start, span.end)))
    return found


def weigh_mentions(opinions: list[Opinion], mentions: list[tuple[Token, range]]) -> list[Weighed]:
    """Return for each opinion word its strongest bearing on any of an actor's mentions."""
    weighed = []
    for opinion in opinions:
        bearings: list[Weighed] = [
            (*weigh_opinion(opinion, head), opinion, head)
            for head, covered in mentions
            if opinion.token.i not in covered
        ]
        if bearings:
            weighed.append(max(bearings, key=lambda bearing: (bearing[1] != "near", abs(bearing[0]))))
    return weighed
