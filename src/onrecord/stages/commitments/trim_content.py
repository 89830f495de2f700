from __future__ import annotations

from collections.abc import Iterable

from onrecord.grammar import child_with, tokens_span
from onrecord.records import Sentence, Span
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.words import Token


def trim_content(sentence: Sentence, tokens: Iterable[Token]) -> Span:
    """Return the span of what is to happen, without `that` before it and without remarks after it.

    What follows a comma and ends the content is a remark if it is a relative clause, says who reports it, or
    is no condition: `to go to Oslo, which is far`, `will leave, according to the mayor`.
    """
    kept = sorted(tokens, key=lambda token: token.i)
    while (remark := _remark_at_end(kept)) is not None:
        kept = [token for token in kept if token.i < remark]
    while len(kept) > 1 and ((kept[0].lower_ == "that" and kept[0].dep_ == "mark") or kept[0].is_punct):
        kept = kept[1:]
    while len(kept) > 1 and kept[-1].text == ",":
        kept.pop()
    return tokens_span(sentence, kept)


def _remark_at_end(tokens: list[Token]) -> int | None:
    """Return the place of the first word of the remark that ends some words; None if none does."""
    end = tokens[-1]
    for token in tokens[1:]:
        start = token.left_edge
        if token.right_edge.i < end.i or start.i <= tokens[0].i:
            continue
        if start.nbor(-1).text == "," and _is_remark(token):
            return start.i
    return None


def _is_remark(word: Token) -> bool:
    if word.dep_ == "relcl":
        return True
    if word.dep_ == "advcl":
        mark = child_with(word, "mark", "advmod")
        return mark is not None and mark.lower_ in commitment_words("remark")
    return word.lower_ == "according"
