from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Sentence, Span
from onrecord.words import Token


@dataclass(frozen=True, slots=True)
class Pledge:
    """Word given about the future, before it is known whose word it is."""

    sentence: Sentence
    kind: str
    head: Token
    """The verb or noun of what is to happen."""
    content: Span
    cue: Token
    rule: str
    holder: Token | None = None
    """Head of the noun phrase that gives the word; None where the text does not say."""
    deadline: bool = False
    """A time limit that somebody is set."""
    modal: bool = False
    """`Russia will leave`: a future of which only the speaker can tell what it is."""
    voiced: bool = False
    """Word of whoever speaks, and of nobody outside speech: `it is necessary that`, `do not go`."""
