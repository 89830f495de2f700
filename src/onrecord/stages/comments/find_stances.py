from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from onrecord.mentions import MentionIndex
from onrecord.records import Actor, Sentence, Span, Stance
from onrecord.stages.comments.read_opinions import Opinion, read_opinions
from onrecord.stages.comments.weigh_opinion import Weighed, weigh_opinion
from onrecord.words import Token

GAIN = 1.8
"""What one plain word of praise or blame is worth: 0.7 gives a score of 0.85."""
LEAST = 0.03
"""A smaller sum is no attitude."""


def find_stances(
    sentences: Iterable[Sentence], mentions: MentionIndex[Actor]
) -> tuple[tuple[Stance, ...], tuple[str, ...]]:
    """Return the stance of a comment toward each actor it has an attitude to, and the words behind it."""
    sums: dict[str, float] = defaultdict(float)
    spans: dict[str, Span] = {}
    loudest: dict[str, float] = defaultdict(float)
    why: list[str] = []
    for sentence in sentences:
        here = mentions.within((sentence.start, sentence.end))
        if not here:
            continue
        opinions = read_opinions(sentence.tokens)
        for actor, tokens in _mentioned(sentence, here).items():
            weighed = [w for w in weigh_mentions(opinions, tokens) if w[0]]
            total = math.fsum(w[0] for w in weighed)
            sums[actor] += total
            if abs(total) > loudest[actor]:
                loudest[actor] = abs(total)
                spans[actor] = (sentence.start, sentence.end)
                why += _reasons(actor, weighed)
    stances = tuple(
        Stance(actor, round(math.tanh(GAIN * total), 3), spans[actor])
        for actor, total in sums.items()
        if abs(total) >= LEAST and actor in spans
    )
    kept = {stance.actor for stance in stances}
    return stances, tuple(line for line in why if line.split()[1] in kept)


def _mentioned(sentence: Sentence, here: list[tuple[Span, Actor]]) -> dict[str, list[tuple[Token, range]]]:
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


def _reasons(actor: str, weighed: list[Weighed]) -> list[str]:
    strongest = sorted(weighed, key=lambda w: (-abs(w[0]), w[2].token.i))[:3]
    return [
        f"stance {actor} {value:+.2f}: {opinion.token.text!r} ({relation} {mention.text!r})"
        for value, relation, opinion, mention in strongest
        if abs(value) >= 0.05
    ]
