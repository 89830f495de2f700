from __future__ import annotations

from collections import defaultdict

from onrecord.mentions import MentionIndex, is_comment
from onrecord.records import Actor, Draft, Event, Found, Part, Sentence, Voice
from onrecord.stages.comments.find_meant import index_meant
from onrecord.stages.comments.find_stances import find_stances
from onrecord.stages.comments.rate_abuse import rate_abuse
from onrecord.stages.comments.rate_constructive import WORD, rate_constructive


def read_comments(draft: Draft) -> Found[Voice]:
    """Return what each reader comment says and how: abuse, constructiveness, stances, claims."""
    # What a site says in a comment section that holds no comment is nobody's voice.
    comments = [part for part in draft.parts if is_comment(part) and part.rule != "comment:notice"]
    if not comments:
        return Found()
    topic = _topic_words(draft)
    claims: dict[str, list[Event]] = defaultdict(list)
    for event in draft.events:
        claims[event.part].append(event)
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in draft.sentences:
        sentences[sentence.part].append(sentence)
    mentions = index_meant(draft)
    return Found(
        tuple(
            _voice(draft, part, topic, sentences[part.id], mentions, tuple(claims[part.id]))
            for part in comments
        )
    )


def _voice(
    draft: Draft,
    part: Part,
    topic: frozenset[str],
    sentences: list[Sentence],
    mentions: MentionIndex[Actor],
    claims: tuple[Event, ...],
) -> Voice:
    text = draft.page.text[part.start : part.end]
    abuse, rude = rate_abuse(text)
    constructive, useful = rate_constructive(text, topic, abuse)
    stances, leanings, evidence = find_stances(sentences, mentions)
    return Voice(part.id, abuse, constructive, stances, claims, (*rude, *useful, *leanings), evidence)


def _topic_words(draft: Draft) -> frozenset[str]:
    """Return the longer words of the report and its title."""
    report = [draft.page.text[part.start : part.end] for part in draft.parts if not is_comment(part)]
    text = " ".join([draft.page.title or "", *report]).lower()
    return frozenset(word for word in WORD.findall(text) if len(word) > 3)
