"""The noun that a number counts."""

from __future__ import annotations

from bisect import bisect_right

from onrecord.records import Draft, Sentence
from onrecord.words import Token

NOUNS = ("NOUN", "PROPN")
INSIDE = ("NOUN", "PROPN", "ADJ", "PART", "PUNCT")
WIDE = 8
"""Tokens that are looked at behind a number for the noun that it counts."""


class Counted:
    """Finds what a number counts, from the parse of its sentence."""

    def __init__(self, draft: Draft) -> None:
        self._sentences = draft.sentences
        self._starts = [sentence.start for sentence in draft.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence at an offset, None if there is none."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or self._sentences[i].end <= offset:
            return None
        return self._sentences[i]

    def token_at(self, offset: int) -> Token | None:
        """Return the parsed token at an offset."""
        sentence = self.sentence_at(offset)
        if sentence is None:
            return None
        low, high = 0, len(sentence.tokens) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if sentence.offset + sentence.tokens[middle].idx <= offset:
                low = middle
            else:
                high = middle - 1
        return sentence.tokens[low] if len(sentence.tokens) else None

    def name_counted(self, start: int, end: int) -> str | None:
        """Return the noun phrase behind a figure, with what stands between: `speed boats`, `land area`."""
        sentence = self.sentence_at(start)
        last = self.token_at(end - 1)
        if sentence is None or last is None:
            return None
        tokens = list(sentence.tokens)
        i = last.i - tokens[0].i + 1
        return _noun_phrase(tokens, i)

    def name_share(self, end: int) -> str | None:
        """Return the noun phrase after `of` or `in` behind a figure: half of [voters], $2 bn in [aid]."""
        last = self.token_at(end - 1)
        sentence = self.sentence_at(end - 1)
        if sentence is None or last is None:
            return None
        tokens = list(sentence.tokens)
        i = last.i - tokens[0].i + 1
        if i < len(tokens) and tokens[i].lower_ in ("of", "in"):
            return _noun_phrase(tokens, i + 1)
        if i < len(tokens) and tokens[i].lower_ in ("the", "its", "their", "all"):
            return _noun_phrase(tokens, i)
        return None


def _noun_phrase(tokens: list[Token], i: int) -> str | None:
    """Return the noun group that begins at a token, determiners and possessors left out."""
    if i < len(tokens) and tokens[i].text in ("-", "‑"):
        i += 1
    while i < len(tokens) and (
        tokens[i].pos_ == "DET"
        or tokens[i].tag_ in ("PRP$", "PDT", "DT")
        or tokens[i].lower_ in ("of", "such")
    ):
        i += 1
    begin, last = i, None
    for k in range(i, min(i + WIDE, len(tokens))):
        token = tokens[k]
        if token.tag_ == "POS":
            begin, last = k + 1, None
            continue
        if token.pos_ in NOUNS:
            if (
                last is not None
                and token.dep_ not in ("compound",)
                and tokens[last].dep_ not in ("compound", "nmod", "amod", "poss", "nummod")
            ):
                break
            last = k
        elif token.lower_ in ("others", "other"):
            last = k
        elif (
            last is not None
            and tokens[last].dep_ not in ("compound", "poss", "nmod", "amod")
            and token.text not in ("-", "‑")
        ):
            break
        elif (
            token.pos_ in ("ADJ", "NUM")
            or token.tag_ in ("VBN", "VBG", "JJ", "JJR", "JJS", "RBS", "RB")
            or token.text in ("-", "‑")
            or (token.lower_ in ("and", ",") and tokens[k - 1].pos_ == "ADJ" and k > i)
        ):
            continue
        else:
            break
    if last is None or last < begin:
        return None
    if tokens[begin].pos_ == "ADV" and last > begin:
        begin += 1
    doc = tokens[0].doc
    return str(doc[tokens[begin].i : tokens[last].i + 1].text)
