from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Clause, Sentence, Span
from onrecord.stages.statements.find_quotes import Quote
from onrecord.words import Token


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement before its speaker is looked up among the actors."""

    sentence: Sentence
    content: tuple[Span, ...]
    rule: str
    source: Token | None = None
    """Head of the noun phrase that names who speaks."""
    mention: Span | None = None
    """Where the source is named, if that is not the phrase of its head (`the man who said`)."""
    cue: Span | None = None
    attitude: str = "speech"
    entry: str = ""
    """Lexicon entry of the cue; empty where no cue was needed."""
    path: str = ""
    """How the source was found, from the cue: `nsubj`, `conj>nsubj`, `poss`, `before`."""
    alone: bool = False
    """A quotation without a cue: the running speaker is meant."""

    @property
    def point(self) -> Span:
        """The cue; without one, the beginning of the content."""
        return self.cue or self.content[0]


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with the page around it, as the readers of cues need it."""

    text: str
    sentence: Sentence
    quotes: tuple[Quote, ...]
    """Those that touch the sentence, and the first one after it in its paragraph."""
    clauses: tuple[Clause, ...] = ()
    """Clauses of the sentence, in text order."""
    title: bool = False
