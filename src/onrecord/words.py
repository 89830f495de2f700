"""Parsed words as plain data: what stages read of a spaCy Doc, under the names that spaCy gives it.

spaCy makes a new Token object, and a new string for each of its labels, whenever one is asked for; the
stages ask some hundred times for each word of a page. `stages.sentences` therefore copies each Doc once
into these classes. An attribute means what it means in spaCy, and two differences help: a word is
always the same object, so that `is` compares words, and `lefts`, `rights` and `children` are tuples.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload


class Token:
    """A word or mark of a parsed text."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "left_edge",
        "lefts",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "right_edge",
        "rights",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Doc
    i: int
    """Place among the words of the Doc."""
    idx: int
    """Place of the first character in the text of the Doc."""
    text: str
    lower_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    whitespace_: str
    ent_type_: str
    ent_iob_: str
    is_punct: bool
    is_space: bool
    like_num: bool
    head: Token
    """The word that this one depends on; the root of a sentence depends on itself."""
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]
    left_edge: Token
    """The first word of all that depends on this one, itself included."""
    right_edge: Token

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        """The text and the blank after it."""
        return self.text + self.whitespace_

    @property
    def subtree(self) -> Iterator[Token]:
        """This word and all that depends on it, in text order as far as arcs do not cross."""
        for word in self.lefts:
            yield from word.subtree
        yield self
        for word in self.rights:
            yield from word.subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """The heads above this word, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """All that is coordinated with this word."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for word in found:
            found += [child for child in word.rights if child.dep_ == "conj"]
        return tuple(word for word in found if word is not self)

    @property
    def sent(self) -> Tokens:
        """The sentence of this word."""
        sents = self.doc.sents
        return sents[bisect_right(sents, self.i, key=lambda sent: sent.start) - 1]

    def nbor(self, by: int = 1) -> Token:
        """Return the word that stands so many words on; raises IndexError beyond the text."""
        place = self.i + by
        if place < 0:
            raise IndexError(f"no word {-by} places before {self.text!r}")
        return self.doc.words[place]


class Tokens(Sequence[Token]):
    """Some words in a row: a sentence, an entity, a phrase."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        """Place of the first word in the Doc."""
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, int):
            return self.doc.words[range(self.start, self.end)[at]]
        part = range(self.start, self.end)[at]
        return Tokens(self.doc, part.start, max(part.start, part.stop))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tokens) and (self.doc, self.start, self.end, self.label_) == (
            other.doc,
            other.start,
            other.end,
            other.label_,
        )

    def __hash__(self) -> int:
        return hash((self.doc, self.start, self.end, self.label_))

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The text, without the blank after the last word."""
        if self.start >= self.end:
            return ""
        last = self.doc.words[self.end - 1]
        return self.doc.text[self.start_char : last.idx + len(last.text)]

    @property
    def start_char(self) -> int:
        """Place of the first character in the text of the Doc."""
        return self.doc.words[self.start].idx if self.start < len(self.doc.words) else len(self.doc.text)

    @property
    def root(self) -> Token:
        """The word on which the others depend, the highest and first if there are several."""
        words = self.doc.words[self.start : self.end]
        tops = [word for word in words if word.head is word]
        if tops:
            return tops[0]
        outer = [word for word in words if not self.start <= word.head.i < self.end]
        return min(outer, key=_depth, default=self.doc.words[self.start])


def _depth(word: Token) -> int:
    """Return how many heads stand above a word; marks and blanks count as the deepest of all."""
    if (word.is_punct or word.is_space) and not word.children:
        return len(word.doc) - 1
    return sum(1 for _ in word.ancestors)


class Doc(Sequence[Token]):
    """A parsed text."""

    __slots__ = ("__weakref__", "ents", "sents", "starts", "text", "vectors", "words")

    def __init__(self, text: str, words: list[Token]) -> None:
        self.text = text
        self.words = words
        self.sents: tuple[Tokens, ...] = ()
        self.ents: tuple[Tokens, ...] = ()
        self.starts: list[int] = [word.idx for word in words]
        self.vectors: Any = None
        """(words, width) float32: each word's vector in its context, where the pipeline has an encoder."""

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.words)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, int):
            return self.words[at]
        part = range(len(self.words))[at]
        return Tokens(self, part.start, max(part.start, part.stop))

    def char_span(self, start: int, end: int) -> Tokens | None:
        """Return the words that have a character between two places of the text, None if there are none."""
        first, last = self._word_at(start), self._word_at(end - 1)
        if first is None or last is None:
            return None
        if start == first.idx + len(first.text):
            return Tokens(self, first.i + 1, max(first.i, last.i) + 1)
        return Tokens(self, first.i, last.i + 1)

    def _word_at(self, place: int) -> Token | None:
        if not 0 <= place < len(self.text):
            return None
        return self.words[bisect_right(self.starts, place) - 1]


def release_words(docs: Iterable[Doc]) -> None:
    """Untie the words of some Docs, so that their memory is free at once and not when the collector comes."""
    for doc in docs:
        for word in doc.words:
            del word.doc, word.head, word.lefts, word.rights, word.children, word.left_edge, word.right_edge
