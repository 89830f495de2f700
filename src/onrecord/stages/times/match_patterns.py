"""Patterns of time expressions over classified words, the longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.stages.times.split_words import Word, known_words

NAME = re.compile(r"(?P<keep>\(\?P<[a-z_]+>)|(?P<neg>~)?(?P<name>=?[a-z_]+)(?::(?P<group>[a-z_]+))?")
SHAPES = (
    *("iso", "slashed", "clock", "nth", "decade", "decimal", "int", "zeroed", "four", "year", "short_year"),
    *("mday", "hour", "one", "two", "s", "break", "comma", "dot", "opening", "closing", "slash", "quote"),
    *("money", "percent", "holiday"),
)
GROUP = re.compile(r"\((?:\?:|\?P<[a-z_]+>)?([^()]*)\)(\?)?")
"""A group without others inside, and whether it is optional."""
NEEDED = re.compile(r"=?[a-z_]+(?::[a-z_]+)?(?:/=?[a-z_]+(?::[a-z_]+)?)*")
"""A word of a pattern, or a choice of words, that is not optional."""
FIRST_CODE = 0xE000
"""Start of Unicode's private area: each set of kinds gets a character of it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits the words from `first` to `last` (exclusive)."""

    rule: str
    first: int
    last: int
    groups: dict[str, tuple[int, int]]
    words: Sequence[Word]

    def has(self, group: str) -> bool:
        """Return whether a group of the pattern matched any word."""
        return group in self.groups

    def part(self, group: str) -> Sequence[Word]:
        """Return the words of a group; empty if it did not match."""
        first, last = self.groups.get(group, (0, 0))
        return self.words[first:last]

    def value(self, group: str, kind: str | None = None) -> str:
        """Return the value, as a kind, of the first word of a group; empty if it did not match."""
        part = self.part(group)
        if not part:
            return ""
        return part[0].kinds.get(kind or group, "")

    def number(self, group: str, kind: str) -> int | None:
        """Return the value of a group as an integer; None if it did not match."""
        value = self.value(group, kind)
        return int(value) if value else None

    def kind(self, *kinds: str) -> str:
        """Return the value of the first word that is of one of the kinds; empty if none is."""
        for word in self.words[self.first : self.last]:
            for kind in kinds:
                if kind in word.kinds:
                    return word.kinds[kind]
        return ""

    def says(self, *words: str) -> bool:
        """Return whether one of the words stands in the match."""
        return any(word.text.lower() in words for word in self.words[self.first : self.last])


class Rule(NamedTuple):
    """A pattern by the name of its rule."""

    name: str
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    """A text that lacks all characters of one of these holds no fit, and need not be searched."""


class Grammar:
    """Named patterns over kinds of words, compiled to regular expressions over one character a word.

    In a pattern `month` stands for a word of that kind, `month:from` also names the group,
    `~name` for any word but those; `=name`, or a name that is no kind, is the word itself.
    """

    def __init__(
        self, patterns: Iterable[tuple[str, str]], macros: dict[str, str], more: Iterable[str] = ()
    ) -> None:
        self._macros = macros
        self._codes: dict[tuple[str, ...], str] = {}
        kinds = {kind for values in known_words().values() for kind in values} | set(SHAPES)
        texts = [(name, _expand(pattern, macros)) for name, pattern in patterns]
        spoken = [text for _, text in texts] + [_expand(pattern, macros) for pattern in more]
        names = {m["name"] for text in spoken for m in NAME.finditer(text) if m["name"]}
        self._kinds = kinds
        self._literals = frozenset(name.removeprefix("=") for name in names - kinds)
        self._sets = self._all_sets()
        self.rules = tuple(
            Rule(name, re.compile(self._translate(text)), self._find_needs(text)) for name, text in texts
        )

    def compile(self, pattern: str) -> re.Pattern[str]:
        """Return one more pattern as a regular expression; its words must be known to the grammar."""
        return re.compile(self._translate(_expand(pattern, self._macros)))

    def encode(self, words: Sequence[Word]) -> str:
        """Return a character for each word."""
        return "".join(map(self._code, words))

    def match(self, words: Sequence[Word]) -> list[Match]:
        """Return the fits of all patterns to some words, as they overlap."""
        code = self.encode(words)
        held = set(code)
        return [
            Match(
                name,
                found.start(),
                found.end(),
                {g: found.span(g) for g, text in found.groupdict().items() if text},
                words,
            )
            for name, pattern, needs in self.rules
            if not any(map(held.isdisjoint, needs))
            for found in pattern.finditer(code)
            if found.end() > found.start()
        ]

    def _code(self, word: Word) -> str:
        lower, kinds = word.text.lower(), word.kinds
        if lower in self._literals:
            return self._codes.get((*kinds, f"={lower}")) or "x"
        return (self._codes.get(tuple(kinds)) or "x") if kinds else "x"

    def _all_sets(self) -> list[tuple[str, ...]]:
        known = known_words()
        sets: list[tuple[str, ...]] = []
        for word in (*known, *sorted(self._literals)):
            names = (*known.get(word, {}), *((f"={word}",) if word in self._literals else ()))
            sets.append(names)
        sets += [(shape,) for shape in SHAPES]
        sets += NUMBER_SETS
        for names in dict.fromkeys(sets):
            self._codes[names] = chr(FIRST_CODE + len(self._codes))
        return list(self._codes)

    def _chars_of(self, word: str) -> str:
        """Return the characters of the sets that hold a kind, or a word itself."""
        name = word if word in self._kinds else "=" + word.removeprefix("=")
        return "".join(self._codes[names] for names in self._sets if name in names)

    def _find_needs(self, text: str) -> tuple[frozenset[str], ...]:
        """Return the characters of each word, or choice of words, that no fit of a pattern is without.

        Of a choice between several words in a row nothing is asked.
        """

        def flatten(found: re.Match[str]) -> str:
            choices = found[1].split("|")
            is_needed = not found[2] and all(NEEDED.fullmatch(choice.strip()) for choice in choices)
            return "/".join(map(str.strip, choices)) if is_needed else " "

        while GROUP.search(text):
            text = GROUP.sub(flatten, text)
        needed = () if "|" in text else filter(NEEDED.fullmatch, text.split())
        return tuple(
            frozenset("".join(self._chars_of(word.partition(":")[0]) for word in one.split("/")))
            for one in needed
        )

    def _translate(self, text: str) -> str:
        def replace(found: re.Match[str]) -> str:
            if found["keep"]:
                return found["keep"]
            chars = self._chars_of(found["name"])
            one = f"[{'^' if found['neg'] else ''}{chars}]"
            return f"(?P<{found['group']}>{one})" if found["group"] else one

        return re.sub(r"\s+", "", NAME.sub(replace, text))


NUMBER_SETS: list[tuple[str, ...]] = [
    ("ordinal", "nth", "mday"),
    ("ordinal",),
    ("zeroed",),
    ("int", "four"),
    ("int", "four", "year"),
    ("int", "short_year"),
    ("int", "mday", "hour", "one"),
    ("int", "mday", "hour", "two"),
    ("int", "mday", "two"),
    ("int", "hour", "one"),
    ("int", "hour", "two"),
    ("int", "two"),
    ("int", "one"),
]
"""What a token of digits may be at once, as split_words gives it."""


def select_longest(matches: Iterable[Match]) -> list[Match]:
    """Return matches that do not overlap, in text order: longer first, then the earlier rule."""
    ranked = sorted(enumerate(matches), key=lambda m: (m[1].first - m[1].last, m[0]))
    taken: set[int] = set()
    chosen = []
    for _, match in ranked:
        places = range(match.first, match.last)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.first)


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """Return a pattern with each <name> replaced by its macro; `<name:group>` names it as a group."""

    def replace(found: re.Match[str]) -> str:
        body = _expand(macros[found[1]], macros)
        return f"(?P<{found[2]}>{body})" if found[2] else f"(?:{body})"

    return re.sub(r"<([a-z_]+)(?::([a-z_]+))?>", replace, pattern)
