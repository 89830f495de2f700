from __future__ import annotations

from collections.abc import Iterable

from onrecord.grammar import child_with, token_span, tokens_span
from onrecord.records import Sentence, Span
from onrecord.stages.commitments.read_lexicon import commitment_words
from onrecord.words import Token

CLOSING = (",", ".", ";", ":")
PAIRS = (("“", "”"), ('"', '"'))


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
    while len(kept) > 1 and kept[-1].text in CLOSING:
        kept.pop()
    return _with_marks(sentence, tokens_span(sentence, kept))


def _with_marks(sentence: Sentence, span: Span) -> Span:
    """Return a span with the mark that closes a quotation opened in it, or opens one that it closes.

    A mark that only opens at the end is left out: `to fight them | “as long as they stay”`.
    """
    text, at = sentence.tokens.text, token_span(sentence, sentence.tokens[0])[0]
    start, end = span[0] - at, span[1] - at
    for opening, closing in PAIRS:
        words = text[start:end]
        if words.endswith(opening) and (opening != closing or words.count(opening) % 2):
            end = start + len(words[: -len(opening)].rstrip())
            words = text[start:end]
        opened = (
            words.count(opening) % 2 == 1
            if opening == closing
            else words.count(opening) - words.count(closing)
        )
        after = text[end : end + 2].lstrip(".,?!")
        if opened > 0 and after.startswith(closing):
            end = text.index(closing, end) + 1
        elif text[:start].endswith(opening) and (opened < 0 or (opening == closing and opened)):
            start -= 1
    return start + at, end + at


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
