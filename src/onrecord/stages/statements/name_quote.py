from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.grammar import subject_of
from onrecord.records import Sentence, Span
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.describe_source import is_person
from onrecord.stages.statements.find_quotes import Quote
from onrecord.words import Token

FINITE = ("VBD", "VBZ", "VBN")
NOMINAL = ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "CCONJ", "PUNCT", "PART", "ADV", "X", "SYM")
BREAKS = (*FINITE, "WP", "WDT", "IN", "VBG", "TO")
SAYING = ("say", "add", "reply", "answer", "ask", "continue", "write")
STOPS = (".", "!", "?", "…")
DASHES = "—–―-"
MARKS = "\"'”’»“"
LONGEST_NAME = 12
"""Words between a quote and the verb that follows who spoke it."""
LONGEST_SIGNATURE = 10
REACH = 600
"""Characters before a quote in which a sentence may announce it."""


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
        return self.token.tag_ in FINITE and self.token.pos_ == "VERB"


def name_quote(text: str, sentences: Sequence[Sentence], home: int, quote: Quote) -> Attribution:
    """Return the attribution of a quote that no cue took, by who is named directly beside it.

    Five layouts are known: a signature after a dash, a verb of any kind with its subject right
    after the quote (`“Out!” she beamed`), a sentence before it that ends with a colon, a name with a
    colon, and a sentence of the same paragraph that tells what somebody does (`Ruth put down the
    file. “We are closing.”`). Else the running speaker is meant.
    """
    free = Attribution(sentences[home], (quote.span,), "free quote", alone=True)
    line_end = text.find("\n", quote.end)
    after = _words_of(sentences[home : home + 40], quote.end, line_end if line_end >= 0 else len(text))
    before = _words_of(sentences[max(0, home - 2) : home + 1], quote.start - REACH, quote.start)
    last = text[quote.start : quote.end].rstrip(MARKS)[-1:]
    opens = not text[text.rfind("\n", 0, quote.start) + 1 : quote.start].strip()
    named = _signed(free, after) or _tagged(free, last, after) or _announced(free, before)
    return named or (None if opens or quote.chained else _acted(free, before)) or free


def _words_of(sentences: Sequence[Sentence], start: int, end: int) -> list[Word]:
    found = (Word(one, token) for one in sentences for token in one.tokens)
    return [word for word in found if start <= word.start < end and not word.token.is_space]


def _signed(free: Attribution, after: list[Word]) -> Attribution | None:
    """`“We will stay.” — Ann Lee, farmer`: what follows a dash to the end of the line names the speaker."""
    if not 2 <= len(after) <= LONGEST_SIGNATURE or after[0].token.text not in DASHES:
        return None
    words = after[1:]
    names = [word for word in words if word.token.pos_ == "PROPN"]
    if words[0] not in names or any(word.token.tag_ in FINITE for word in words):
        return None
    return _named(free, names[-1], words, after[0])


def _tagged(free: Attribution, last: str, after: list[Word]) -> Attribution | None:
    """`“Out!” barked the guard`: a quote that ends with no full stop is followed by who spoke it."""
    near = after[:LONGEST_NAME]
    index = next((i for i, word in enumerate(near) if word.is_verb), None)
    if not last or last not in ",?!—-…" or index is None:
        return None
    name = _nominal(near[:index] if index else _first_phrase(near[1:]))
    head = next(
        (w for w in reversed(_first_phrase(name)) if w.token.pos_ in ("PROPN", "NOUN", "PRON")),
        None,
    )
    return _named(free, head, name, near[index]) if head else None


def _first_phrase(words: list[Word]) -> list[Word]:
    """Return the words before the first stop, comma or clause."""
    stop = next((i for i, w in enumerate(words) if w.token.is_punct or w.token.tag_ in BREAKS), len(words))
    return words[:stop]


def _nominal(words: list[Word]) -> list[Word]:
    """Return some words if they can name a speaker, punctuation at their end left out; else none."""
    while words and words[-1].token.is_punct:
        words = words[:-1]
    if not words or words[0].token.is_punct or any(w.token.pos_ not in NOMINAL for w in words[:3]):
        return []
    return words


def _announced(free: Attribution, before: list[Word]) -> Attribution | None:
    """`She had a question: “Why now?”`: the sentence that ends with a colon tells who speaks."""
    if not before or before[-1].token.text != ":":
        return None
    colon = before[-1]
    own = [word for word in before[:-1] if word.sentence is colon.sentence]
    verb = next((word for word in reversed(own) if word.is_verb), None)
    if verb is None:
        name = next((word for word in reversed(own) if word.token.pos_ in ("PROPN", "NOUN")), None)
        return _named(free, name, own, colon) if name and len(own) < LONGEST_SIGNATURE else None
    source = subject_of(verb.token)
    if source is None:
        return None
    return replace(free, rule="free quote:colon", source=source, cue=(verb.start, verb.end), alone=False)


def _acted(free: Attribution, before: list[Word]) -> Attribution | None:
    """`Ruth put down the file. “We are closing.”`: who acts in the sentence right before a quote speaks."""
    if not before or before[-1].token.text not in STOPS:
        return None
    own = [word for word in before if word.sentence is before[-1].sentence]
    root = next((word.token for word in own if word.token.dep_ == "ROOT"), None)
    source = subject_of(root) if root is not None and root.pos_ in ("VERB", "AUX") else None
    is_said = root is not None and root.lemma_ in SAYING
    if source is None or not (is_said or is_person(source)):
        return None
    return replace(free, rule="free quote:before", source=source, sentence=before[-1].sentence, alone=False)


def _named(free: Attribution, head: Word, name: list[Word], cue: Word) -> Attribution:
    """Return a quote with its speaker: the head of the name, the whole of it, and what points to it."""
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
