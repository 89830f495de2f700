from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from onrecord.grammar import subject_of
from onrecord.records import Sentence, Span
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.attribution_verb import speech_lemmas
from onrecord.stages.statements.describe_source import is_person
from onrecord.stages.statements.find_quotes import MARKS, Quote, line_at
from onrecord.words import Token

FINITE = (("VERB", "VBD"), ("VERB", "VBZ"), ("VERB", "VBN"))
"""Part of speech and tag of a full verb that can be a cue; headlines and tags confuse VBD with VBN."""
NOMINAL = ("NOUN", "PROPN", "PRON")
BREAKS = ("VBD", "VBZ", "VBN", "WP", "WDT", "IN", "VBG", "TO")
STOPS = (".", "!", "?", "…")
CONTINUING = ",?!—-…"
"""Marks at the end of a quotation that a tag follows."""
DASHES = "—–―-"
LONGEST_NAME = 12
"""Words between a quotation and the verb that follows its speaker."""
LONGEST_SIGNATURE = 10
REACH = 600
"""Characters before a quotation in which a sentence may announce it."""
FOLLOWING = 40
"""Sentences after a quotation in which its line ends."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its place in the page."""

    sentence: Sentence
    token: Token

    @property
    def start(self) -> int:
        return self.sentence.offset + self.token.idx

    @property
    def end(self) -> int:
        return self.start + len(self.token.text)

    @property
    def is_verb(self) -> bool:
        return (self.token.pos_, self.token.tag_) in FINITE


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quotation that no cue took, with the words before it and those after it in its line."""

    free: Attribution
    last: str
    """Last character inside of the quotation marks."""
    before: list[Word]
    after: list[Word]

    def follows(self, marks: Sequence[str]) -> bool:
        """Return whether one of some marks stands right before the quotation."""
        return bool(self.before) and self.before[-1].token.text in marks

    def list_lead(self) -> list[Word]:
        """Return the words before the quotation in the sentence that leads to it."""
        return [word for word in self.before if word.sentence is self.before[-1].sentence]


def name_quote(text: str, sentences: Sequence[Sentence], home: int, quote: Quote) -> Attribution:
    """Return the attribution of a quotation without a cue, by the first of LAYOUTS that names a speaker.

    Without one, the running speaker is meant.
    """
    free = Attribution(sentences[home], (quote.span,), "free quote", alone=True)
    _, line_end = line_at(text, quote.end)
    near = Surroundings(
        free,
        text[quote.start : quote.end].rstrip(MARKS)[-1:],
        _words_of(sentences[max(0, home - 2) : home + 1], quote.start - REACH, quote.start),
        _words_of(sentences[home : home + FOLLOWING], quote.end, line_end),
    )
    return next((named for layout in LAYOUTS if (named := layout(near))), free)


def _words_of(sentences: Sequence[Sentence], start: int, end: int) -> list[Word]:
    found = (Word(one, token) for one in sentences for token in one.tokens)
    return [word for word in found if start <= word.start < end]


def _read_signature(near: Surroundings) -> Attribution | None:
    """`“We will stay.” — Ann Lee, farmer`: after a dash, the rest of the line names the speaker."""
    if not 1 < len(near.after) <= LONGEST_SIGNATURE:
        return None
    dash, *name = near.after
    names = [word for word in name if word.token.pos_ == "PROPN"]
    if dash.token.text not in DASHES or name[0] not in names or any(word.is_verb for word in name):
        return None
    return _named(near.free, names[-1], name, dash)


def _read_tag(near: Surroundings) -> Attribution | None:
    """`“Out!” barked the guard`: the tag after a quotation that ends without a full stop."""
    words = near.after[:LONGEST_NAME]
    index = next((i for i, word in enumerate(words) if word.is_verb), len(words))
    name = _first_phrase(words[:index] or words[1:])
    head = next((word for word in reversed(name) if word.token.pos_ in NOMINAL), None)
    if near.last not in CONTINUING or index == len(words) or head is None:
        return None
    return _named(near.free, head, name, words[index])


def _first_phrase(words: list[Word]) -> list[Word]:
    """Return the words before the first mark, verb or clause."""
    stop = next((i for i, w in enumerate(words) if w.token.is_punct or w.token.tag_ in BREAKS), len(words))
    return words[:stop]


def _read_colon(near: Surroundings) -> Attribution | None:
    """`She had a question: “Why now?”`, `The mayor: “Why now?”`"""
    if not near.follows(":"):
        return None
    *lead, colon = near.list_lead()
    verb = next((word for word in reversed(lead) if word.is_verb), None)
    if verb is not None:
        source = subject_of(verb.token)
        cue = (verb.start, verb.end)
        return replace(near.free, rule="free quote:colon", source=source, cue=cue, alone=source is None)
    name = next((word for word in reversed(lead) if word.token.pos_ in NOMINAL), None)
    return _named(near.free, name, lead, colon) if name and len(lead) < LONGEST_SIGNATURE else None


def _read_deed(near: Surroundings) -> Attribution | None:
    """`Ruth put down the file. “We are closing.”`: who acts in the sentence before a quotation speaks it."""
    if not near.follows(STOPS):
        return None
    sentence = near.before[-1].sentence
    root = sentence.tokens.root
    source = subject_of(root)
    if source is None or not (root.lemma_ in speech_lemmas("clause") or is_person(source)):
        return None
    return replace(near.free, rule="free quote:before", source=source, sentence=sentence, alone=False)


LAYOUTS: tuple[Callable[[Surroundings], Attribution | None], ...] = (
    _read_signature,
    _read_tag,
    _read_colon,
    _read_deed,
)


def _named(free: Attribution, head: Word, name: list[Word], cue: Word) -> Attribution:
    """Return a quotation with its speaker: the head of the name, the whole of it, and its cue."""
    mention: Span = (name[0].start, name[-1].end)
    return replace(
        free,
        sentence=head.sentence,
        rule="free quote:named",
        source=head.token,
        mention=mention,
        cue=(cue.start, cue.end),
        alone=False,
    )
